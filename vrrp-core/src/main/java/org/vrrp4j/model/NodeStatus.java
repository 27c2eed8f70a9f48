package org.vrrp4j.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node at one moment.
 *
 * @param name its name
 * @param routers its virtual routers, in the order of the configuration
 * @param groups its sync groups
 * @param trackers what they track, each thing once
 * @param unassigned rejected packets that belong to no router of this node, such as those of other VRIDs, by reason
 * @param lastReload how the last reload went; empty if there was none
 * @param sendingAhead whether its advertisements go on while the process is paused
 * @param bfd the BFD sessions that its routers track
 */
public record NodeStatus(
        String name,
        List<RouterStatus> routers,
        List<GroupStatus> groups,
        List<TrackerStatus> trackers,
        Map<RejectionReason, Long> unassigned,
        Optional<ReloadStatus> lastReload,
        SendingAhead sendingAhead,
        BfdSessions bfd) {

    /** Of a node that has not been reloaded, and sends nothing ahead. */
    public NodeStatus(
            String name,
            List<RouterStatus> routers,
            List<GroupStatus> groups,
            List<TrackerStatus> trackers,
            Map<RejectionReason, Long> unassigned) {
        this(name, routers, groups, trackers, unassigned, Optional.empty(), SendingAhead.OFF, BfdSessions.NONE);
    }

    /** Whether every router is MASTER and holds its addresses. */
    public boolean isMaster() {
        return routers.stream().allMatch(RouterStatus::isMaster);
    }
}
