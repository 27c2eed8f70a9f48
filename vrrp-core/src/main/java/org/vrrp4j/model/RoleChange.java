package org.vrrp4j.model;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * One change of role, as listeners are told it. When the role becomes MASTER the addresses are in place; when it was
 * MASTER they are gone, or have been waited for in vain for an advertisement interval (at most a second): a slow or
 * failing backend does not keep the change from the listener.
 *
 * @param router which virtual router
 * @param name its configured name
 * @param from the role before, which is the role of the previous change
 * @param to the role now
 * @param cause why
 * @param detail more about the cause, such as the failed operation; empty if there is no more to say
 * @param time when, by the wall clock of this host
 * @param master the primary address of the master that is known now; empty if none is, or if it is this node
 * @param priority the priority that the router has with it, 1 to 255
 * @param epoch grows with each change of this router in this process. It orders the changes that one listener sees and
 *     tells a late task that its term has passed. It is no fencing token: VRRP has no agreement between hosts, two of
 *     them can be MASTER at once for a moment, and their epochs cannot be compared
 */
public record RoleChange(
        RouterId router,
        String name,
        Role from,
        Role to,
        Cause cause,
        String detail,
        Instant time,
        Optional<InetAddress> master,
        int priority,
        long epoch) {}
