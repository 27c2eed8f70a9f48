package org.vrrp4j.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.PauseGrace;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.sim.Occurrence.Advertised;

/** A paused master within and beyond its grace, and a stopped one, in virtual time with the standard invariants. */
class PauseGraceTest {
    private static final Duration INTERVAL = Duration.ofMillis(10);
    private static final Duration GRACE = Duration.ofMillis(400);

    private final Simulation simulation = new Simulation(1);
    private final SimulatedHost a = simulation.network().host("a");
    private final SimulatedHost b = simulation.network().host("b");

    private static RouterConfig router(int priority, boolean stepsDown) {
        return RouterConfig.builder("eth0", 51)
                .priority(priority)
                .advertisementInterval(INTERVAL)
                .stepDownAfterStall(stepsDown)
                .address(VirtualAddress.parse("192.0.2.100/24"))
                .build();
    }

    private void start(SimulatedHost host, RouterConfig router, Duration grace) {
        host.start(new NodeConfig(host.name(), List.of(router)).with(new PauseGrace(grace)));
    }

    @BeforeEach
    void aIsMaster() {
        simulation.tracePackets();
        start(a, router(150, false), GRACE);
        start(b, router(100, false), GRACE);
        simulation.runUntil(a::isMaster, Duration.ofSeconds(5));
        simulation.runFor(Duration.ofSeconds(1));
    }

    private List<Advertised> advertisements(SimulatedHost of) {
        return simulation.trace().stream()
                .map(TraceEntry::occurrence)
                .filter(occurrence -> occurrence instanceof Advertised && occurrence.host() == of)
                .map(Advertised.class::cast)
                .toList();
    }

    private static List<Role> rolesSince(SimulatedHost host, int known) {
        return host.changes().stream().skip(known).map(RoleChange::to).toList();
    }

    private long sentBy(SimulatedHost host) {
        return host.router().statistics().advertisementsSent();
    }

    private static NodeConfig node(int routers) {
        return new NodeConfig(
                "n",
                IntStream.range(0, routers)
                        .mapToObj(i -> RouterConfig.builder("eth0", 51 + i)
                                .priority(150)
                                .advertisementInterval(INTERVAL)
                                .address(VirtualAddress.parse("192.0.2." + (100 + i) + "/24"))
                                .build())
                        .toList());
    }

    @Test
    void aNodeThatAdvertisesTooOftenSendsNothingAheadUntilItHasFewerRouters() {
        a.reload(node(6));
        simulation.runFor(Duration.ofSeconds(1));
        assertThat(a.status().isMaster()).isTrue();
        assertThat(a.status().sendingAhead().isActive()).isFalse();
        assertThat(a.status().sendingAhead().text())
                .startsWith("not possible: its routers advertise 600 times a second");
        a.crash();
        a.start(node(6));
        simulation.runFor(Duration.ofSeconds(1));
        long before = a.status().routers().get(5).statistics().advertisementsSent();
        a.stall(GRACE);
        simulation.runFor(GRACE);
        assertThat(a.status().routers().get(5).statistics().advertisementsSent() - before)
                .isLessThan(5);

        a.reload(node(5));
        simulation.runFor(Duration.ofSeconds(1));
        assertThat(a.status().sendingAhead().isActive()).isTrue();
    }

    @Test
    void aPauseWithinTheGraceIsNotNoticed() {
        int known = b.changes().size();
        long before = sentBy(a);
        a.stall(GRACE);
        simulation.runFor(GRACE.plusMillis(200));

        assertThat(b.changes()).hasSize(known);
        assertThat(a.isMaster()).isTrue();
        assertThat(a.events()).noneMatch(VrrpEvent.Stall.class::isInstance);
        assertThat(sentBy(a) - before)
                .as("one for each interval, and none twice")
                .isEqualTo(60);
        assertThat(a.replay().isFaithful()).isTrue();
    }

    @Test
    void withoutAGraceTheSamePauseCostsTheRole() {
        a.stop();
        simulation.runUntil(() -> !a.isRunning(), Duration.ofSeconds(5));
        start(a, router(150, false), Duration.ZERO);
        simulation.runUntil(a::isMaster, Duration.ofSeconds(5));
        int known = b.changes().size();
        a.stall(GRACE);
        simulation.runFor(GRACE.plusMillis(200));

        assertThat(rolesSince(b, known)).contains(Role.MASTER);
    }

    @Test
    void aPauseBeyondTheGraceIsOneTakeoverAndOneReturn() {
        int known = b.changes().size();
        a.stall(Duration.ofSeconds(1));
        simulation.runFor(GRACE.plusMillis(45));
        assertThat(b.isMaster()).as("as long as something is queued").isFalse();
        simulation.runFor(Duration.ofMillis(60));
        assertThat(b.isMaster()).as("after the grace and the down interval").isTrue();
        simulation.runFor(Duration.ofSeconds(2));

        assertThat(rolesSince(b, known)).containsExactly(Role.MASTER, Role.BACKUP);
        assertThat(a.isMaster()).isTrue();
        assertThat(a.events().stream().filter(VrrpEvent.Stall.class::isInstance))
                .hasSize(1);
    }

    @Test
    void aStoppedMasterSendsNothingOfWhatWasQueued() {
        int known = b.changes().size();
        long before = sentBy(a);
        a.freeze(Duration.ofMillis(300));
        simulation.runFor(Duration.ofMillis(50));
        assertThat(b.isMaster()).as("as soon as without a grace").isTrue();
        simulation.runFor(Duration.ofMillis(250));

        assertThat(rolesSince(b, known)).first().isEqualTo(Role.MASTER);
        assertThat(sentBy(a) - before).as("one at most when it goes on").isLessThanOrEqualTo(2);
    }

    @Test
    void aShortStopDelaysAndCostsNothing() {
        int known = b.changes().size();
        a.freeze(Duration.ofMillis(15));
        simulation.runFor(Duration.ofMillis(500));

        assertThat(b.changes()).hasSize(known);
        assertThat(a.events()).noneMatch(VrrpEvent.Stall.class::isInstance);
    }

    @Test
    void everyAdvertisementAfterAChangeIsThatOfTheChange() {
        for (int priority = 151; priority < 200; priority++) {
            a.configure(router(priority, false));
            simulation.runFor(Duration.ofNanos(12_345_678L * (priority - 150) % 25_000_000));
        }
        simulation.runFor(GRACE.multipliedBy(2));

        assertThat(advertisements(a))
                .extracting(Advertised::priority)
                .isSorted()
                .contains(150, 199);
    }

    @Test
    void aDeadMasterSendsNothing() {
        int before = advertisements(a).size();
        a.crash();
        simulation.runFor(Duration.ofMillis(40));

        assertThat(advertisements(a)).hasSize(before);
        assertThat(b.isMaster())
                .as("a dead master is missed as soon as without a grace")
                .isTrue();
    }

    @Test
    void oneThatLeavesSendsNothingAfterItsLastWord() {
        a.stop();
        simulation.runFor(GRACE.multipliedBy(2));

        List<Advertised> all = advertisements(a);
        assertThat(all.get(all.size() - 1).priority()).isZero();
        assertThat(all.stream().filter(each -> each.priority() == 0)).hasSize(1);
    }
}
