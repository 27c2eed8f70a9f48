package org.vrrp4j.model;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A virtual router at one moment.
 *
 * @param router which one
 * @param name its configured name
 * @param role its role
 * @param cause why it has this role
 * @param since since when, by the wall clock of this host
 * @param epoch the epoch of the last {@link RoleChange}
 * @param priority the priority it runs with: the configured one and what its trackers add
 * @param configuredPriority the priority in its configuration
 * @param advertisementInterval the interval it advertises with
 * @param addresses the virtual addresses
 * @param addressesHeld whether they are on this host now
 * @param master the primary address of the master it follows; empty if it is the master or knows none
 * @param masterPriority the priority of that master, 0 if there is none
 * @param faults what keeps it in FAULT
 * @param statistics the counters
 */
public record RouterStatus(
        RouterId router,
        String name,
        Role role,
        Cause cause,
        Instant since,
        long epoch,
        int priority,
        int configuredPriority,
        Duration advertisementInterval,
        List<InetAddress> addresses,
        boolean addressesHeld,
        Optional<InetAddress> master,
        int masterPriority,
        Set<Fault> faults,
        RouterStatistics statistics) {

    /** Whether this router is MASTER and has its addresses, which is when its listener was told so. */
    public boolean isMaster() {
        return role == Role.MASTER && addressesHeld;
    }
}
