package org.vrrp4j.model;

import java.util.List;
import java.util.Map;

/**
 * A node at one moment.
 *
 * @param name its name
 * @param routers its virtual routers, in the order of the configuration
 * @param groups its sync groups
 * @param trackers what they track, each thing once
 * @param unassigned rejected packets that belong to no router of this node, such as those of other VRIDs, by reason
 * @param sendingAhead whether its advertisements go on while the process is paused
 */
public record NodeStatus(
        String name,
        List<RouterStatus> routers,
        List<GroupStatus> groups,
        List<TrackerStatus> trackers,
        Map<RejectionReason, Long> unassigned,
        SendingAhead sendingAhead) {

    /** Whether every router is MASTER and holds its addresses. */
    public boolean isMaster() {
        return routers.stream().allMatch(RouterStatus::isMaster);
    }
}
