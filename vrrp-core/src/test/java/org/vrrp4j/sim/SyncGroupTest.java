package org.vrrp4j.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vrrp4j.sim.TestRouters.INTERVAL;
import static org.vrrp4j.sim.TestRouters.VIP;
import static org.vrrp4j.sim.TestRouters.router;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
import org.vrrp4j.config.Tracker;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.GroupStatus;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.RouterStatus;

/** Two firewalls between two LANs: each has both addresses, or none. */
class SyncGroupTest extends ThreeHosts {
    private static final InetAddress OUTER = IpAddresses.parse("198.51.100.100").orElseThrow();
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final Tracker SWITCH = new FileTracker("switch", "/run/switch", OptionalInt.empty(), false);

    private SimulatedLan outside;
    private List<Tracked> trackers = List.of();
    private boolean weighted;

    @BeforeEach
    void secondLan() {
        outside = simulation.network().addLan("outside");
        List.of(a, b, client).forEach(outside::attach);
    }

    private static RouterConfigBuilder inner(int priority) {
        return router(priority).name("in");
    }

    private static RouterConfigBuilder outer(int priority) {
        return RouterConfig.builder("eth1", 51)
                .name("out")
                .priority(priority)
                .advertisementInterval(INTERVAL)
                .announcements(router(priority).build().announcements())
                .address(VirtualAddress.parse("198.51.100.100/24"));
    }

    private void start(SimulatedHost host, RouterConfig in, RouterConfig out) {
        SyncGroupConfig group =
                new SyncGroupConfig("firewall", List.of("in", "out"), trackers, weighted, NotifySettings.NONE);
        host.start(new NodeConfig(
                host.name(),
                List.of(in, out),
                false,
                Optional.empty(),
                List.of(group),
                NodeNotification.NONE,
                RouterResources.of(List.of())));
    }

    private void start() {
        start(a, inner(150).build(), outer(150).build());
        start(b, inner(100).build(), outer(100).build());
        simulation.settle(QUIET);
        assertHolder(a, b);
    }

    private void assertHolder(SimulatedHost holder, SimulatedHost other) {
        assertThat(holder.addresses()).containsExactlyInAnyOrder(VIP, OUTER);
        assertThat(other.addresses()).isEmpty();
        assertThat(holder.status().groups())
                .containsExactly(new GroupStatus("firewall", List.of("in", "out"), Role.MASTER));
    }

    private static SimulatedInterface outer(SimulatedHost host) {
        return host.interfaces().get(1);
    }

    @Test
    void aLinkThatFailsTakesBothAddressesToThePeerAndBack() {
        start();
        outer(a).linkDown();
        Duration took = simulation.runUntil(() -> b.addresses().size() == 2, LIMIT);
        simulation.settle(QUIET);
        assertHolder(b, a);
        assertThat(took).as("one side is told, the other waits for it").isLessThan(INTERVAL.multipliedBy(4));
        assertThat(a.status().groups().get(0).role()).isEqualTo(Role.FAULT);
        RouterStatus in = a.router();
        assertThat(in.role()).isEqualTo(Role.FAULT);
        assertThat(in.cause()).isEqualTo(Cause.GROUP);
        assertThat(a.changes())
                .filteredOn(change -> change.cause() == Cause.GROUP)
                .extracting(RoleChange::detail)
                .containsExactly("out: the link is down: eth1");

        outer(a).linkUp();
        simulation.settle(QUIET);
        assertHolder(a, b);
        assertThat(a.replay().isFaithful()).isTrue();
        assertThat(b.replay().isFaithful()).isTrue();
    }

    @Test
    void aBetterMasterOnOneLinkOnlyBringsBothToBackup() {
        start();
        b.configure(inner(200).build());
        simulation.settle(QUIET);
        assertHolder(a, b);
        b.configure(outer(200).build());
        simulation.settle(QUIET);
        assertHolder(b, a);
        assertThat(a.changes())
                .filteredOn(change -> change.to() == Role.BACKUP && change.from() == Role.MASTER)
                .hasSize(2);
    }

    @Test
    void aPartitionOfOneLinkGivesNoSecondMaster() {
        start();
        outside.cut(a, b);
        simulation.runFor(Duration.ofSeconds(10));
        assertHolder(a, b);
        outside.heal();
        simulation.settle(QUIET);
        assertHolder(a, b);
    }

    @Test
    void aDeadHostIsReplacedOnBothLinks() {
        start();
        a.crash();
        simulation.runUntil(() -> b.addresses().size() == 2, LIMIT);
        simulation.runFor(QUIET);
        a.restart();
        simulation.settle(QUIET);
        assertHolder(a, b);
    }

    @Test
    void aHandOverOfOneIsOneOfAllAndAStopToo() {
        start();
        a.handOver();
        Duration took = simulation.runUntil(() -> b.addresses().size() == 2, LIMIT);
        assertThat(took).isLessThan(INTERVAL);
        simulation.settle(QUIET);
        assertHolder(b, a);
        b.stop();
        took = simulation.runUntil(() -> a.addresses().size() == 2, LIMIT);
        assertThat(took).isLessThan(INTERVAL);
        assertThat(b.changes()).filteredOn(change -> change.to() == Role.INIT).hasSize(2);
    }

    @Test
    void ownersBecomeMasterTogether() {
        start(a, inner(255).build(), outer(255).build());
        simulation.runFor(Duration.ofMillis(1));
        assertThat(a.status().isMaster()).isTrue();
        assertThat(a.router().cause()).isEqualTo(Cause.OWNER);
        start(b, inner(100).build(), outer(100).build());
        simulation.settle(QUIET);
        outer(a).linkDown();
        simulation.settle(QUIET);
        assertHolder(b, a);
        outer(a).linkUp();
        simulation.settle(QUIET);
        assertHolder(a, b);
    }

    @Test
    void whatTheGroupTracksPutsAllIntoFault() {
        trackers = List.of(new Tracked(SWITCH, TrackWeight.FAULT));
        start();
        a.trackers().number("switch", 1);
        simulation.settle(QUIET);
        assertHolder(b, a);
        a.trackers().number("switch", 0);
        simulation.settle(QUIET);
        assertHolder(a, b);
    }

    @ParameterizedTest(name = "weighted: {0}")
    @ValueSource(booleans = {false, true})
    void weightsCountOnlyIfTheGroupSaysSo(boolean counts) {
        weighted = counts;
        trackers = List.of(new Tracked(SWITCH, new TrackWeight(-10, false)));
        start();
        a.trackers().number("switch", 10);
        simulation.settle(QUIET);
        assertThat(a.router().priority()).isEqualTo(counts ? 50 : 150);
        assertHolder(counts ? b : a, counts ? a : b);
    }

    @Test
    void oneWhoseAddressCannotBeSetKeepsTheOtherOut() {
        start();
        b.addForeignAddress(VIP);
        a.crash();
        simulation.runFor(Duration.ofSeconds(10));
        assertThat(b.addresses()).doesNotContain(OUTER);
        assertThat(b.status().groups().get(0).role()).isEqualTo(Role.FAULT);
        b.removeAddress(VIP);
        simulation.settle(Duration.ofSeconds(10));
        assertThat(b.addresses()).containsExactlyInAnyOrder(VIP, OUTER);
    }
}
