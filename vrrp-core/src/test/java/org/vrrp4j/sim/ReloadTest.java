package org.vrrp4j.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vrrp4j.sim.TestRouters.INTERVAL;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.FileTracker;
import org.vrrp4j.config.HealthTracker;
import org.vrrp4j.config.NamespaceName;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.RouterConfigBuilder;
import org.vrrp4j.config.TrackWeight;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.ReloadResult;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.model.RouterStatus;
import org.vrrp4j.model.VrrpVersion;

/** Nodes that get another configuration while they run. */
class ReloadTest extends ThreeHosts {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static RouterConfigBuilder router(int vrid, int priority) {
        return router(SimulatedHost.INTERFACE, vrid, priority);
    }

    private static RouterConfigBuilder router(String nic, int vrid, int priority) {
        return RouterConfig.builder(nic, vrid)
                .name("R" + vrid)
                .priority(priority)
                .advertisementInterval(INTERVAL)
                .announcements(TestRouters.router(priority).build().announcements())
                .announceWithAdvertisements(false)
                .address(VirtualAddress.parse("192.0.2." + vrid + "/24"));
    }

    private static NodeConfig node(RouterConfigBuilder... routers) {
        return new NodeConfig(
                "n", Stream.of(routers).map(RouterConfigBuilder::build).toList());
    }

    private static InetAddress address(int last) {
        return IpAddresses.parse("192.0.2." + last).orElseThrow();
    }

    private static RouterId id(int vrid) {
        return router(vrid, 1).build().id();
    }

    @BeforeEach
    void twoRouters() {
        a.start(node(router(51, 150), router(52, 150)));
        b.start(node(router(51, 100), router(52, 100), router(53, 100)));
        simulation.runUntil(() -> a.status().isMaster(), LIMIT);
        simulation.runFor(SECOND);
    }

    private ReloadResult reload(RouterConfigBuilder... routers) {
        return reload(node(routers));
    }

    private ReloadResult reload(NodeConfig config) {
        CompletionStage<ReloadResult> result = a.reload(config);
        simulation.runUntil(() -> result.toCompletableFuture().isDone(), LIMIT);
        return result.toCompletableFuture().join();
    }

    private RouterStatus status(SimulatedHost host, String name) {
        return host.status().routers().stream()
                .filter(router -> router.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<String> told(String name) {
        return a.changes().stream()
                .filter(change -> change.name().equals(name))
                .map(RoleChange::to)
                .map(Role::name)
                .toList();
    }

    private long advertised(String name) {
        return status(a, name).statistics().advertisementsSent();
    }

    private long changesOf(InetAddress address) {
        return simulation.trace().stream()
                .filter(entry -> entry.occurrence() instanceof Occurrence.AddressChanged change
                        && change.host() == a
                        && change.address().equals(address))
                .count();
    }

    @Test
    void aRouterWithoutAChangeNoticesNothing() {
        String before = a.node().journal(id(51));
        long advertisements = advertised("R51");

        ReloadResult result = reload(router(51, 150), router(53, 150));

        assertThat(a.node().journal(id(51)).lines().skip(1))
                .as("no input but its own timers while everything else was stopped and started")
                .isEqualTo(before.lines().skip(1).toList());
        simulation.runFor(SECOND);
        assertThat(advertised("R51")).isEqualTo(advertisements + 10);
        assertThat(changesOf(address(51))).as("put in place once").isEqualTo(1);
        assertThat(told("R51")).containsExactly("BACKUP", "MASTER");
        assertThat(result.unchanged()).containsExactly("R51");
        assertThat(result.removed()).containsExactly("R52");
        assertThat(result.added()).containsExactly("R53");
        assertThat(result.text()).isEqualTo("added R53; removed R52; 1 of the routers unchanged");
    }

    @Test
    void theSameConfigurationChangesNothing() {
        ReloadResult result = reload(router(51, 150), router(52, 150));
        assertThat(result.isNothing()).isTrue();
        assertThat(a.status().lastReload()).hasValueSatisfying(last -> {
            assertThat(last.done()).isTrue();
            assertThat(last.text()).isEqualTo("nothing has changed");
        });
    }

    @Test
    void oneThatIsRemovedLosesItsAddressTellsItsPeersAndIsGone() {
        int before = simulation.trace().size();
        reload(router(51, 150));
        List<TraceEntry> after = simulation.trace();
        assertThat(lines(after.subList(before, after.size())))
                .containsExactly("192.0.2.52 removed: released", "eth0/52: MASTER -> INIT: stopped");
        assertThat(a.status().routers()).extracting(RouterStatus::name).containsExactly("R51");
        simulation.runUntil(() -> status(b, "R52").isMaster(), INTERVAL);
        simulation.settle(Duration.ofSeconds(3));
    }

    private static List<String> lines(List<TraceEntry> entries) {
        return entries.stream()
                .filter(entry -> !(entry.occurrence() instanceof Occurrence.BackendOperation))
                .map(entry -> entry.occurrence().text())
                .toList();
    }

    @Test
    void oneThatIsAddedStartsAndPreempts() {
        reload(router(51, 150), router(52, 150), router(53, 150));
        simulation.runUntil(() -> status(a, "R53").isMaster(), LIMIT);
        simulation.settle(Duration.ofSeconds(3));
        assertThat(told("R53")).containsExactly("BACKUP", "MASTER");
    }

    @Test
    void priorityAndAddressesChangeInTheRole() {
        ReloadResult result = reload(router(51, 150), router(52, 120).address(VirtualAddress.parse("192.0.2.152/24")));
        assertThat(result.changed()).containsEntry("R52", List.of("priority", "addresses"));
        assertThat(a.addresses()).contains(address(52), address(152));
        simulation.runFor(SECOND);
        assertThat(changesOf(address(52))).isEqualTo(1);
        assertThat(told("R52")).containsExactly("BACKUP", "MASTER");
        assertThat(status(a, "R52").priority()).isEqualTo(120);
    }

    @Test
    void anotherNameIsNoOtherRouter() {
        ReloadResult result = reload(router(51, 150).name("web"), router(52, 150));
        assertThat(result.changed()).containsEntry("web", List.of("name"));
        assertThat(status(a, "web").role()).isEqualTo(Role.MASTER);
        assertThat(changesOf(address(51))).isEqualTo(1);
    }

    @Test
    void anotherVersionStopsAndStartsItAlone() {
        long advertisements = advertised("R51");
        ReloadResult result =
                reload(router(51, 150), router(52, 150).version(VrrpVersion.V2).advertisementInterval(SECOND));
        assertThat(result.restarted()).containsEntry("R52", List.of("version", "advertisementInterval"));
        simulation.runUntil(() -> status(a, "R52").isMaster(), LIMIT);
        assertThat(told("R52")).containsExactly("BACKUP", "MASTER", "INIT", "BACKUP", "MASTER");
        assertThat(advertised("R51")).isGreaterThan(advertisements + 20);
        assertThat(told("R51")).containsExactly("BACKUP", "MASTER");
    }

    @Test
    void anotherVridUnderTheSameNameIsARestart() {
        ReloadResult result = reload(router(51, 150), router(54, 150).name("R52"));
        assertThat(result.restarted()).containsEntry("R52", List.of("vrid"));
        assertThat(result.added()).isEmpty();
        simulation.runUntil(() -> status(a, "R52").isMaster(), LIMIT);
        assertThat(a.addresses()).containsExactlyInAnyOrder(address(51), address(54));
    }

    @Test
    void anAddressGoesFromOneRouterToAnother() {
        a.backend(new BackendConditions(Duration.ofMillis(300), 0));
        ReloadResult first = reload(router(51, 150).address(VirtualAddress.parse("192.0.2.200/24")), router(52, 150));
        simulation.runFor(SECOND);
        ReloadResult second = reload(router(51, 150), router(52, 150).address(VirtualAddress.parse("192.0.2.200/24")));
        simulation.runFor(SECOND);
        assertThat(first.changed()).containsOnlyKeys("R51");
        assertThat(second.changed()).containsOnlyKeys("R51", "R52");
        assertThat(a.addresses()).containsExactlyInAnyOrder(address(51), address(52), address(200));
        assertThat(told("R51")).containsExactly("BACKUP", "MASTER");
        assertThat(told("R52")).containsExactly("BACKUP", "MASTER");
    }

    @Test
    void routersThatSwapTheirAddressesAreRestarted() {
        ReloadResult result = reload(
                RouterConfig.builder(SimulatedHost.INTERFACE, 51)
                        .name("R51")
                        .priority(150)
                        .advertisementInterval(INTERVAL)
                        .address(VirtualAddress.parse("192.0.2.52/24")),
                RouterConfig.builder(SimulatedHost.INTERFACE, 52)
                        .name("R52")
                        .priority(150)
                        .advertisementInterval(INTERVAL)
                        .address(VirtualAddress.parse("192.0.2.51/24")));
        assertThat(result.restarted()).containsOnlyKeys("R51", "R52");
        simulation.runUntil(() -> a.status().isMaster(), LIMIT);
        assertThat(a.addresses()).containsExactlyInAnyOrder(address(51), address(52));
    }

    @Test
    void aMissingInterfaceRefusesAllOfIt() {
        String before = a.node().journal(id(52));
        CompletionStage<ReloadResult> result = a.reload(node(router(51, 10), router("eth7", 60, 100)));
        simulation.runFor(Duration.ofMillis(1));
        assertThatThrownBy(() -> result.toCompletableFuture().join()).hasMessageContaining("eth7");
        assertThat(a.node().journal(id(52)).lines().skip(1))
                .isEqualTo(before.lines().skip(1).toList());
        assertThat(a.status().lastReload())
                .hasValueSatisfying(last -> assertThat(last.done()).isFalse());
        assertThat(status(a, "R51").priority()).isEqualTo(150);
        assertThat(a.status().routers()).hasSize(2);
    }

    @Test
    void anotherNamespaceRefusesAllOfIt() {
        NodeConfig elsewhere = new NodeConfig(
                "n",
                List.of(router(51, 10).build()),
                false,
                Optional.of(new NamespaceName("blue", "keepalived.conf:3: net_namespace blue")));
        CompletionStage<ReloadResult> result = a.reload(elsewhere);
        simulation.runFor(Duration.ofMillis(1));
        assertThatThrownBy(() -> result.toCompletableFuture().join())
                .hasMessageContaining("keepalived.conf:3: net_namespace blue: ")
                .hasMessageContaining("restart it");
        assertThat(a.status().isMaster()).isTrue();
    }

    @Test
    void oneThatIsAskedForMeanwhileWaits() {
        a.backend(new BackendConditions(Duration.ofMillis(300), 0));
        CompletionStage<ReloadResult> first = a.reload(node(router(51, 150)));
        CompletionStage<ReloadResult> second = a.reload(node(router(51, 150), router(52, 150)));
        simulation.runFor(SECOND);
        assertThat(first.toCompletableFuture().join().removed()).containsExactly("R52");
        assertThat(second.toCompletableFuture().join().added()).containsExactly("R52");
        simulation.runUntil(() -> a.status().isMaster(), LIMIT);
    }

    @Test
    void aNodeThatIsStoppedMeanwhileLeavesNothing() {
        a.backend(new BackendConditions(Duration.ofMillis(300), 0));
        CompletionStage<ReloadResult> result = a.reload(node(router(51, 150), router(53, 150)));
        simulation.runFor(Duration.ofMillis(10));
        a.stop();
        simulation.runUntil(() -> !a.isRunning(), LIMIT);
        assertThat(result.toCompletableFuture()).isCompletedExceptionally();
        assertThat(a.addresses()).isEmpty();
        assertThat(told("R51")).endsWith("INIT");
        assertThat(told("R52")).endsWith("INIT");
        simulation.runFor(SECOND);
        assertThat(b.status().isMaster()).isTrue();
    }

    @Test
    void aTrackerThatIsAskedMoreOftenKeepsWhatIsKnown() {
        HealthTracker rare = new HealthTracker("web", SECOND, SECOND, 3, 3, true);
        HealthTracker often = new HealthTracker("web", Duration.ofMillis(500), SECOND, 3, 3, true);
        TrackWeight weight = new TrackWeight(60, false);
        reload(router(51, 90).track(rare, weight), router(52, 150));
        simulation.runUntil(() -> status(a, "R51").isMaster(), LIMIT);
        int told = a.changes().size();

        a.trackers().probe("web", ProbeConduct.HANGS);
        reload(router(51, 90).track(often, weight), router(52, 150));
        simulation.runFor(Duration.ofMillis(400));

        assertThat(status(a, "R51").priority()).isEqualTo(150);
        assertThat(a.changes()).hasSize(told);
        simulation.runFor(SECOND.multipliedBy(2));
        assertThat(status(a, "R51").priority())
                .as("its own first result counts")
                .isEqualTo(90);
        assertThat(a.status().trackers()).hasSize(1);
    }

    @Test
    void aTrackerThatNobodyFollowsAnyMoreIsForgotten() {
        FileTracker file = new FileTracker("switch", "/run/switch", OptionalInt.empty(), false);
        reload(router(51, 150).track(file, new TrackWeight(0, false)), router(52, 150));
        a.trackers().number("switch", 1);
        simulation.runFor(SECOND);
        assertThat(status(a, "R51").role()).isEqualTo(Role.FAULT);
        reload(router(51, 150), router(52, 150));
        simulation.runUntil(() -> status(a, "R51").isMaster(), LIMIT);
        assertThat(a.status().trackers()).isEmpty();
    }
}
