package org.vrrp4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.AddressListCheck;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.model.VrrpVersion;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.ReceivedAdvertisement;
import org.vrrp4j.protocol.Input;
import org.vrrp4j.protocol.RouterMachine;

/** Journals whose beginning is forgotten are played again from the state that they hold instead. */
class WrappedJournalTest {
    private static final int LIMIT = 20;

    /** A machine that is given random inputs, and what it did in each. */
    private static final class Walk {
        private final SplittableRandom random;
        private final VrrpVersion version;
        private final List<RouterConfig> configs = new ArrayList<>();
        private final List<String> states = new ArrayList<>();
        private final RouterMachine machine;
        private final Journal journal;
        private long now;

        Walk(long seed) {
            random = new SplittableRandom(seed);
            version = random.nextBoolean() ? VrrpVersion.V2 : VrrpVersion.V3;
            now = random.nextLong();
            configs.add(config());
            machine = new RouterMachine(configs.get(0));
            journal = new Journal(configs.get(0), LIMIT, machine::state);
            give(new Input.SourceChanged(address(11)));
            give(new Input.Started());
        }

        private RouterConfig config() {
            AddressListCheck[] checks = AddressListCheck.values();
            return RouterConfig.builder("eth0", 51)
                    .version(version)
                    .priority(random.nextInt(8) == 0 ? 255 : 100)
                    .preempt(random.nextBoolean())
                    .preemptDelay(Duration.ofSeconds(random.nextInt(3)))
                    .startupDelay(Duration.ofSeconds(random.nextInt(2)))
                    .stepDownAfterStall(random.nextBoolean())
                    .addressListCheck(checks[random.nextInt(checks.length)])
                    .addresses(addresses().stream()
                            .map(address -> VirtualAddress.parse(address.getHostAddress()))
                            .toList())
                    .build();
        }

        private List<InetAddress> addresses() {
            return random.nextInt(3) == 0 ? List.of(address(100), address(101)) : List.of(address(100));
        }

        private void step() {
            now += random.nextInt(3) == 0 ? random.nextLong(1_000_000_000L) : 0;
            long deadline = machine.nextDeadlineNanos().orElse(now);
            if (random.nextInt(3) > 0) {
                now = deadline - now > 0 ? deadline : now;
                give(new Input.TimePassed());
            }
            Input input = switch (random.nextInt(15)) {
                case 0 -> new Input.FaultRaised(Fault.LINK_DOWN, "eth0 is = down");
                case 1, 2 -> new Input.FaultCleared(Fault.LINK_DOWN);
                case 3, 4 -> new Input.AddressesAcquired();
                case 5 -> new Input.AddressesReleased();
                case 6 -> new Input.AddressesChanged();
                case 7 -> new Input.AddressVanished(address(100));
                case 8 -> new Input.HandedOver();
                case 9 -> random.nextBoolean() ? new Input.SendFailed() : new Input.SendRecovered();
                case 10 -> random.nextInt(4) > 0 ? heard() : new Input.AcquireFailed(Fault.ADDRESS_FAILED, "x");
                case 11 -> {
                    configs.add(config());
                    yield new Input.Reconfigured(configs.get(configs.size() - 1));
                }
                case 12 -> new Input.OtherHolderHeard(address(100), new MacAddress(random.nextInt(3)));
                default -> heard();
            };
            give(input);
        }

        private Input heard() {
            int[] priorities = {0, 50, 100, 150, 255};
            Advertisement advertisement = new Advertisement(
                    version,
                    51,
                    priorities[random.nextInt(priorities.length)],
                    Duration.ofSeconds(version == VrrpVersion.V2 ? 1 : 1 + random.nextInt(2)),
                    addresses(),
                    Authentication.NONE);
            return new Input.AdvertisementHeard(new ReceivedAdvertisement(
                    advertisement, address(10 + random.nextInt(3)), ChecksumForm.MESSAGE_ONLY));
        }

        private void give(Input input) {
            machine.step(now, input);
            journal.add(now, input, machine.role(), machine.cause());
            states.add(state(machine));
        }
    }

    private static String state(RouterMachine machine) {
        return machine.role() + " " + machine.cause() + " " + machine.addressesHeld() + " " + machine.isAtRest() + " "
                + machine.isLeaving() + " " + machine.master() + " " + machine.faults() + " " + machine.hasHeardPeer();
    }

    private static InetAddress address(int last) {
        return IpAddresses.parse("192.0.2." + last).orElseThrow();
    }

    @Test
    void playedAgainItDoesTheSame() {
        int changes = 0;
        for (long seed = 0; seed < 400; seed++) {
            Walk walk = new Walk(seed);
            int steps = 30 + walk.random.nextInt(100);
            for (int i = 0; i < steps; i++) {
                walk.step();
            }
            String text = walk.journal.dump(walk.now, Instant.EPOCH);
            JournalReader.Recording recording = JournalReader.read(text, walk.configs);
            assertThat(recording.fromStart()).isFalse();
            assertThat(recording.lines()).hasSizeBetween(LIMIT, 2 * LIMIT);
            RouterMachine again = recording.machine().get();
            int first = walk.states.size() - recording.lines().size();
            assertThat(state(again)).as("seed %d", seed).isEqualTo(walk.states.get(first - 1));
            for (int i = 0; i < recording.lines().size(); i++) {
                JournalReader.Line line = recording.lines().get(i);
                again.step(line.nanos(), line.input());
                assertThat(state(again)).as("seed %d line %d", seed, i).isEqualTo(walk.states.get(first + i));
                String role = again.role() + "/" + again.cause();
                assertThat(line.state()).as("seed %d line %d", seed, i).isIn("-", role);
                changes += line.state().equals("-") ? 0 : 1;
            }
        }
        assertThat(changes).as("changes that were played again").isGreaterThan(1000);
    }

    @Test
    void withoutItsStateItIsRefused() {
        Walk walk = new Walk(1);
        for (int i = 0; i < 100; i++) {
            walk.step();
        }
        String text = walk.journal.dump(walk.now, Instant.EPOCH).replaceFirst("\nstate at=.*", "");
        assertThatThrownBy(() -> JournalReader.read(text, walk.configs))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("inputs of the journal are forgotten, and it has no line with the state");
    }
}
