package org.vrrp4j.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vrrp4j.sim.TestRouters.VIP;
import static org.vrrp4j.sim.TestRouters.masterDown;
import static org.vrrp4j.sim.TestRouters.router;
import static org.vrrp4j.sim.TestRouters.told;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.FileTracker;
import org.vrrp4j.config.HealthTracker;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.ProcessTracker;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.RouterConfigBuilder;
import org.vrrp4j.config.TrackWeight;
import org.vrrp4j.config.Tracker;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.TrackerState;
import org.vrrp4j.model.TrackerStatus;
import org.vrrp4j.model.VrrpEvent;

/** Whole nodes that track something on their hosts. */
class TrackingTest extends ThreeHosts {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Tracker WEB =
            new HealthTracker("web", Duration.ofMillis(100), Duration.ofMillis(100), 1, 1, false);
    private static final Tracker SWITCH = new FileTracker("switch", "/run/switch", OptionalInt.empty(), false);
    private static final Tracker NGINX = new ProcessTracker(
            "nginx",
            "nginx",
            List.of(),
            ProcessTracker.ParameterMatch.NONE,
            false,
            1,
            ProcessTracker.UNLIMITED,
            Duration.ofMillis(20),
            Duration.ZERO);

    private RouterConfigBuilder high = router(150);
    private RouterConfigBuilder low = router(100);

    private void start() {
        a.start(high.build());
        b.start(low.build());
        simulation.runUntil(a::isMaster, LIMIT);
        simulation.runFor(SECOND);
    }

    private void bothTrack(Tracker tracker, int weight) {
        high.track(tracker, new TrackWeight(weight, false));
        low.track(tracker, new TrackWeight(weight, false));
    }

    @BeforeEach
    void fresh() {
        high = router(150);
        low = router(100);
    }

    @Test
    void theAddressLeavesAHostWhoseServiceDiesAndComesBackWithIt() {
        bothTrack(WEB, 0);
        start();
        a.trackers().probe("web", ProbeConduct.FAILS);
        Duration took = simulation.runUntil(b::isMaster, LIMIT);
        assertThat(took).as("the next run, and the skew of a backup").isLessThan(Duration.ofMillis(200));
        assertThat(told(a)).endsWith("MASTER>FAULT:TRACKER");
        assertThat(a.changes().get(2).detail()).isEqualTo("health check web is down (it fails)");
        assertThat(a.router().faults()).containsExactly(Fault.TRACKER);
        assertThat(a.status().trackers())
                .containsExactly(new TrackerStatus("health check web", TrackerState.DOWN, 0, "it fails"));

        a.trackers().probe("web", ProbeConduct.PASSES);
        simulation.runUntil(a::isMaster, LIMIT);
        simulation.settle(Duration.ofSeconds(3));
        assertThat(told(a)).endsWith("FAULT>BACKUP:RECOVERED", "BACKUP>MASTER:PREEMPTION");
        assertThat(a.replay().isFaithful()).isTrue();
    }

    @Test
    void aCheckThatHangsFailsAtItsTimeout() {
        bothTrack(WEB, 0);
        start();
        a.trackers().probe("web", ProbeConduct.HANGS);
        simulation.runUntil(b::isMaster, LIMIT);
        assertThat(a.changes().get(2).detail()).contains("no answer within 100 ms");
    }

    @Test
    void aRouterIsStartedWhenWhatItTracksIsKnown() {
        bothTrack(new HealthTracker("slow", SECOND, Duration.ofMillis(700), 1, 1, false), 0);
        a.trackers().probe("slow", ProbeConduct.HANGS);
        a.start(high.build());
        simulation.runFor(Duration.ofMillis(699));
        assertThat(a.router().role()).isEqualTo(Role.INIT);
        assertThat(told(a)).isEmpty();
        simulation.runFor(Duration.ofMillis(1));
        assertThat(told(a)).containsExactly("INIT>FAULT:TRACKER");
        a.trackers().probe("slow", ProbeConduct.PASSES);
        simulation.runUntil(a::isMaster, LIMIT);
    }

    @Test
    void aNodeThatIsStoppedWhileItWaitsForATrackerEnds() {
        high.track(WEB, TrackWeight.FAULT);
        a.trackers().probe("web", ProbeConduct.HANGS);
        a.start(high.build());
        simulation.runFor(Duration.ofMillis(20));
        a.stop();
        simulation.runUntil(() -> !a.isRunning(), SECOND);
        simulation.runFor(SECOND);
        assertThat(told(a)).isEmpty();
    }

    @Test
    void aWeightChangesThePriorityAndAPeerPreempts() {
        bothTrack(WEB, -60);
        start();
        a.trackers().probe("web", ProbeConduct.FAILS);
        simulation.runUntil(() -> !a.isMaster(), LIMIT);
        assertThat(b.isMaster()).isTrue();
        assertThat(told(a)).endsWith("MASTER>BACKUP:HIGHER_PRIORITY");
        assertThat(a.router().priority()).isEqualTo(90);
        assertThat(a.router().configuredPriority()).isEqualTo(150);
        assertThat(a.events())
                .contains(
                        new VrrpEvent.TrackerChanged(
                                a.router().router(),
                                new TrackerStatus("health check web", TrackerState.DOWN, 0, "it fails")),
                        new VrrpEvent.PriorityChanged(a.router().router(), 90, 150));
        a.trackers().probe("web", ProbeConduct.PASSES);
        simulation.runUntil(a::isMaster, LIMIT);
        simulation.settle(Duration.ofSeconds(3));
        assertThat(a.events()).contains(new VrrpEvent.PriorityChanged(a.router().router(), 150, 150));
        assertThat(a.replay().isFaithful()).isTrue();
    }

    @Test
    void theTrapALowerPriorityMovesNothingIfThePeerMayNotPreempt() {
        low.preempt(false);
        bothTrack(WEB, -60);
        start();
        a.trackers().probe("web", ProbeConduct.FAILS);
        simulation.runFor(Duration.ofSeconds(30));
        assertThat(a.isMaster()).as("though its service is dead").isTrue();
        assertThat(a.router().priority()).isEqualTo(90);

        a.configure(router(150).track(WEB, TrackWeight.FAULT).build());
        simulation.runUntil(b::isMaster, LIMIT);
        assertThat(told(a)).endsWith("MASTER>FAULT:TRACKER");
    }

    @Test
    void severalTrackersAtOnceTheFaultEndsWithTheLast() {
        bothTrack(WEB, 0);
        bothTrack(SWITCH, 0);
        bothTrack(NGINX, 0);
        start();
        a.trackers().number("switch", 1);
        a.trackers().number("nginx", 0);
        a.trackers().probe("web", ProbeConduct.FAILS);
        simulation.runFor(SECOND);
        a.trackers().number("switch", 0);
        a.trackers().probe("web", ProbeConduct.PASSES);
        simulation.runFor(SECOND);
        assertThat(a.router().role()).isEqualTo(Role.FAULT);
        a.trackers().number("nginx", 2);
        simulation.runUntil(a::isMaster, LIMIT);
        simulation.settle(Duration.ofSeconds(3));
    }

    @Test
    void aFileSwitchesTheMasterByHand() {
        bothTrack(SWITCH, 1);
        start();
        a.trackers().number("switch", -100);
        simulation.runUntil(() -> !a.isMaster(), LIMIT);
        assertThat(a.router().priority()).isEqualTo(50);
        a.trackers().number("switch", -254);
        simulation.runFor(SECOND);
        assertThat(a.router().role()).isEqualTo(Role.FAULT);
        a.trackers().number("switch", 0);
        simulation.runUntil(a::isMaster, LIMIT);
    }

    @Test
    void processesThatRestartWithinTheDelayAreNotMissed() {
        bothTrack(NGINX, 0);
        start();
        a.trackers().number("nginx", 0);
        simulation.runFor(Duration.ofMillis(19));
        a.trackers().number("nginx", 1);
        simulation.runFor(SECOND);
        assertThat(a.isMaster()).isTrue();
        a.trackers().number("nginx", 0);
        simulation.runUntil(b::isMaster, LIMIT);
        assertThat(a.changes().get(2).detail()).isEqualTo("process nginx is down (0 of nginx, at least 1 must run)");
    }

    @Test
    void anOwnerKeepsItsPriorityButNotItsFaults() {
        high = router(255).track(WEB, new TrackWeight(-200, false)).track(SWITCH, TrackWeight.FAULT);
        start();
        a.trackers().probe("web", ProbeConduct.FAILS);
        simulation.runFor(SECOND);
        assertThat(a.router().priority()).isEqualTo(255);
        assertThat(a.isMaster()).isTrue();
        a.trackers().number("switch", 3);
        simulation.runUntil(b::isMaster, LIMIT);
        a.trackers().number("switch", 0);
        simulation.runUntil(a::isMaster, LIMIT);
        assertThat(a.router().cause()).isEqualTo(Cause.OWNER);
    }

    @Test
    void routersOfANodeShareATracker() {
        RouterConfig second = RouterConfig.builder(SimulatedHost.INTERFACE, 52)
                .priority(150)
                .advertisementInterval(TestRouters.INTERVAL)
                .address(VirtualAddress.parse("192.0.2.200/24"))
                .track(WEB, TrackWeight.FAULT)
                .build();
        a.start(new NodeConfig("a", List.of(high.track(WEB, TrackWeight.FAULT).build(), second)));
        simulation.runFor(SECOND);
        assertThat(a.status().isMaster()).isTrue();
        assertThat(a.status().trackers()).hasSize(1);
        a.trackers().probe("web", ProbeConduct.FAILS);
        simulation.runFor(SECOND);
        assertThat(a.status().routers()).allMatch(router -> router.role() == Role.FAULT);
    }

    @Test
    void aNewConfigurationFollowsSomethingElse() {
        bothTrack(WEB, 0);
        start();
        a.configure(router(150).track(SWITCH, TrackWeight.FAULT).build());
        simulation.runFor(SECOND);
        assertThat(a.status().trackers()).extracting(TrackerStatus::tracker).containsExactly("file switch");
        a.trackers().probe("web", ProbeConduct.FAILS);
        simulation.runFor(SECOND);
        assertThat(a.isMaster()).isTrue();
        a.trackers().number("switch", 1);
        simulation.runUntil(b::isMaster, LIMIT);
        a.configure(router(150).build());
        simulation.runUntil(a::isMaster, LIMIT);
        assertThat(a.addresses()).containsExactly(VIP);
    }

    @Test
    void aLostPriorityComesBackWithAConfigurationThatDoesNotTrack() {
        bothTrack(WEB, -60);
        start();
        a.trackers().probe("web", ProbeConduct.FAILS);
        simulation.runUntil(() -> !a.isMaster(), LIMIT);
        a.configure(router(150).build());
        Duration took = simulation.runUntil(a::isMaster, LIMIT);
        assertThat(took).isLessThanOrEqualTo(masterDown(150).plus(TestRouters.INTERVAL));
        assertThat(a.router().priority()).isEqualTo(150);
    }

    @Test
    void aHandOverStaysWhenTheBackupsPriorityChanges() {
        high.track(WEB, new TrackWeight(-10, false));
        start();
        a.handOver();
        simulation.runUntil(b::isMaster, LIMIT);
        a.trackers().probe("web", ProbeConduct.FAILS);
        simulation.runFor(Duration.ofSeconds(3));
        assertThat(a.router().priority()).isEqualTo(140);
        assertThat(b.isMaster()).isTrue();
    }
}
