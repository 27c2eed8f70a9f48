package org.vrrp4j.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.vrrp4j.sim.TestRouters.VIP;
import static org.vrrp4j.sim.TestRouters.router;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The simulator itself. */
class SimulationTest {
    private static List<String> story(long seed) {
        Simulation simulation = new Simulation(seed);
        simulation.tracePackets();
        SimulatedHost a = simulation.network().host("a");
        SimulatedHost b = simulation.network().host("b");
        simulation
                .network()
                .conditions(new LinkConditions(0.3, Duration.ofMillis(1), Duration.ofMillis(50), 0.2, 0.2, true));
        a.start(router(150).build());
        b.start(router(100).build());
        simulation.runFor(Duration.ofSeconds(5));
        a.crash();
        simulation.runFor(Duration.ofSeconds(5));
        return simulation.trace().stream().map(TraceEntry::toString).collect(Collectors.toList());
    }

    @Test
    void sameSeedTellsTheSameStory() {
        assertThat(story(5)).isEqualTo(story(5)).hasSizeGreaterThan(50);
        assertThat(story(5)).isNotEqualTo(story(6));
    }

    @Test
    void violatedInvariantNamesItsSentenceTheSeedAndTheStory() {
        Invariant quiet = new Invariant() {
            @Override
            public String sentence() {
                return "nothing is told";
            }

            @Override
            public Optional<String> violation(SimulatedNetwork network, List<Occurrence> occurrences) {
                return occurrences.stream()
                        .filter(Occurrence.RoleTold.class::isInstance)
                        .map(Occurrence::text)
                        .findFirst();
            }
        };
        Simulation simulation = new Simulation(77, List.of(quiet));
        simulation.network().host("a").start(router(100).build());

        assertThatExceptionOfType(SimulationException.class)
                .isThrownBy(() -> simulation.runFor(Duration.ofSeconds(1)))
                .withMessageContaining("seed 77")
                .withMessageContaining("nothing is told")
                .withMessageContaining("INIT -> BACKUP");
    }

    @Test
    void unsettledNetworkIsComplainedOf() {
        Simulation simulation = new Simulation(1);
        SimulatedHost a = simulation.network().host("a");
        SimulatedHost client = simulation.network().host("client");
        a.start(router(100).build());
        assertThat(Settled.complaints(simulation.network()))
                .hasSize(1)
                .first()
                .asString()
                .contains("0 masters");

        simulation.network().cut(a, client);
        simulation.runUntil(a::isMaster, Duration.ofSeconds(1));
        simulation.runFor(Duration.ofSeconds(4));
        simulation.network().heal();

        assertThat(Settled.complaints(simulation.network()))
                .containsExactly("client sends packets for 192.0.2.100 to nobody, the master being a");
    }

    @Test
    void conditionIsNotWaitedForForever() {
        Simulation simulation = new Simulation(1);

        assertThatExceptionOfType(SimulationException.class)
                .isThrownBy(() -> simulation.runUntil(() -> false, Duration.ofSeconds(1)))
                .withMessageContaining("has not come within PT1S");
    }

    @Test
    void leaseOutlivesItsProcessByNToNPlusOneSeconds() {
        for (long seed = 0; seed < 50; seed++) {
            Simulation simulation = new Simulation(seed);
            SimulatedHost a = simulation.network().host("a");
            a.start(router(255).build());
            a.crash();

            Duration left = simulation.runUntil(() -> !a.has(VIP), Duration.ofSeconds(3));

            assertThat(left).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        }
    }

    @Test
    void lossyLinkLosesItsShare() {
        Simulation simulation = new Simulation(1);
        SimulatedHost a = simulation.network().host("a");
        SimulatedHost b = simulation.network().host("b");
        b.start(router(100).build());
        simulation.network().host("client");
        a.start(router(255).build());
        simulation.network().conditions(LinkConditions.IDEAL.withLoss(0.25));

        simulation.runFor(Duration.ofSeconds(1000));

        long sent = a.router().statistics().advertisementsSent()
                + b.router().statistics().advertisementsSent();
        assertThat((double) simulation.network().deliveries() / sent)
                .as("of what one host listens for, and the client does not")
                .isBetween(0.73, 0.77);
    }

    @Test
    void conditionsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinkConditions.IDEAL.withLoss(1.1))
                .withMessage("loss must be 0 to 1: loss=1.1");
        assertThatIllegalArgumentException().isThrownBy(() -> LinkConditions.IDEAL.withDelay(Duration.ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new BackendConditions(Duration.ZERO, 2));
    }

    @Test
    void secondNodeOfAHostAndSecondHostOfANameAreRefused() {
        Simulation simulation = new Simulation(1);
        SimulatedHost a = simulation.network().host("a");
        a.start(router(100).build());

        assertThatIllegalStateException().isThrownBy(() -> a.start(router(100).build()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> simulation.network().host("a"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> simulation.network().host("b", "2001:db8::1"));
    }
}
