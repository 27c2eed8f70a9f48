package org.vrrp4j.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.vrrp4j.sim.TestRouters.VIP;
import static org.vrrp4j.sim.TestRouters.router;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.VrrpVersion;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.PacketRejection;
import org.vrrp4j.spi.ChannelAddress;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.PacketReceiver;

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
    void packetsThatAreHeldBackArriveAfterLaterOnes() throws IOException {
        Simulation simulation = new Simulation(1);
        SimulatedHost a = simulation.network().host("a");
        SimulatedHost b = simulation.network().host("b");
        List<Integer> heard = new ArrayList<>();
        EventLoop loop = b.transport().newEventLoop("loop");
        b.transport().open(loop).open(new ChannelAddress("eth0", 2, b.address()), receiver(heard));
        simulation.network().conditions(LinkConditions.IDEAL.withReorder(0.2, Duration.ofMillis(25)));

        for (int i = 1; i <= 200; i++) {
            Duration interval = Duration.ofMillis(10);
            simulation
                    .network()
                    .forge(a, new Advertisement(VrrpVersion.V3, 51, i, interval, List.of(VIP), Authentication.NONE));
            simulation.runFor(interval);
        }
        simulation.runFor(Duration.ofMillis(30));

        assertThat(heard).hasSize(200).doesNotHaveDuplicates();
        List<Integer> late = new ArrayList<>();
        for (int i = 0; i < heard.size(); i++) {
            int place = heard.get(i) - 1;
            if (i > place) {
                late.add(i - place);
            }
        }
        assertThat(late).as("overtaken by one or two").hasSizeBetween(25, 55).allMatch(places -> places <= 2);
    }

    private static PacketReceiver receiver(List<Integer> priorities) {
        return new PacketReceiver() {
            @Override
            public void onMessage(InetAddress source, InetAddress destination, int hopLimit, ByteBuffer message) {
                priorities.add(message.get(2) & 0xff);
            }

            @Override
            public void onDamaged(PacketRejection rejection) {
                throw new AssertionError(rejection);
            }
        };
    }

    @Test
    void conditionsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinkConditions.IDEAL.withLoss(1.1))
                .withMessage("loss must be 0 to 1: loss=1.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinkConditions.IDEAL.withReorder(-1, Duration.ZERO))
                .withMessage("reorder must be 0 to 1: reorder=-1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinkConditions.IDEAL.withReorder(1, Duration.ofMillis(-1)));
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
