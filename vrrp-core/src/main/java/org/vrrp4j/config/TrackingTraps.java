package org.vrrp4j.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Trackers that do not do what they were written for. Each is valid, and a well-known cause of addresses that stay on a
 * host whose service is dead.
 */
public final class TrackingTraps {

    private TrackingTraps() {}

    /**
     * What is wrong with the trackers of a router, each a sentence with its remedy and without a full stop.
     *
     * @param router the router
     * @param group its sync group
     * @return empty if nothing is
     */
    public static List<String> of(RouterConfig router, Optional<SyncGroupConfig> group) {
        List<String> traps = new ArrayList<>();
        List<Tracked> all = new ArrayList<>(router.trackers());
        group.ifPresent(together -> all.addAll(together.trackers()));
        for (Tracked tracked : all) {
            if (!tracked.weight().isFault()) {
                trap(router, group, tracked).ifPresent(traps::add);
            }
        }
        return traps;
    }

    /** The same for every router of a node. */
    public static List<String> of(NodeConfig node) {
        List<String> traps = new ArrayList<>();
        for (RouterConfig router : node.routers()) {
            traps.addAll(of(router, SyncGroupConfig.of(router, node.groups())));
        }
        return traps;
    }

    private static Optional<String> trap(RouterConfig router, Optional<SyncGroupConfig> group, Tracked tracked) {
        String subject = router.name() + ": " + tracked;
        if (router.isOwner()) {
            return Optional.of(subject + " does nothing, as priority 255 does not change; a weight of 0 puts the router"
                    + " into FAULT");
        }
        if (group.isPresent() && !group.get().weighted()) {
            return Optional.of(subject + " does nothing in group " + group.get().name()
                    + ", as its routers must fare alike; a weight of 0 puts them into FAULT, and"
                    + " sync_group_tracking_weight lets weights count");
        }
        if (!router.preempt()) {
            return Optional.of(subject + " changes the priority only, and a peer with nopreempt as here does not take"
                    + " over from a lower one: the addresses stay; a weight of 0 puts the router into FAULT");
        }
        return Optional.empty();
    }
}
