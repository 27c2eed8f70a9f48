package org.vrrp4j.bfd;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;
import org.vrrp4j.config.BfdTimers;
import org.vrrp4j.model.BfdDiagnostic;
import org.vrrp4j.model.BfdState;

/** Any life of a session, told by bytes: what must always hold. */
class BfdMachineFuzzTest {
    private static final long MILLI = SessionPair.MILLI;

    /** One byte says what happens, the next ones how. */
    private static final class Life {
        private final ByteBuffer data;
        private final BfdMachine machine;
        private long now = Long.MAX_VALUE - 5_000_000_000L;
        private BfdTimers timers;
        private boolean passive;
        private BfdState state = BfdState.ADMIN_DOWN;

        Life(byte[] bytes) {
            data = ByteBuffer.wrap(bytes);
            timers = timers();
            passive = next() % 4 == 0;
            SplittableRandom random = new SplittableRandom(bytes.length);
            machine = new BfdMachine(timers, passive, 9, random::nextDouble);
        }

        private int next() {
            return data.hasRemaining() ? data.get() & 0xff : 0;
        }

        private BfdTimers timers() {
            return new BfdTimers(
                    Duration.ofMillis(1 + next()),
                    Duration.ofMillis(1 + next()),
                    Duration.ofMillis(1000 + next()),
                    1 + next() % 8);
        }

        void run() {
            while (data.hasRemaining()) {
                BfdInput input = input();
                check(input, List.copyOf(machine.step(now, input)));
            }
        }

        private BfdInput input() {
            switch (next() % 8) {
                case 0:
                    return new BfdInput.Started();
                case 1:
                    return next() % 4 == 0 ? new BfdInput.Stopped() : new BfdInput.Started();
                case 2:
                    timers = timers();
                    passive = next() % 4 == 0;
                    return new BfdInput.Configured(timers, passive);
                case 3, 4:
                    now = machine.nextDeadlineNanos().orElse(now + MILLI * next());
                    return new BfdInput.TimePassed();
                default:
                    now += MILLI * next() / 16;
                    return new BfdInput.PacketHeard(packet());
            }
        }

        private ControlPacket packet() {
            int bits = next();
            return new ControlPacket(
                    BfdDiagnostic.NONE,
                    BfdState.values()[bits & 3],
                    (bits & 4) != 0,
                    (bits & 8) != 0,
                    false,
                    (bits & 16) != 0,
                    1 + next() % 4,
                    1 + next() % 3,
                    9,
                    1000L * next(),
                    next() % 3 == 0 ? 0 : 1000L * next(),
                    0);
        }

        private void check(BfdInput input, List<BfdEffect> effects) {
            boolean heard = input instanceof BfdInput.PacketHeard && state != BfdState.ADMIN_DOWN;
            long finals = 0;
            for (BfdEffect effect : effects) {
                if (effect instanceof BfdEffect.Send send) {
                    finals += send.packet().isFinal() ? 1 : 0;
                    checkSent(send.packet());
                } else if (effect instanceof BfdEffect.TellState change) {
                    assertThat(change.from()).isEqualTo(state);
                    assertThat(change.to()).isNotEqualTo(state);
                    assertThat(change.from() == BfdState.DOWN && change.to() == BfdState.UP)
                            .as("Up without Init said by the neighbour")
                            .isEqualTo(change.from() == BfdState.DOWN
                                    && change.to() == BfdState.UP
                                    && heard
                                    && ((BfdInput.PacketHeard) input).packet().state() == BfdState.INIT);
                    state = change.to();
                }
            }
            boolean polled = heard && ((BfdInput.PacketHeard) input).packet().poll();
            assertThat(finals).isEqualTo(polled ? 1 : 0);
            assertThat(machine.state()).isEqualTo(state);
            assertThat(effects.size()).isLessThanOrEqualTo(4);
            checkDeadline();
        }

        private void checkSent(ControlPacket packet) {
            assertThat(packet.poll() && packet.isFinal()).isFalse();
            assertThat(packet.demand()).isFalse();
            assertThat(packet.myDiscriminator()).isEqualTo(9);
            if (packet.state() == BfdState.INIT || packet.state() == BfdState.UP) {
                assertThat(packet.yourDiscriminator()).isNotZero();
            }
            if (packet.state() != BfdState.UP) {
                assertThat(packet.desiredMinTxMicros()).isGreaterThanOrEqualTo(1_000_000);
                assertThat(packet.poll()).isFalse();
            }
        }

        /** A session that is Init or Up is given up some day; one that is done, or waits to be spoken to, is not. */
        private void checkDeadline() {
            if (state == BfdState.ADMIN_DOWN) {
                assertThat(machine.nextDeadlineNanos()).isEmpty();
            } else if (state == BfdState.INIT || state == BfdState.UP) {
                assertThat(machine.neighborDiscriminator()).isNotZero();
                assertThat(machine.nextDeadlineNanos()).isPresent();
                assertThat(machine.detectionNanos())
                        .isGreaterThanOrEqualTo(timers.requiredMinRx().toNanos());
            } else if (!passive && machine.neighborDiscriminator() == 0) {
                assertThat(machine.nextDeadlineNanos()).isPresent();
            }
        }
    }

    static Stream<byte[]> seeds() {
        return Stream.of(
                new byte[] {10, 10, 0, 5, 1, 0, 5, 0, 1, 3, 1, 10, 1, 10, 5, 0, 2, 3, 1, 10, 1, 10, 3, 3, 3, 3},
                new byte[] {10, 10, 0, 5, 0, 0, 7, 1, 17, 3, 1, 10, 1, 10, 2, 50, 50, 0, 3, 1, 3, 1, 0});
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "8s")
    @DisplayName("any life of a session keeps the rules of RFC 5880")
    void anyLife(byte[] data) {
        new Life(data).run();
    }

    @Test
    @DisplayName("so do lives at random, and each state is met in them")
    void randomLives() {
        Random random = new Random(5880);
        int ups = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] data = new byte[20 + random.nextInt(400)];
            random.nextBytes(data);
            Life life = new Life(data);
            life.run();
            ups += life.state == BfdState.UP ? 1 : 0;
        }
        assertThat(ups).isGreaterThan(100);
    }

    @Test
    @DisplayName("whatever two sessions are configured with, and however packets are lost, they come up in the end")
    void pairsComeUp() {
        Random random = new Random(5881);
        for (int i = 0; i < 200; i++) {
            SessionPair pair = new SessionPair(any(random), random.nextBoolean(), any(random), false).start();
            for (int change = 0; change < 10; change++) {
                pair.a.cut = random.nextInt(3) == 0;
                pair.b.cut = random.nextInt(3) == 0;
                if (random.nextInt(4) == 0) {
                    pair.a.feed(new BfdInput.Configured(any(random), random.nextBoolean()));
                }
                pair.run(MILLI * random.nextInt(2000));
            }
            pair.a.cut = false;
            pair.b.cut = false;
            pair.run(10 * SessionPair.SECOND);
            assertThat(pair.a.machine.state()).as("pair %d", i).isEqualTo(BfdState.UP);
            assertThat(pair.b.machine.state()).as("pair %d", i).isEqualTo(BfdState.UP);
            int changes = pair.a.told.size() + pair.b.told.size();
            pair.run(10 * SessionPair.SECOND);
            assertThat(pair.a.told.size() + pair.b.told.size())
                    .as("pair %d flaps", i)
                    .isEqualTo(changes);
        }
    }

    /** A multiplier of 2 at least: with 1 the delay of the wire alone may be too much. */
    private static BfdTimers any(Random random) {
        return new BfdTimers(
                Duration.ofMillis(2 + random.nextInt(300)),
                Duration.ofMillis(2 + random.nextInt(300)),
                BfdTimers.MIN_IDLE,
                2 + random.nextInt(4));
    }
}
