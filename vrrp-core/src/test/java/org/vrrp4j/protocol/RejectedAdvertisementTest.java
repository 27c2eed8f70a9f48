package org.vrrp4j.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vrrp4j.config.RouterConfigBuilder;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.Priority;
import org.vrrp4j.model.RejectionReason;
import org.vrrp4j.model.VrrpVersion;
import org.vrrp4j.packet.Advertisement;

/** Two equal routers, one of which hears packets that must be rejected: nothing else may tell them apart. */
class RejectedAdvertisementTest {
    private static final Authentication SECRET = Authentication.simplePassword("secret");

    private static RouterConfigBuilder v3() {
        return Rig.fast();
    }

    private static RouterConfigBuilder v2() {
        return Rig.fast().version(VrrpVersion.V2).advertisementInterval(Duration.ofSeconds(1));
    }

    private static RouterConfigBuilder v2WithPassword() {
        return v2().authentication(SECRET);
    }

    private record Bad(
            RejectionReason reason, Supplier<RouterConfigBuilder> config, String source, Advertisement advertisement) {

        static Bad from(
                RejectionReason reason,
                Supplier<RouterConfigBuilder> config,
                String source,
                RouterConfigBuilder sender,
                int priority) {
            return new Bad(reason, config, source, new Rig(sender).advertisement(priority));
        }
    }

    static Stream<Arguments> rejected() {
        List<Arguments> result = new ArrayList<>();
        for (int priority : new int[] {0, 1, 100, 255}) {
            List<Bad> bads = List.of(
                    Bad.from(RejectionReason.OWN_ADDRESS, () -> v3(), Rig.SOURCE, v3(), priority),
                    Bad.from(RejectionReason.OWN_ADDRESS, () -> v2(), Rig.SOURCE, v2(), priority),
                    Bad.from(RejectionReason.VERSION_MISMATCH, () -> v3(), Rig.GREATER, v2(), priority),
                    Bad.from(RejectionReason.VERSION_MISMATCH, () -> v2(), Rig.GREATER, v3(), priority),
                    Bad.from(RejectionReason.AUTHENTICATION_TYPE, () -> v2(), Rig.GREATER, v2WithPassword(), priority),
                    Bad.from(RejectionReason.AUTHENTICATION_TYPE, () -> v2WithPassword(), Rig.GREATER, v2(), priority),
                    Bad.from(
                            RejectionReason.AUTHENTICATION_FAILED,
                            () -> v2WithPassword(),
                            Rig.GREATER,
                            v2().authentication(Authentication.simplePassword("secre")),
                            priority),
                    Bad.from(
                            RejectionReason.INTERVAL_MISMATCH,
                            () -> v2(),
                            Rig.GREATER,
                            v2().advertisementInterval(Duration.ofSeconds(2)),
                            priority));
            List<Bad> all = new ArrayList<>(bads);
            if (priority != Priority.OWNER) {
                all.add(Bad.from(
                        RejectionReason.ADDRESS_LIST,
                        () -> v2(),
                        Rig.GREATER,
                        v2().address(VirtualAddress.parse("192.0.2.101")),
                        priority));
            }
            for (Bad bad : all) {
                String sender = bad.reason() + " " + bad.advertisement().version() + " priority " + priority;
                result.add(arguments(Named.of(sender + " to backup", bad), false));
                result.add(arguments(Named.of(sender + " to master", bad), true));
            }
        }
        return result.stream();
    }

    @ParameterizedTest
    @MethodSource("rejected")
    @DisplayName("R9568-7.1-1 R9568-7.1-9 R3768-7.1-1 R3768-7.1-2 R3768-7.1-3 R3768-5.3.6-1 R2338-5.3.6-1 R2338-7.1-1"
            + " OPEN-1 a rejected advertisement changes neither the role nor a timer nor anything")
    void rejectedAdvertisementChangesNothing(Bad bad, boolean master) {
        Rig disturbed = rig(bad, master);
        Rig calm = rig(bad, master);
        Duration pause = Duration.ofMillis(37);
        for (int i = 0; i < 300; i++) {
            assertThat(disturbed.hear(bad.source(), bad.advertisement())).containsExactly("REJECT " + bad.reason());
            assertSame(disturbed, calm);
            assertThat(disturbed.pass(pause)).isEqualTo(calm.pass(pause));
            if (i % 50 == 49) {
                String peer = i % 100 == 49 ? Rig.GREATER : Rig.LESS;
                assertThat(disturbed.hear(peer, 99)).isEqualTo(calm.hear(peer, 99));
                disturbed.acquired();
                calm.acquired();
            }
            assertSame(disturbed, calm);
        }
        assertThat(disturbed.step(new Input.Stopped())).isEqualTo(calm.step(new Input.Stopped()));
        assertThat(disturbed.released()).isEqualTo(calm.released());
    }

    private static Rig rig(Bad bad, boolean master) {
        RouterConfigBuilder config = bad.config().get();
        return master ? Rig.master(config) : Rig.backup(config);
    }

    private static void assertSame(Rig disturbed, Rig calm) {
        assertThat(disturbed.machine.nextDeadlineNanos()).isEqualTo(calm.machine.nextDeadlineNanos());
        assertThat(disturbed.machine.role()).isEqualTo(calm.machine.role());
        assertThat(disturbed.machine.cause()).isEqualTo(calm.machine.cause());
        assertThat(disturbed.machine.master()).isEqualTo(calm.machine.master());
        assertThat(disturbed.machine.masterPriority()).isEqualTo(calm.machine.masterPriority());
        assertThat(disturbed.machine.addressesHeld()).isEqualTo(calm.machine.addressesHeld());
        assertThat(disturbed.machine.isAtRest()).isEqualTo(calm.machine.isAtRest());
    }

    @Test
    @DisplayName("R3768-5.3.6-1 with the right password a packet is good")
    void rightPasswordIsGood() {
        Rig rig = Rig.backup(v2WithPassword());
        assertThat(rig.hear(Rig.GREATER, 150)).isEmpty();
        assertThat(rig.machine.masterPriority()).isEqualTo(150);
    }

    @Test
    @DisplayName("outside the election nothing is heard, and nothing is counted")
    void nothingIsHeardOutsideTheElection() {
        Rig rig = new Rig(v3());
        rig.source(Rig.SOURCE);
        assertThat(rig.hear(Rig.SOURCE, 100)).isEmpty();
        rig.step(new Input.Started());
        rig.fault(Fault.LINK_DOWN);
        assertThat(rig.hear(Rig.SOURCE, 100)).isEmpty();
        assertThat(rig.hear(Rig.GREATER, 0)).isEmpty();
        assertThat(rig.machine.nextDeadlineNanos()).isEmpty();
    }
}
