package org.vrrp4j.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vrrp4j.sim.TestRouters.INTERVAL;
import static org.vrrp4j.sim.TestRouters.VIP;
import static org.vrrp4j.sim.TestRouters.masterDown;
import static org.vrrp4j.sim.TestRouters.router;
import static org.vrrp4j.sim.TestRouters.told;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.model.VrrpVersion;
import org.vrrp4j.packet.Advertisement;

/** What a host can do to its router: links, stalls, addresses and backends. */
class HostFaultsTest extends ThreeHosts {
    @BeforeEach
    void masterAndBackup() {
        startMasterAndBackup(Duration.ofSeconds(3));
    }

    private void startAnew(long seed) {
        build(seed);
        masterAndBackup();
    }

    @Test
    void masterWithoutLinkFailsAndTheBackupTakesOver() {
        a.linkDown();

        assertThat(a.router().faults()).containsExactly(Fault.LINK_DOWN);
        assertThat(a.has(VIP)).isFalse();
        Duration taken = simulation.runUntil(b::isMaster, LIMIT);
        assertThat(taken)
                .isBetween(masterDown(100).minus(INTERVAL), masterDown(100).plus(LinkConditions.IDEAL.delay()));

        a.linkUp();
        simulation.settle(Duration.ofSeconds(2));
        assertThat(told(a)).endsWith("MASTER>FAULT:LINK_DOWN", "FAULT>BACKUP:RECOVERED", "BACKUP>MASTER:PREEMPTION");
    }

    @Test
    void nodeThatStartsWithoutLinkWaitsForIt() {
        SimulatedHost c = simulation.network().host("c");
        c.linkDown();
        c.start(router(200).build());
        assertThat(told(c)).containsExactly("INIT>FAULT:LINK_DOWN");

        c.linkUp();
        simulation.settle(Duration.ofSeconds(2));

        assertThat(c.isMaster()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
    void stalledMasterLosesItsAddressAndTakesOverAgainWhenItReturns(long seed) {
        startAnew(seed);
        a.stall(Duration.ofSeconds(5));

        simulation.runUntil(b::isMaster, LIMIT);
        simulation.runFor(Duration.ofMillis(2000));
        assertThat(a.has(VIP)).as("nobody renewed its lease").isFalse();
        simulation.runUntil(() -> a.has(VIP), LIMIT);
        simulation.runFor(INTERVAL);

        assertThat(b.router().role()).as("it was told at once").isEqualTo(Role.BACKUP);
        assertThat(client.neighbour(VIP)).contains(a);
        assertThat(a.events()).anySatisfy(event -> assertThat(event).isInstanceOf(VrrpEvent.Stall.class));
        simulation.settle(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
    void stalledMasterYieldsWhenItReturnsToABetterOne(long seed) {
        build(seed);
        a.start(router(100).build());
        simulation.runUntil(a::isMaster, LIMIT);
        b.start(router(150).preempt(false).build());
        simulation.runFor(Duration.ofSeconds(2));
        assertThat(a.isMaster()).isTrue();

        a.stall(Duration.ofSeconds(5));
        simulation.runUntil(b::isMaster, LIMIT);
        simulation.runFor(Duration.ofSeconds(5));

        assertThat(told(a)).endsWith("MASTER>BACKUP:HIGHER_PRIORITY");
        assertThat(told(b)).endsWith("BACKUP>MASTER:MASTER_DOWN");
        simulation.settle(Duration.ofSeconds(12));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
    void stalledMasterWithABetterSuccessorPutsItsLostAddressNotEvenBriefly(long seed) {
        simulation = new Simulation(seed);
        a = simulation.network().host("a");
        b = simulation.network().host("b");
        a.start(router(100).build());
        simulation.runUntil(a::isMaster, LIMIT);
        b.start(router(150).preempt(false).build());
        simulation.runFor(Duration.ofSeconds(3));

        a.stall(Duration.ofSeconds(5));
        simulation.runUntil(() -> b.has(VIP) && !a.has(VIP), LIMIT);
        long announcements = a.router().statistics().announcements();
        simulation.runFor(Duration.ofSeconds(5));

        assertThat(told(a)).endsWith("MASTER>BACKUP:HIGHER_PRIORITY");
        assertThat(a.router().statistics().announcements())
                .as("whoever hears them would send to the wrong host")
                .isEqualTo(announcements);
        simulation.settle(Duration.ofSeconds(12));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
    void stalledMasterLeavesTheAddressToItsSuccessorIfSoConfigured(long seed) {
        build(seed);
        a.start(router(100).stepDownAfterStall(true).build());
        simulation.runUntil(a::isMaster, LIMIT);
        b.start(router(50).build());
        simulation.runFor(Duration.ofSeconds(3));

        a.stall(Duration.ofSeconds(5));
        simulation.runUntil(b::isMaster, LIMIT);
        simulation.runUntil(() -> told(a).contains("MASTER>BACKUP:STALLED"), LIMIT);

        assertThat(b.isMaster()).as("nothing was sent that disturbs it").isTrue();
        simulation.runUntil(a::isMaster, LIMIT);
        assertThat(told(a)).endsWith("MASTER>BACKUP:STALLED", "BACKUP>MASTER:PREEMPTION");
        simulation.settle(Duration.ofSeconds(12));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
    void stalledBackupHearsWhatWaitedForItBeforeItActs(long seed) {
        startAnew(seed);
        b.stall(Duration.ofSeconds(2));

        simulation.settle(Duration.ofSeconds(4));

        assertThat(told(b)).containsExactly("INIT>BACKUP:STARTUP");
    }

    @Test
    void foreignAddressIsAFaultUntilItIsGone() {
        b.addForeignAddress(VIP);
        assertThat(b.router().faults()).containsExactly(Fault.FOREIGN_ADDRESS);
        assertThat(told(b)).endsWith("BACKUP>FAULT:FOREIGN_ADDRESS");

        b.removeAddress(VIP);

        assertThat(told(b)).endsWith("FAULT>BACKUP:RECOVERED");
        simulation.settle(Duration.ofSeconds(2));
    }

    @Test
    void nodeDoesNotTouchAForeignAddressAtItsStart() {
        SimulatedHost c = simulation.network().host("c");
        c.addForeignAddress(VIP);
        c.start(router(200).build());
        simulation.runFor(Duration.ofSeconds(2));

        assertThat(told(c)).containsExactly("INIT>FAULT:FOREIGN_ADDRESS");
        assertThat(c.has(VIP)).isTrue();
        assertThat(a.isMaster()).isTrue();
    }

    @Test
    void addressRemovedByOthersIsPutBackAndAnnounced() {
        long announced = a.router().statistics().announcements();

        a.removeAddress(VIP);

        assertThat(a.has(VIP)).isTrue();
        assertThat(a.router().statistics().announcements()).isGreaterThan(announced);
        assertThat(a.events()).contains(new VrrpEvent.AddressRestored(a.router().router(), VIP));
        assertThat(told(a)).hasSize(2);
        simulation.settle(Duration.ofSeconds(1));
    }

    @Test
    void slowBackendDelaysNoAdvertisement() {
        build(4);
        a.backend(new BackendConditions(Duration.ofMillis(300), 0));
        simulation.tracePackets();
        a.start(router(150).build());
        simulation.runUntil(a::isMaster, LIMIT);
        simulation.runFor(Duration.ofMillis(950));

        List<Duration> times = advertisements(a);
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i).minus(times.get(i - 1))).isEqualTo(INTERVAL);
        }
        assertThat(told(a)).containsExactly("INIT>BACKUP:STARTUP", "BACKUP>MASTER:MASTER_DOWN");
        assertThat(times.get(0)).isEqualTo(Duration.ofMillis(300).plus(masterDown(150)));
        assertThat(times).hasSize(4 + 9);

        a.stop();
        simulation.runUntil(() -> !a.isRunning(), LIMIT);
        assertThat(a.addresses()).isEmpty();
    }

    private List<Duration> advertisements(SimulatedHost host) {
        List<Duration> times = new ArrayList<>();
        for (TraceEntry entry : simulation.trace()) {
            if (entry.occurrence() instanceof Occurrence.Advertised sent && sent.host() == host) {
                times.add(entry.time());
            }
        }
        return times;
    }

    @Test
    void masterWhoseBackendFailsGivesUpAndTriesAgain() {
        a.stop();
        simulation.runUntil(() -> !a.isRunning(), LIMIT);
        a.backend(new BackendConditions(Duration.ZERO, 1));
        a.restart();
        simulation.runUntil(() -> a.router().role() == Role.FAULT, LIMIT);
        assertThat(told(a)).endsWith("BACKUP>FAULT:ADDRESS_FAILED");
        simulation.runUntil(b::isMaster, LIMIT);

        a.backend(BackendConditions.IDEAL);
        simulation.settle(Duration.ofSeconds(7));

        assertThat(a.isMaster()).isTrue();
    }

    @Test
    void nodeThatStopsWhileOneRouterWaitsForItsBackendEndsWithNothing() {
        SimulatedHost c = simulation.network().host("c");
        c.backend(new BackendConditions(Duration.ofMillis(300), 0));
        RouterConfig second = RouterConfig.builder(SimulatedHost.INTERFACE, 52)
                .priority(255)
                .advertisementInterval(INTERVAL)
                .address(VirtualAddress.parse("192.0.2.101/24"))
                .build();
        c.start(new NodeConfig("c", List.of(router(255).build(), second)));
        simulation.runFor(Duration.ofMillis(100));

        c.stop();
        simulation.runFor(Duration.ofSeconds(3));

        assertThat(c.isRunning()).isFalse();
        assertThat(told(c)).isEmpty();
        assertThat(c.addresses()).isEmpty();
        assertThat(a.isMaster()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
    void masterThatStallsWhileItStopsTellsItsEndThoughItsBackendHasNotAnswered(long seed) {
        startAnew(seed);
        a.backend(new BackendConditions(Duration.ofHours(1), 0));
        a.stop();
        simulation.runFor(Duration.ofMillis(50));

        a.stall(Duration.ofSeconds(5));
        simulation.runUntil(() -> !a.isRunning(), LIMIT);

        assertThat(told(a)).endsWith("MASTER>INIT:SHUTDOWN");
        assertThat(a.addresses()).isEmpty();
    }

    @Test
    void masterThatCannotSendGivesTheAddressUp() {
        a.failSends(true);

        simulation.runUntil(b::isMaster, LIMIT);
        simulation.runFor(Duration.ofSeconds(30));

        assertThat(a.has(VIP)).isFalse();
        assertThat(client.neighbour(VIP)).contains(b);
        long losses = a.changes().stream()
                .filter(change -> change.from() == Role.MASTER)
                .count();
        assertThat(losses).isPositive();

        a.failSends(false);
        simulation.settle(Duration.ofSeconds(12));
        assertThat(a.isMaster()).isTrue();
    }

    @Test
    void rejectedAdvertisementsDelayNoTakeOver() {
        SimulatedHost stranger = simulation.network().host("stranger");
        a.crash();
        Duration start = simulation.elapsed();
        Advertisement wrongVersion =
                new Advertisement(VrrpVersion.V2, 51, 250, Duration.ofSeconds(1), List.of(VIP), Authentication.NONE);
        for (int i = 0; i < 40 && !b.isMaster(); i++) {
            simulation.network().forge(stranger, wrongVersion);
            simulation.runFor(Duration.ofMillis(10));
        }

        assertThat(b.isMaster()).isTrue();
        assertThat(simulation.elapsed().minus(start))
                .isLessThanOrEqualTo(masterDown(100).plusMillis(10));
        assertThat(b.events().stream()
                        .filter(VrrpEvent.PacketsRejected.class::isInstance)
                        .collect(Collectors.toList()))
                .isNotEmpty();
    }
}
