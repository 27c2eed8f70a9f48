package org.vrrp4j.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrackingTrapsTest {
    private static final Tracker LINK = new InterfaceTracker("eth1");
    private static final TrackWeight WEIGHT = new TrackWeight(-20, false);

    private static RouterConfigBuilder router() {
        return RouterConfig.builder("eth0", 51).name("VI_1").address(VirtualAddress.parse("192.0.2.100/24"));
    }

    private static List<String> traps(RouterConfigBuilder router) {
        return TrackingTraps.of(router.build(), Optional.empty());
    }

    private static SyncGroupConfig group(boolean weighted, Tracked... trackers) {
        return new SyncGroupConfig("G", List.of("VI_1"), List.of(trackers), weighted, NotifySettings.NONE);
    }

    @Test
    void aWeightWithNopreemptMovesNothing() {
        assertThat(traps(router().preempt(false).track(LINK, WEIGHT)))
                .containsExactly("VI_1: interface eth1 weight -20 changes the priority only, and a peer with nopreempt"
                        + " as here does not take over from a lower one: the addresses stay; a weight of 0 puts the"
                        + " router into FAULT");
        assertThat(traps(router().preempt(false).track(LINK, TrackWeight.FAULT)))
                .isEmpty();
        assertThat(traps(router().track(LINK, WEIGHT))).isEmpty();
    }

    @Test
    void aWeightOfAnOwnerDoesNothing() {
        assertThat(traps(router().priority(255).track(LINK, WEIGHT)))
                .singleElement()
                .asString()
                .contains("does nothing, as priority 255 does not change");
    }

    @Test
    void aWeightInAGroupDoesNothingUnlessTheGroupSaysSo() {
        RouterConfig member = router().track(LINK, WEIGHT).build();
        assertThat(TrackingTraps.of(member, Optional.of(group(false))))
                .singleElement()
                .asString()
                .contains("does nothing in group G", "sync_group_tracking_weight");
        assertThat(TrackingTraps.of(member, Optional.of(group(true)))).isEmpty();
        NodeConfig node = new NodeConfig(
                "n",
                List.of(router().build()),
                false,
                Optional.empty(),
                List.of(group(false, new Tracked(LINK, WEIGHT))),
                NodeNotification.NONE,
                RouterResources.of(List.of()));
        assertThat(TrackingTraps.of(node)).hasSize(1);
    }
}
