package org.vrrp4j.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vrrp4j.sim.TestRouters.INTERVAL;
import static org.vrrp4j.sim.TestRouters.router;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.FileTracker;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.NodeNotification;
import org.vrrp4j.config.NotifySettings;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.RouterConfigBuilder;
import org.vrrp4j.config.RouterResources;
import org.vrrp4j.config.SyncGroupConfig;
import org.vrrp4j.config.TrackWeight;
import org.vrrp4j.config.Tracked;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.GroupStatus;
import org.vrrp4j.model.ReloadResult;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RoleChange;

/** Sync groups that change while their routers run. */
class GroupReloadTest extends ThreeHosts {
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final FileTracker SWITCH = new FileTracker("switch", "/run/switch", OptionalInt.empty(), false);

    @BeforeEach
    void secondLan() {
        SimulatedLan outside = simulation.network().addLan("outside");
        List.of(a, b, client).forEach(outside::attach);
    }

    private static RouterConfig in(int priority) {
        return router(priority).name("in").build();
    }

    private static RouterConfig out(int priority) {
        return outer("out", 51, priority).build();
    }

    private static RouterConfigBuilder outer(String name, int vrid, int priority) {
        return RouterConfig.builder("eth1", vrid)
                .name(name)
                .priority(priority)
                .advertisementInterval(INTERVAL)
                .announcements(router(priority).build().announcements())
                .address(VirtualAddress.parse("198.51.100." + (vrid + 49) + "/24"));
    }

    private static NodeConfig node(List<SyncGroupConfig> groups, RouterConfig... routers) {
        return new NodeConfig(
                "n",
                List.of(routers),
                false,
                Optional.empty(),
                groups,
                NodeNotification.NONE,
                RouterResources.of(List.of()));
    }

    private static NodeConfig alone(RouterConfig... routers) {
        return node(List.of(), routers);
    }

    private static NodeConfig grouped(RouterConfig... routers) {
        return grouped(List.of(), routers);
    }

    private static NodeConfig grouped(List<Tracked> trackers, RouterConfig... routers) {
        List<String> names = List.of(routers).stream().map(RouterConfig::name).toList();
        return node(List.of(new SyncGroupConfig("G", names, trackers, false, NotifySettings.NONE)), routers);
    }

    private ReloadResult reload(SimulatedHost host, NodeConfig config) {
        CompletionStage<ReloadResult> result = host.reload(config);
        simulation.runUntil(() -> result.toCompletableFuture().isDone(), LIMIT);
        return result.toCompletableFuture().join();
    }

    private void start(NodeConfig first, NodeConfig second) {
        a.start(first);
        b.start(second);
        simulation.runUntil(() -> a.addresses().size() == 2, LIMIT);
        simulation.settle(QUIET);
    }

    private static void unplugOuter(SimulatedHost host) {
        host.interfaces().get(1).linkDown();
    }

    private static List<String> told(SimulatedHost host, String name) {
        return host.changes().stream()
                .filter(change -> change.name().equals(name))
                .map(RoleChange::to)
                .map(Role::name)
                .toList();
    }

    @Test
    void routersThatAreGroupedWhileTheyRunStayWhatTheyAreAndGoTogetherThen() {
        start(alone(in(150), out(150)), alone(in(100), out(100)));
        assertThat(reload(a, grouped(in(150), out(150))).others()).containsExactly("new group G");
        reload(b, grouped(in(100), out(100)));
        simulation.settle(QUIET);
        assertThat(told(a, "in")).containsExactly("BACKUP", "MASTER");
        assertThat(a.status().groups()).containsExactly(new GroupStatus("G", List.of("in", "out"), Role.MASTER));

        unplugOuter(a);
        simulation.runUntil(() -> b.addresses().size() == 2, LIMIT);
        simulation.settle(QUIET);
        assertThat(told(a, "in")).endsWith("FAULT");
    }

    @Test
    void aRouterWhoseGroupIsGoneRecoversFromTheFaultOfAnother() {
        start(grouped(in(150), out(150)), grouped(in(100), out(100)));
        unplugOuter(a);
        simulation.runUntil(() -> b.addresses().size() == 2, LIMIT);
        reload(a, alone(in(150), out(150)));
        reload(b, alone(in(100), out(100)));
        simulation.settle(QUIET);
        assertThat(a.addresses()).containsExactly(TestRouters.VIP);
        assertThat(told(a, "in")).endsWith("FAULT", "BACKUP", "MASTER");
        assertThat(a.status().groups()).isEmpty();
    }

    @Test
    void aRouterThatWaitsForItsGroupGoesOnAloneWithoutIt() {
        a.start(grouped(in(150), out(150)));
        b.start(alone(out(200)));
        simulation.runUntil(() -> b.isMaster(), LIMIT);
        simulation.runFor(QUIET);
        assertThat(a.addresses()).isEmpty();
        reload(a, alone(in(150), out(150)));
        simulation.runFor(Duration.ofMillis(1));
        assertThat(a.addresses()).containsExactly(TestRouters.VIP);
    }

    @Test
    void oneThatTakesThePlaceOfAMemberFollowsAndTheOtherStaysMaster() {
        start(grouped(in(150), out(150)), grouped(in(100), out(100)));
        b.stop();
        simulation.runUntil(() -> !b.isRunning(), LIMIT);
        RouterConfig third = outer("third", 53, 150).build();
        ReloadResult result = reload(a, grouped(in(150), third));
        assertThat(result.text())
                .isEqualTo("added third; removed out; also changed group G; 1 of the routers unchanged");
        simulation.settle(QUIET);
        assertThat(told(a, "in")).containsExactly("BACKUP", "MASTER");
        assertThat(told(a, "third")).containsExactly("BACKUP", "MASTER");
        assertThat(told(a, "out")).containsExactly("BACKUP", "MASTER", "INIT");
        assertThat(a.status().groups()).containsExactly(new GroupStatus("G", List.of("in", "third"), Role.MASTER));
    }

    @Test
    void aGroupIsNotHalfMasterForLong() {
        a.start(alone(in(150), out(100)));
        b.start(alone(in(100), out(150)));
        simulation.runUntil(() -> a.addresses().size() == 1 && b.addresses().size() == 1, LIMIT);
        simulation.settle(QUIET);
        reload(a, grouped(in(150), out(100)));
        reload(b, grouped(in(151), out(150)));
        simulation.settle(QUIET);
        assertThat(b.addresses()).hasSize(2);
        assertThat(a.addresses()).isEmpty();
        assertThat(told(a, "in")).endsWith("MASTER", "BACKUP");
    }

    @Test
    void aTrackerOfTheGroupIsFollowedFromNowOn() {
        start(grouped(in(150), out(150)), grouped(in(100), out(100)));
        reload(a, grouped(List.of(new Tracked(SWITCH, new TrackWeight(0, false))), in(150), out(150)));
        assertThat(told(a, "in")).containsExactly("BACKUP", "MASTER");
        a.trackers().number("switch", 1);
        simulation.runUntil(() -> b.addresses().size() == 2, LIMIT);
        assertThat(told(a, "in")).endsWith("FAULT");
        assertThat(told(a, "out")).endsWith("FAULT");
    }

    @Test
    void whatARouterHasBeenThroughCanBeReplayed() {
        start(alone(in(150), out(150)), alone(in(100), out(100)));
        reload(a, grouped(in(150), out(150)));
        unplugOuter(a);
        simulation.runFor(QUIET);
        reload(a, alone(in(120), out(150)));
        simulation.runFor(QUIET);
        assertThat(a.replay(in(1).id()).isFaithful()).isTrue();
        assertThat(a.replay(out(1).id()).isFaithful()).isTrue();
    }
}
