package org.vrrp4j.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.BfdTracker;
import org.vrrp4j.config.Command;
import org.vrrp4j.config.FileTracker;
import org.vrrp4j.config.InterfaceTracker;
import org.vrrp4j.config.ProcessTracker;
import org.vrrp4j.config.ScriptTracker;
import org.vrrp4j.config.Tracker;
import org.vrrp4j.model.TrackerState;

class TrackerMachineTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final TrackerEffect RUN = new TrackerEffect.RunProbe();
    private static final TrackerEffect CANCEL = new TrackerEffect.CancelProbe();

    /** The clock overflows during the tests, as System.nanoTime() may. */
    private long now = Long.MAX_VALUE - SECOND / 2;

    private TrackerMachine machine;

    private static ScriptTracker script(int timeoutMillis, int rise, int fall, boolean initiallyDown) {
        return new ScriptTracker(
                "web",
                new Command(List.of("/bin/check"), Optional.empty()),
                Duration.ofSeconds(1),
                Duration.ofMillis(timeoutMillis),
                rise,
                fall,
                initiallyDown);
    }

    private static ProcessTracker processes(int least, int most) {
        return new ProcessTracker(
                "web",
                "nginx",
                List.of(),
                ProcessTracker.ParameterMatch.NONE,
                false,
                least,
                most,
                Duration.ofMillis(200),
                Duration.ofMillis(500));
    }

    private List<TrackerEffect> start(Tracker tracker) {
        machine = new TrackerMachine(tracker);
        return step(new TrackerInput.Started());
    }

    private List<TrackerEffect> step(TrackerInput input) {
        return List.copyOf(machine.step(now, input));
    }

    private List<TrackerEffect> toDeadline() {
        now = machine.nextDeadlineNanos().orElseThrow();
        return step(new TrackerInput.TimePassed());
    }

    private List<TrackerEffect> ended(boolean passed) {
        return step(new TrackerInput.ProbeEnded(passed, passed ? "" : "exit status 1"));
    }

    private List<TrackerEffect> run(boolean passed) {
        assertThat(toDeadline()).containsExactly(RUN);
        return ended(passed);
    }

    private static TrackerEffect told(TrackerState state, int number, String detail) {
        return new TrackerEffect.TellReading(new Reading(state, number, detail));
    }

    @Test
    void theFirstRunDecidesAtOnce() {
        assertThat(start(script(1000, 3, 3, false))).containsExactly(RUN);
        assertThat(machine.reading().isKnown()).isFalse();
        assertThat(ended(false)).containsExactly(told(TrackerState.DOWN, 0, "exit status 1"));

        start(script(1000, 3, 3, false));
        assertThat(ended(true)).containsExactly(told(TrackerState.UP, 0, ""));
    }

    @Test
    void initiallyDownItIsDownBeforeTheFirstRunAndThatDecides() {
        assertThat(start(script(1000, 3, 3, true)))
                .containsExactly(told(TrackerState.DOWN, 0, "it has not run yet"), RUN);
        assertThat(ended(true)).containsExactly(told(TrackerState.UP, 0, ""));
    }

    @Test
    void goesDownAfterFallFailuresAndUpAfterRiseSuccessesInARow() {
        start(script(1000, 2, 3, false));
        ended(true);
        assertThat(run(false)).isEmpty();
        assertThat(run(false)).isEmpty();
        assertThat(run(true)).isEmpty();
        assertThat(run(false)).isEmpty();
        assertThat(run(false)).isEmpty();
        assertThat(run(false)).containsExactly(told(TrackerState.DOWN, 0, "exit status 1"));
        assertThat(run(true)).isEmpty();
        assertThat(run(false)).isEmpty();
        assertThat(run(true)).isEmpty();
        assertThat(run(true)).containsExactly(told(TrackerState.UP, 0, ""));
    }

    @Test
    void runsBeginAtTheDistanceOfTheInterval() {
        start(script(1000, 1, 1, false));
        long begun = now;
        now += SECOND / 3;
        ended(true);
        assertThat(toDeadline()).containsExactly(RUN);
        assertThat(now - begun).isEqualTo(SECOND);
        now += 5 * SECOND;
        ended(true);
        assertThat(step(new TrackerInput.TimePassed())).containsExactly(RUN);
        ended(true);
        assertThat(machine.nextDeadlineNanos().orElseThrow() - now)
                .as("what was missed in a stall is not made up for")
                .isEqualTo(SECOND);
    }

    @Test
    void aRunThatHangsFailsAtItsTimeoutAndTheNextWaitsUntilItHasEnded() {
        start(script(300, 1, 1, false));
        long begun = now;
        assertThat(toDeadline()).containsExactly(CANCEL, told(TrackerState.DOWN, 0, "no answer within 300 ms"));
        assertThat(now - begun).isEqualTo(300_000_000L);
        assertThat(toDeadline()).as("still there").isEmpty();
        assertThat(toDeadline()).as("still there").isEmpty();
        assertThat(ended(true)).as("too late").isEmpty();
        assertThat(machine.reading().state()).isEqualTo(TrackerState.DOWN);
        assertThat(run(true)).containsExactly(told(TrackerState.UP, 0, ""));
    }

    @Test
    void tooEarlyACallChangesNothing() {
        start(script(300, 1, 1, false));
        now += 299_999_999L;
        assertThat(step(new TrackerInput.TimePassed())).isEmpty();
    }

    @Test
    void stoppedItCancelsTheRunAndAsksNoMore() {
        start(script(1000, 1, 1, false));
        assertThat(step(new TrackerInput.Stopped())).containsExactly(CANCEL);
        assertThat(ended(false)).isEmpty();
        assertThat(machine.nextDeadlineNanos()).isEmpty();
        now += 5 * SECOND;
        assertThat(step(new TrackerInput.TimePassed())).isEmpty();
    }

    @Test
    void aChangeOfProcessesCountsOnceItHasLasted() {
        start(processes(2, 3));
        assertThat(step(new TrackerInput.NumberRead(2))).containsExactly(told(TrackerState.UP, 2, "2 of nginx"));
        assertThat(step(new TrackerInput.NumberRead(1))).isEmpty();
        now += 100_000_000L;
        assertThat(step(new TrackerInput.NumberRead(3))).containsExactly(told(TrackerState.UP, 3, "3 of nginx"));
        assertThat(machine.nextDeadlineNanos()).isEmpty();
        step(new TrackerInput.NumberRead(1));
        now += 100_000_000L;
        assertThat(step(new TrackerInput.NumberRead(0))).as("the delay goes on").isEmpty();
        long before = now;
        assertThat(toDeadline()).containsExactly(told(TrackerState.DOWN, 0, "0 of nginx, at least 2 must run"));
        assertThat(now - before).isEqualTo(100_000_000L);
        step(new TrackerInput.NumberRead(2));
        before = now;
        assertThat(toDeadline()).containsExactly(told(TrackerState.UP, 2, "2 of nginx"));
        assertThat(now - before).isEqualTo(500_000_000L);
    }

    @Test
    void tooManyProcessesAreAsBadAsTooFew() {
        start(processes(1, 2));
        assertThat(step(new TrackerInput.NumberRead(3)))
                .containsExactly(told(TrackerState.DOWN, 3, "3 of nginx, at most 2 may run"));
    }

    @Test
    void filesAndInterfacesAreAsTheyAreRead() {
        start(new FileTracker("switch", "/run/switch", OptionalInt.empty(), false));
        assertThat(step(new TrackerInput.NumberRead(0))).containsExactly(told(TrackerState.UP, 0, "it says 0"));
        assertThat(step(new TrackerInput.NumberRead(0))).isEmpty();
        assertThat(step(new TrackerInput.NumberRead(-3))).containsExactly(told(TrackerState.DOWN, -3, "it says -3"));

        start(new InterfaceTracker("eth1"));
        assertThat(step(new TrackerInput.LinkRead(false))).containsExactly(told(TrackerState.DOWN, 0, ""));
        assertThat(step(new TrackerInput.LinkRead(true))).containsExactly(told(TrackerState.UP, 0, ""));
    }

    @Test
    void sessionHasThreeIdleIntervalsToComeUpAndIsDownThen() {
        assertThat(start(BfdTracker.to("192.0.2.7"))).isEmpty();
        assertThat(step(new TrackerInput.SessionRead(false, "not yet"))).isEmpty();
        assertThat(machine.nextDeadlineNanos()).hasValue(now + 3 * SECOND);
        assertThat(toDeadline())
                .containsExactly(new TrackerEffect.TellReading(new Reading(TrackerState.DOWN, 0, "not yet")));
        assertThat(machine.nextDeadlineNanos()).isEmpty();
    }

    @Test
    void sessionIsUpAndDownAsItIsToldFromThenOn() {
        start(BfdTracker.to("192.0.2.7"));
        assertThat(step(new TrackerInput.SessionRead(true, "")))
                .containsExactly(new TrackerEffect.TellReading(new Reading(TrackerState.UP, 0, "")));
        assertThat(machine.nextDeadlineNanos()).isEmpty();
        assertThat(step(new TrackerInput.SessionRead(false, "cut")))
                .containsExactly(new TrackerEffect.TellReading(new Reading(TrackerState.DOWN, 0, "cut")));
        assertThat(step(new TrackerInput.SessionRead(false, "cut"))).isEmpty();
    }

    @Test
    void sessionThatWasUpBeforeTheStartIsUp() {
        machine = new TrackerMachine(BfdTracker.to("192.0.2.7"));
        step(new TrackerInput.SessionRead(true, ""));
        assertThat(step(new TrackerInput.Started())).isEmpty();
        assertThat(machine.nextDeadlineNanos()).isEmpty();
        assertThat(machine.reading().state()).isEqualTo(TrackerState.UP);
    }
}
