package org.vrrp4j.config;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Whom a node tells of all its routers and groups, besides the listeners.
 *
 * @param mail how mails are sent, for those that are to send some; empty if none can be
 * @param fifos the pipes that are told of every change
 */
public record NodeNotification(Optional<MailSettings> mail, List<NotifyFifo> fifos) {
    /** Nobody. */
    public static final NodeNotification NONE = new NodeNotification(Optional.empty(), List.of());

    /** Copies the list. */
    public NodeNotification {
        Objects.requireNonNull(mail, "mail");
        fifos = List.copyOf(fifos);
    }
}
