package org.vrrp4j.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vrrp4j.sim.TestRouters.INTERVAL;
import static org.vrrp4j.sim.TestRouters.VIP;
import static org.vrrp4j.sim.TestRouters.awaitAdvertisement;
import static org.vrrp4j.sim.TestRouters.router;
import static org.vrrp4j.sim.TestRouters.told;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.RejectionReason;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.model.VrrpVersion;

/** Two masters at once, and how that ends. */
class PartitionTest extends ThreeHosts {
    @BeforeEach
    void twoMasters() {
        startMasterAndBackup(Duration.ZERO);
        simulation.network().cut(a, b);
        simulation.runUntil(b::isMaster, LIMIT);
        simulation.runFor(Duration.ofSeconds(3));
        assertThat(a.isMaster()).isTrue();
        assertThat(client.neighbour(VIP)).as("the last that announced").contains(b);
    }

    /** Heals while the next advertisement is to come from a certain master, and waits for it. */
    private Duration healBeforeAdvertisementOf(SimulatedHost first, SimulatedHost second) {
        awaitAdvertisement(simulation, second);
        simulation.runFor(Duration.ofMillis(1));
        simulation.network().heal();
        long sent = second.router().statistics().advertisementsSent();
        Duration taken = awaitAdvertisement(simulation, first);
        assertThat(second.router().statistics().advertisementsSent()).isEqualTo(sent);
        return taken;
    }

    @Test
    void clientsReachTheWinnerWithinOneIntervalWhenTheLoserHearsFirst() {
        Duration taken = healBeforeAdvertisementOf(a, b);

        Duration more = simulation.runUntil(() -> client.neighbour(VIP).equals(Optional.of(a)), LIMIT);

        assertThat(taken.plus(more)).isLessThan(INTERVAL);
        assertThat(told(b)).endsWith("MASTER>BACKUP:HIGHER_PRIORITY");
        simulation.settle(Duration.ofSeconds(3));
        assertThat(a.events()).hasExactlyElementsOfTypes(VrrpEvent.MasterConflict.class, VrrpEvent.ConflictEnded.class);
    }

    @Test
    void clientsReachTheWinnerWithinOneIntervalWhenTheWinnerHearsFirst() {
        Duration taken = healBeforeAdvertisementOf(b, a);

        Duration more = simulation.runUntil(() -> client.neighbour(VIP).equals(Optional.of(a)), LIMIT);

        assertThat(taken.plus(more)).isLessThan(INTERVAL);
        simulation.runFor(Duration.ofMillis(1));
        assertThat(told(b)).endsWith("MASTER>BACKUP:HIGHER_PRIORITY");
        simulation.settle(Duration.ofSeconds(3));
    }

    @Test
    void clientsOfARivalThatGaveWayWithoutAWordAreToldWithTheNextAdvertisement() {
        SimulatedHost c = simulation.network().host("c");
        c.start(router(200).announceWithAdvertisements(true).build());
        simulation.settle(Duration.ofSeconds(10));
        client.first().hearAnnouncement(VIP, b);

        Duration taken = simulation.runUntil(() -> client.neighbour(VIP).equals(Optional.of(c)), LIMIT);

        assertThat(taken).isLessThanOrEqualTo(INTERVAL);
    }

    @Test
    void oneWayCutMakesTwoMastersOnlyWhileTheBackupIsDeaf() {
        simulation.network().heal();
        simulation.settle(Duration.ofSeconds(3));

        simulation.network().cutOneWay(a, b);
        simulation.runUntil(b::isMaster, LIMIT);
        assertThat(a.isMaster()).as("it hears a lower priority only").isTrue();
        simulation.runFor(Duration.ofSeconds(5));
        simulation.network().heal();

        simulation.settle(Duration.ofSeconds(3));
        assertThat(a.isMaster()).isTrue();
    }

    @Test
    void threePartsHealIntoOne() {
        SimulatedHost c = simulation.network().host("c");
        c.start(router(50).build());
        simulation.network().partition(c);
        simulation.runUntil(c::isMaster, LIMIT);
        simulation.runFor(Duration.ofSeconds(3));

        simulation.network().heal();
        simulation.runFor(INTERVAL);

        assertThat(a.isMaster()).isTrue();
        assertThat(b.router().role()).isEqualTo(Role.BACKUP);
        assertThat(c.router().role()).isEqualTo(Role.BACKUP);
        assertThat(client.neighbour(VIP)).contains(a);
        simulation.settle(Duration.ofSeconds(3));
    }

    @Test
    void wrongPasswordLeavesBothMastersAndIsReported() {
        Simulation other = new Simulation(2);
        SimulatedHost c = other.network().host("c");
        SimulatedHost d = other.network().host("d");
        c.start(version2("secret", 150));
        d.start(version2("wrong", 100));

        other.runFor(Duration.ofSeconds(20));

        assertThat(c.isMaster()).isTrue();
        assertThat(d.isMaster()).isTrue();
        assertThat(c.router().statistics().rejections()).containsOnlyKeys(RejectionReason.AUTHENTICATION_FAILED);
        assertThat(d.events())
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                VrrpEvent.PacketsRejected.class,
                                rejected -> assertThat(rejected.reason())
                                        .isEqualTo(RejectionReason.AUTHENTICATION_FAILED)));
    }

    private static RouterConfig version2(String password, int priority) {
        return router(priority)
                .version(VrrpVersion.V2)
                .advertisementInterval(Duration.ofSeconds(1))
                .authentication(Authentication.simplePassword(password))
                .build();
    }

    @Test
    void twoRoutersCrossOverTwoHosts() {
        Simulation other = new Simulation(3);
        SimulatedHost lb01 = other.network().host("lb01");
        SimulatedHost lb02 = other.network().host("lb02");
        lb01.start(crossing(150, 100));
        lb02.start(crossing(100, 150));
        other.settle(Duration.ofSeconds(3));
        assertThat(lb01.addresses()).containsExactly(VIP);
        assertThat(lb02.addresses()).containsExactly(address("192.0.2.101"));

        lb01.crash();
        other.settle(Duration.ofSeconds(3));
        assertThat(lb02.addresses()).containsExactlyInAnyOrder(VIP, address("192.0.2.101"));

        lb01.restart();
        other.settle(Duration.ofSeconds(3));
        assertThat(lb01.addresses()).containsExactly(VIP);
        assertThat(lb02.status().unassigned()).isEmpty();
    }

    private static InetAddress address(String text) {
        return IpAddresses.parse(text).orElseThrow();
    }

    private static NodeConfig crossing(int priorityOf51, int priorityOf52) {
        RouterConfig second = RouterConfig.builder(SimulatedHost.INTERFACE, 52)
                .priority(priorityOf52)
                .advertisementInterval(INTERVAL)
                .address(VirtualAddress.parse("192.0.2.101/24"))
                .build();
        return new NodeConfig("lb", List.of(router(priorityOf51).build(), second));
    }
}
