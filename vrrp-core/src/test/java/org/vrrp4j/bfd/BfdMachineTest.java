package org.vrrp4j.bfd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vrrp4j.bfd.SessionPair.MILLI;
import static org.vrrp4j.bfd.SessionPair.SECOND;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.BfdTimers;
import org.vrrp4j.model.BfdDiagnostic;
import org.vrrp4j.model.BfdState;

class BfdMachineTest {
    private static final BfdTimers FAST = BfdTimers.DEFAULT;

    private static BfdTimers timers(long txMillis, long rxMillis, int multiplier) {
        return new BfdTimers(Duration.ofMillis(txMillis), Duration.ofMillis(rxMillis), BfdTimers.MIN_IDLE, multiplier);
    }

    private static SessionPair up(BfdTimers timers) {
        SessionPair pair = SessionPair.of(timers).start();
        pair.run(3 * SECOND);
        assertThat(pair.a.machine.state()).isEqualTo(BfdState.UP);
        assertThat(pair.b.machine.state()).isEqualTo(BfdState.UP);
        return pair;
    }

    private static List<BfdState> states(SessionPair.Side side) {
        return side.told.stream().map(told -> told.change().to()).toList();
    }

    @Test
    @DisplayName("RFC 5880, 6.2: Down, Init, Up, within three trips of a packet, since news is not kept for later")
    void comesUpAtOnce() {
        SessionPair pair = SessionPair.of(FAST).start();
        pair.run(3 * pair.delayNanos);
        assertThat(states(pair.a)).startsWith(BfdState.DOWN).endsWith(BfdState.UP);
        assertThat(states(pair.b)).startsWith(BfdState.DOWN).endsWith(BfdState.UP);
        assertThat(pair.a.machine.neighborDiscriminator()).isEqualTo(0xb2);
        assertThat(pair.b.machine.neighborDiscriminator()).isEqualTo(0xa1);
        assertThat(pair.a.machine.neighborState()).isEqualTo(BfdState.UP);
    }

    @Test
    @DisplayName("RFC 5880, 6.8.4: it is down when nothing has come for the neighbour's multiplier times the interval")
    void detectionTime() {
        SessionPair pair = new SessionPair(timers(10, 40, 9), false, timers(30, 20, 4), false).start();
        pair.run(3 * SECOND);
        assertThat(pair.a.machine.detectionNanos()).isEqualTo(4 * 40 * MILLI);
        assertThat(pair.b.machine.detectionNanos()).isEqualTo(9 * 20 * MILLI);
        assertThat(pair.a.machine.transmitIntervalNanos()).isEqualTo(20 * MILLI);
        assertThat(pair.b.machine.transmitIntervalNanos()).isEqualTo(40 * MILLI);
        pair.a.cut = true;
        pair.b.cut = true;
        pair.run(SECOND);
        assertThat(pair.a.lastTold().time()).isEqualTo(pair.a.lastHeard + 160 * MILLI);
        assertThat(pair.b.lastTold().time()).isEqualTo(pair.b.lastHeard + 180 * MILLI);
        assertThat(pair.a.lastTold().change())
                .isEqualTo(new BfdEffect.TellState(BfdState.UP, BfdState.DOWN, BfdDiagnostic.DETECTION_TIME_EXPIRED));
        assertThat(pair.a.machine.neighborDiscriminator()).isZero();
        assertThat(pair.a.machine.detectionNanos()).isZero();
        pair.a.cut = false;
        pair.b.cut = false;
        pair.run(1100 * MILLI);
        assertThat(pair.a.machine.state()).isEqualTo(BfdState.UP);
        assertThat(pair.b.machine.state()).isEqualTo(BfdState.UP);
    }

    @Test
    @DisplayName("RFC 5880, 6.8.3: while not up packets are a second apart, less a quarter at most, and say so")
    void slowWhileNotUp() {
        SessionPair pair = SessionPair.of(FAST);
        pair.a.feed(new BfdInput.Started());
        pair.run(60 * SECOND);
        assertThat(pair.a.sent).hasSizeBetween(60, 81);
        for (int i = 1; i < pair.a.sent.size(); i++) {
            long gap = pair.a.sent.get(i).time() - pair.a.sent.get(i - 1).time();
            assertThat(gap).isBetween(750 * MILLI, SECOND);
        }
        assertThat(pair.a.sent).allSatisfy(sent -> {
            assertThat(sent.packet().desiredMinTxMicros()).isEqualTo(1_000_000);
            assertThat(sent.packet().yourDiscriminator()).isZero();
            assertThat(sent.packet().poll()).isFalse();
        });
    }

    @Test
    @DisplayName("RFC 5880, 6.8.7: packets come a quarter earlier at most; with a multiplier of 1 a tenth at least")
    void jitter() {
        for (int multiplier : new int[] {1, 3}) {
            SessionPair pair = up(timers(100, 100, multiplier));
            long from = pair.now;
            pair.run(20 * SECOND);
            List<SessionPair.Sent> sent = pair.a.sentFrom(from);
            assertThat(sent.size()).isGreaterThan(190);
            long most = multiplier == 1 ? 90 * MILLI : 100 * MILLI;
            long least = Long.MAX_VALUE;
            long greatest = 0;
            for (int i = 1; i < sent.size(); i++) {
                long gap = sent.get(i).time() - sent.get(i - 1).time();
                assertThat(gap).isBetween(75 * MILLI, most);
                least = Math.min(least, gap);
                greatest = Math.max(greatest, gap);
            }
            assertThat(greatest - least).isGreaterThan(10 * MILLI);
            assertThat(pair.a.machine.state()).isEqualTo(BfdState.UP);
        }
    }

    @Test
    @DisplayName("RFC 5880, 6.1: a passive side waits to be spoken to, and falls silent again; two do so for ever")
    void passive() {
        SessionPair pair = new SessionPair(FAST, true, FAST, false);
        pair.a.feed(new BfdInput.Started());
        pair.run(10 * SECOND);
        assertThat(pair.a.sent).isEmpty();
        assertThat(pair.a.machine.nextDeadlineNanos()).isEmpty();
        pair.b.feed(new BfdInput.Started());
        pair.run(SECOND);
        assertThat(pair.a.machine.state()).isEqualTo(BfdState.UP);
        pair.b.cut = true;
        pair.run(SECOND);
        assertThat(pair.a.machine.state()).isEqualTo(BfdState.DOWN);
        long silent = pair.now;
        pair.run(10 * SECOND);
        assertThat(pair.a.sentFrom(silent)).isEmpty();

        SessionPair both = new SessionPair(FAST, true, FAST, true).start();
        both.run(10 * SECOND);
        assertThat(both.a.sent).isEmpty();
        assertThat(both.b.sent).isEmpty();
    }

    @Test
    @DisplayName("where only one direction is cut, the deaf side says so and the other one is down at once")
    void oneDirection() {
        SessionPair pair = up(FAST);
        pair.b.cut = true;
        pair.run(SECOND / 2);
        assertThat(pair.a.lastTold().change().diagnostic()).isEqualTo(BfdDiagnostic.DETECTION_TIME_EXPIRED);
        SessionPair.Told down = pair.b.lastTold();
        assertThat(down.change())
                .isEqualTo(new BfdEffect.TellState(BfdState.UP, BfdState.DOWN, BfdDiagnostic.NEIGHBOR_SIGNALED_DOWN));
        assertThat(down.time()).isEqualTo(pair.a.lastTold().time() + pair.delayNanos);
    }

    @Test
    @DisplayName("RFC 5880, 6.8.16: a side that ends says AdminDown; the other is down, and up when it begins again")
    void adminDown() {
        SessionPair pair = up(FAST);
        pair.a.feed(new BfdInput.Stopped());
        SessionPair.Sent last = pair.a.sent.get(pair.a.sent.size() - 1);
        assertThat(last.packet().state()).isEqualTo(BfdState.ADMIN_DOWN);
        assertThat(last.packet().diagnostic()).isEqualTo(BfdDiagnostic.ADMINISTRATIVELY_DOWN);
        long stopped = pair.now + 1;
        pair.run(10 * SECOND);
        assertThat(pair.a.sentFrom(stopped)).isEmpty();
        assertThat(pair.a.machine.state()).isEqualTo(BfdState.ADMIN_DOWN);
        assertThat(pair.b.lastTold().change())
                .isEqualTo(new BfdEffect.TellState(BfdState.UP, BfdState.DOWN, BfdDiagnostic.NEIGHBOR_SIGNALED_DOWN));
        pair.a.feed(new BfdInput.Started());
        pair.run(pair.delayNanos * 4);
        assertThat(pair.b.machine.state()).isEqualTo(BfdState.UP);
    }

    @Test
    @DisplayName(
            "RFC 5880, 6.5: when up each side polls for its shorter interval, and is answered with F, never P and F")
    void pollsWhenUp() {
        SessionPair pair = up(FAST);
        for (SessionPair.Side side : List.of(pair.a, pair.b)) {
            assertThat(side.sent).anyMatch(sent -> sent.packet().poll());
            assertThat(side.sent).anyMatch(sent -> sent.packet().isFinal());
            assertThat(side.sent)
                    .noneMatch(sent -> sent.packet().poll() && sent.packet().isFinal());
        }
        long settled = pair.now;
        pair.run(SECOND);
        assertThat(pair.a.sentFrom(settled))
                .hasSizeBetween(95, 135)
                .noneMatch(sent -> sent.packet().poll() || sent.packet().isFinal());
    }

    @Test
    @DisplayName("RFC 5880, 6.8.3: a longer interval is told first and used when the neighbour has answered")
    void longerIntervalWaitsForTheAnswer() {
        SessionPair pair = up(timers(50, 50, 10));
        pair.a.cut = true;
        pair.a.feed(new BfdInput.Configured(timers(400, 50, 10), false));
        assertThat(pair.a.machine.transmitIntervalNanos()).isEqualTo(50 * MILLI);
        SessionPair.Sent poll = pair.a.sent.get(pair.a.sent.size() - 1);
        assertThat(poll.packet().poll()).isTrue();
        assertThat(poll.packet().desiredMinTxMicros()).isEqualTo(400_000);
        pair.run(100 * MILLI);
        assertThat(pair.a.machine.transmitIntervalNanos()).isEqualTo(50 * MILLI);
        pair.a.cut = false;
        pair.run(100 * MILLI);
        assertThat(pair.a.machine.transmitIntervalNanos()).isEqualTo(400 * MILLI);
        assertThat(pair.b.machine.detectionNanos()).isEqualTo(10 * 400 * MILLI);
        pair.run(10 * SECOND);
        assertThat(states(pair.a)).doesNotContainSubsequence(BfdState.UP, BfdState.DOWN);
        assertThat(states(pair.b)).doesNotContainSubsequence(BfdState.UP, BfdState.DOWN);
    }

    @Test
    @DisplayName("RFC 5880, 6.8.3: a shorter interval that we ask for counts when the neighbour has answered")
    void shorterDetectionWaitsForTheAnswer() {
        SessionPair pair = up(timers(50, 200, 3));
        assertThat(pair.a.machine.detectionNanos()).isEqualTo(600 * MILLI);
        pair.a.feed(new BfdInput.Configured(timers(50, 50, 3), false));
        assertThat(pair.a.machine.detectionNanos()).isEqualTo(600 * MILLI);
        pair.run(2 * pair.delayNanos);
        assertThat(pair.a.machine.detectionNanos()).isEqualTo(150 * MILLI);
        pair.run(10 * SECOND);
        assertThat(states(pair.a)).doesNotContainSubsequence(BfdState.UP, BfdState.DOWN);
    }

    @Test
    @DisplayName("a change during a poll is polled for too, since the answer may be to what was said before")
    void changeDuringPoll() {
        SessionPair pair = up(timers(50, 50, 3));
        pair.a.feed(new BfdInput.Configured(timers(200, 50, 3), false));
        pair.a.cut = true;
        pair.a.feed(new BfdInput.Configured(timers(300, 50, 3), false));
        pair.a.cut = false;
        pair.run(2 * pair.delayNanos);
        assertThat(pair.a.machine.transmitIntervalNanos()).isEqualTo(50 * MILLI);
        pair.run(2 * pair.delayNanos);
        assertThat(pair.a.machine.transmitIntervalNanos()).isEqualTo(300 * MILLI);
    }

    @Test
    @DisplayName("a change of the same values, or before the start, says nothing")
    void changeOfNothing() {
        SessionPair pair = up(FAST);
        int before = pair.a.sent.size();
        pair.a.feed(new BfdInput.Configured(FAST, false));
        assertThat(pair.a.sent).hasSize(before);
        BfdMachine idle = new BfdMachine(FAST, false, 1, () -> 0);
        assertThat(idle.step(0, new BfdInput.Configured(timers(20, 20, 2), false)))
                .isEmpty();
        assertThat(idle.step(0, new BfdInput.TimePassed())).isEmpty();
        assertThat(idle.step(0, new BfdInput.Stopped())).isEmpty();
        assertThat(idle.nextDeadlineNanos()).isEmpty();
    }

    private static ControlPacket from(BfdState state, boolean poll, boolean demand, long requiredMinRxMicros) {
        return new ControlPacket(
                BfdDiagnostic.NONE, state, poll, false, false, demand, 3, 77, 5, 10_000, requiredMinRxMicros, 0);
    }

    /** Alone, and up by packets that are made by hand. */
    private static BfdMachine alone(long now) {
        BfdMachine machine = new BfdMachine(FAST, false, 5, () -> 0.5);
        machine.step(now, new BfdInput.Started());
        machine.step(now, new BfdInput.PacketHeard(from(BfdState.INIT, false, false, 10_000)));
        assertThat(machine.state()).isEqualTo(BfdState.UP);
        ControlPacket answer = new ControlPacket(
                BfdDiagnostic.NONE, BfdState.UP, false, true, false, false, 3, 77, 5, 10_000, 10_000, 0);
        machine.step(now, new BfdInput.PacketHeard(answer));
        return machine;
    }

    @Test
    @DisplayName(
            "RFC 5880, 6.6: a neighbour in demand mode gets no periodic packets, but answers, and is still watched")
    void demandModeOfTheNeighbor() {
        BfdMachine machine = alone(0);
        machine.step(0, new BfdInput.PacketHeard(from(BfdState.UP, false, true, 10_000)));
        assertThat(machine.transmitIntervalNanos()).isZero();
        assertThat(machine.nextDeadlineNanos()).hasValue(30 * MILLI);
        assertThat(machine.step(MILLI, new BfdInput.PacketHeard(from(BfdState.UP, true, true, 10_000))))
                .singleElement()
                .satisfies(effect -> {
                    ControlPacket packet = ((BfdEffect.Send) effect).packet();
                    assertThat(packet.isFinal()).isTrue();
                    assertThat(packet.demand()).isFalse();
                });
        assertThat(machine.step(31 * MILLI, new BfdInput.TimePassed()))
                .last()
                .isEqualTo(new BfdEffect.TellState(BfdState.UP, BfdState.DOWN, BfdDiagnostic.DETECTION_TIME_EXPIRED));
    }

    @Test
    @DisplayName("RFC 5880, 6.8.7: a neighbour that takes no periodic packets gets answers only")
    void neighborThatTakesNone() {
        BfdMachine machine = alone(0);
        machine.step(0, new BfdInput.PacketHeard(from(BfdState.UP, false, false, 0)));
        assertThat(machine.transmitIntervalNanos()).isZero();
        assertThat(machine.step(MILLI, new BfdInput.PacketHeard(from(BfdState.UP, true, false, 0))))
                .hasSize(1);
        machine.step(2 * MILLI, new BfdInput.PacketHeard(from(BfdState.UP, false, false, 20_000)));
        assertThat(machine.transmitIntervalNanos()).isEqualTo(20 * MILLI);
    }

    @Test
    @DisplayName("the neighbour is told before those who follow the session")
    void neighborFirst() {
        BfdMachine machine = alone(0);
        assertThat(machine.step(0, new BfdInput.PacketHeard(from(BfdState.DOWN, true, false, 10_000))))
                .hasSize(2)
                .last()
                .isInstanceOf(BfdEffect.TellState.class);
    }

    @Test
    @DisplayName("a neighbour that was started anew, with another discriminator, is taken for the new one")
    void neighborStartedAnew() {
        BfdMachine machine = alone(0);
        ControlPacket anew = new ControlPacket(
                BfdDiagnostic.NONE, BfdState.DOWN, false, false, false, false, 3, 78, 0, 1_000_000, 10_000, 0);
        machine.step(MILLI, new BfdInput.PacketHeard(anew));
        assertThat(machine.state()).isEqualTo(BfdState.DOWN);
        machine.step(MILLI, new BfdInput.PacketHeard(anew));
        assertThat(machine.state()).isEqualTo(BfdState.INIT);
        assertThat(machine.neighborDiscriminator()).isEqualTo(78);
        assertThat(machine.detectionNanos()).isEqualTo(3 * SECOND);
    }

    @Test
    void noDiscriminatorIsRefused() {
        assertThatThrownBy(() -> new BfdMachine(FAST, false, 0, () -> 0)).hasMessageContaining("discriminator=0");
    }
}
