package org.vrrp4j.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vrrp4j.sim.TestRouters.INTERVAL;
import static org.vrrp4j.sim.TestRouters.VIP;
import static org.vrrp4j.sim.TestRouters.awaitAdvertisement;
import static org.vrrp4j.sim.TestRouters.masterDown;
import static org.vrrp4j.sim.TestRouters.router;
import static org.vrrp4j.sim.TestRouters.skew;
import static org.vrrp4j.sim.TestRouters.told;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.VrrpEvent;

/** Who becomes master, and exactly when. Each seed starts the clock elsewhere. */
class ElectionTest extends ThreeHosts {
    private static final Duration DELAY = LinkConditions.IDEAL.delay();

    private void startBoth() {
        startMasterAndBackup(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
    void higherPriorityBecomesMasterAfterItsMasterDownInterval(long seed) {
        build(seed);
        a.start(router(150).build());
        b.start(router(100).build());

        Duration taken = simulation.runUntil(() -> a.isMaster() || b.isMaster(), LIMIT);

        assertThat(taken).isEqualTo(masterDown(150));
        assertThat(a.isMaster()).isTrue();
        simulation.settle(Duration.ofSeconds(1));
        assertThat(told(a)).containsExactly("INIT>BACKUP:STARTUP", "BACKUP>MASTER:MASTER_DOWN");
        assertThat(told(b)).containsExactly("INIT>BACKUP:STARTUP");
        assertThat(b.router().master()).contains(a.address());
        assertThat(b.router().masterPriority()).isEqualTo(150);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
    void backupTakesOverAfterMasterDownInterval(long seed) {
        build(seed);
        startBoth();
        awaitAdvertisement(simulation, a);
        simulation.runFor(DELAY);

        a.crash();
        Duration taken = simulation.runUntil(b::isMaster, LIMIT);

        assertThat(taken).isEqualTo(masterDown(100));
        simulation.runFor(Duration.ofSeconds(2));
        assertThat(a.has(VIP)).as("the lease of the dead ends by itself").isFalse();
        assertThat(client.neighbour(VIP)).contains(b);
    }

    @Test
    void theDeadKeepsItsAddressUntilTheLeaseEnds() {
        startBoth();

        a.crash();

        simulation.runFor(Duration.ofMillis(700));
        assertThat(a.has(VIP)).isTrue();
        assertThat(b.isMaster()).isTrue();
        simulation.runFor(Duration.ofMillis(1300));
        assertThat(a.has(VIP)).isFalse();
    }

    @Test
    void returningHostPreempts() {
        startBoth();
        a.crash();
        simulation.runUntil(b::isMaster, LIMIT);

        a.restart();
        assertThat(a.has(VIP)).as("what the dead process left is removed").isFalse();
        Duration taken = simulation.runUntil(a::isMaster, LIMIT);

        assertThat(taken).isEqualTo(masterDown(150));
        assertThat(told(a)).endsWith("BACKUP>MASTER:PREEMPTION");
        simulation.runFor(DELAY);
        assertThat(told(b)).endsWith("MASTER>BACKUP:HIGHER_PRIORITY");
        simulation.settle(Duration.ofSeconds(2));
        assertThat(a.events()).as("a take-over is no conflict").isEmpty();
    }

    @Test
    void returningHostDoesNotPreemptWithNoPreempt() {
        a.start(router(150).preempt(false).build());
        b.start(router(100).build());
        simulation.runUntil(a::isMaster, LIMIT);
        a.crash();
        simulation.runUntil(b::isMaster, LIMIT);

        a.restart();
        simulation.settle(Duration.ofSeconds(12));

        assertThat(a.router().role()).isEqualTo(Role.BACKUP);
        assertThat(b.isMaster()).isTrue();
    }

    @Test
    void ownerBecomesMasterAtOnceEvenWithNoPreempt() {
        b.start(router(100).build());
        simulation.runUntil(b::isMaster, LIMIT);

        a.start(router(255).preempt(false).build());

        assertThat(a.isMaster()).isTrue();
        assertThat(told(a)).containsExactly("INIT>MASTER:OWNER");
        simulation.settle(Duration.ofSeconds(1));
        assertThat(b.router().role()).isEqualTo(Role.BACKUP);
    }

    @Test
    void gracefulStopHandsOverAfterTheSkewOnly() {
        startBoth();

        a.stop();
        Duration taken = simulation.runUntil(b::isMaster, LIMIT);

        assertThat(taken).isEqualTo(DELAY.plus(skew(100)));
        assertThat(told(a)).endsWith("MASTER>INIT:SHUTDOWN");
        assertThat(told(b)).endsWith("BACKUP>MASTER:MASTER_RELEASED");
        assertThat(a.isRunning()).isFalse();
        assertThat(a.addresses()).isEmpty();
        simulation.settle(Duration.ofSeconds(1));
    }

    @Test
    void greaterAddressWinsBetweenEqualPriorities() {
        a.start(router(100).build());
        b.start(router(100).build());

        simulation.settle(Duration.ofSeconds(2));

        assertThat(b.isMaster()).isTrue();
        assertThat(told(a))
                .containsExactly("INIT>BACKUP:STARTUP", "BACKUP>MASTER:MASTER_DOWN", "MASTER>BACKUP:HIGHER_ADDRESS");
    }

    @Test
    void equalPriorityDoesNotPreempt() {
        a.start(router(100).build());
        simulation.runUntil(a::isMaster, LIMIT);

        b.start(router(100).build());
        simulation.settle(Duration.ofSeconds(2));

        assertThat(a.isMaster()).isTrue();
    }

    @Test
    void mostPreferredOfThreeTakesOverAlone() {
        SimulatedHost c = simulation.network().host("c");
        c.start(router(50).build());
        startBoth();

        a.crash();
        simulation.settle(Duration.ofSeconds(2));

        assertThat(b.isMaster()).isTrue();
        assertThat(told(c)).containsExactly("INIT>BACKUP:STARTUP");
    }

    @Test
    void backupTimesTheMasterOutWithTheLearnedInterval() {
        a.start(router(150).build());
        b.start(router(100).advertisementInterval(Duration.ofSeconds(10)).build());
        simulation.runUntil(a::isMaster, LIMIT);
        simulation.runFor(Duration.ofSeconds(1));
        awaitAdvertisement(simulation, a);
        simulation.runFor(DELAY);

        a.crash();
        Duration taken = simulation.runUntil(b::isMaster, LIMIT);

        assertThat(taken).isEqualTo(masterDown(100));
        assertThat(b.events()).hasSize(1);
        assertThat(b.events().get(0).text()).contains("every 100 ms");
    }

    @Test
    void ipv6RouterIsElectedAndAnnounced() {
        RouterConfig config = RouterConfig.builder(SimulatedHost.INTERFACE, 52)
                .advertisementInterval(INTERVAL)
                .address(VirtualAddress.parse("fe80::52"))
                .address(VirtualAddress.parse("2001:db8::100/64"))
                .build();
        a.start(config);
        b.start(config);

        simulation.settle(Duration.ofSeconds(2));

        assertThat(b.isMaster()).isTrue();
        assertThat(b.router().router().family()).isEqualTo(IpFamily.IPV6);
        assertThat(client.neighbour(IpAddresses.parse("2001:db8::100").orElseThrow()))
                .contains(b);
    }

    @Test
    void senderThatHearsItselfIsNotMovedByIt() {
        simulation.network().conditions(LinkConditions.IDEAL.withEcho(true));
        startBoth();

        simulation.settle(Duration.ofSeconds(2));

        assertThat(a.isMaster()).isTrue();
        assertThat(a.router().statistics().rejected()).isPositive();
    }

    @Test
    void aDelayedRouterBearsALowerPriorityAndThenPreemptsIt() {
        b.start(router(100).build());
        simulation.runUntil(b::isMaster, LIMIT);
        a.start(router(150)
                .startupDelay(Duration.ofSeconds(3))
                .preemptDelay(Duration.ofSeconds(5))
                .build());

        Duration taken = simulation.runUntil(a::isMaster, Duration.ofSeconds(20));

        assertThat(taken).isBetween(Duration.ofSeconds(8), Duration.ofMillis(8600));
        assertThat(told(a)).containsExactly("INIT>BACKUP:STARTUP", "BACKUP>MASTER:PREEMPTION");
    }

    @Test
    void aMasterHandsOverAndStaysBackupWhileItsSuccessorWorks() {
        startBoth();

        a.handOver();
        Duration taken = simulation.runUntil(b::isMaster, LIMIT);

        assertThat(taken).isLessThanOrEqualTo(skew(100).plus(DELAY));
        assertThat(a.has(VIP)).isFalse();
        simulation.runFor(Duration.ofSeconds(30));
        assertThat(told(a)).endsWith("BACKUP>MASTER:MASTER_DOWN", "MASTER>BACKUP:HANDED_OVER");
        b.crash();
        simulation.runUntil(a::isMaster, LIMIT);
        simulation.settle(Duration.ofSeconds(3));
    }

    @Test
    void aMasterThatHandsOverToNobodyTakesOverAgain() {
        a.start(router(150).build());
        simulation.runUntil(a::isMaster, LIMIT);

        a.handOver();
        simulation.runUntil(() -> !a.isMaster(), LIMIT);
        Duration taken = simulation.runUntil(a::isMaster, LIMIT);

        assertThat(taken).isEqualTo(INTERVAL.plus(masterDown(1)));
        assertThat(a.events()).hasAtLeastOneElementOfType(VrrpEvent.HandOverUnanswered.class);
    }
}
