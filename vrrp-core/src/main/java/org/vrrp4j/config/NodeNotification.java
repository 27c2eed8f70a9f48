package org.vrrp4j.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Whom a node tells of all its routers and groups, besides the listeners.
 *
 * @param mail how mails are sent, for those that are to send some; empty if none can be
 * @param fifos the pipes that are told of every change
 * @param scriptSecurity whether a program that runs as root is refused if another user could change it; keepalived's
 *     {@code enable_script_security}
 * @param statesAfterReload whether the pipes are told the state of every router and group after a reload; keepalived's
 *     {@code fifo_write_vrrp_states_on_reload}
 */
public record NodeNotification(
        Optional<MailSettings> mail, List<NotifyFifo> fifos, boolean scriptSecurity, boolean statesAfterReload) {
    /** Nobody. */
    public static final NodeNotification NONE = new NodeNotification(Optional.empty(), List.of(), false);

    /** With pipes that are told of changes only. */
    public NodeNotification(Optional<MailSettings> mail, List<NotifyFifo> fifos, boolean scriptSecurity) {
        this(mail, fifos, scriptSecurity, false);
    }

    /** Copies the list. */
    public NodeNotification {
        Objects.requireNonNull(mail, "mail");
        fifos = List.copyOf(fifos);
    }

    /** Both: the mail settings of this one unless it has none, the pipes of both, and the rest if one wants it. */
    public NodeNotification plus(NodeNotification other) {
        List<NotifyFifo> all = new ArrayList<>(fifos);
        other.fifos.stream().filter(fifo -> !all.contains(fifo)).forEach(all::add);
        return new NodeNotification(
                mail.or(other::mail),
                all,
                scriptSecurity || other.scriptSecurity,
                statesAfterReload || other.statesAfterReload);
    }
}
