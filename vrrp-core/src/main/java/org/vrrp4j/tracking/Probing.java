package org.vrrp4j.tracking;

import java.util.List;
import java.util.OptionalLong;
import org.vrrp4j.config.ProbedTracker;
import org.vrrp4j.model.TrackerState;

/** Asks again and again. */
final class Probing implements TrackerMachine.Kind {
    private static final TrackerEffect RUN = new TrackerEffect.RunProbe();
    private static final TrackerEffect CANCEL = new TrackerEffect.CancelProbe();

    private final ProbedTracker tracker;
    private final TrackerMachine machine;
    private final List<TrackerEffect> effects;
    private final long intervalNanos;
    private final long timeoutNanos;
    private boolean started;
    private boolean running;
    /** Whether the result of the run is still awaited: it has neither ended nor been given up. */
    private boolean awaited;

    private boolean decided;
    private long begunNanos;
    private long dueNanos;
    private int successes;
    private int failures;

    Probing(ProbedTracker tracker, TrackerMachine machine, List<TrackerEffect> effects) {
        this.tracker = tracker;
        this.machine = machine;
        this.effects = effects;
        this.intervalNanos = tracker.interval().toNanos();
        this.timeoutNanos = tracker.timeout().toNanos();
    }

    @Override
    public void onInput(long now, TrackerInput input) {
        if (input instanceof TrackerInput.Started) {
            start(now);
        } else if (input instanceof TrackerInput.Stopped) {
            stop();
        } else if (input instanceof TrackerInput.TimePassed) {
            onTimePassed(now);
        } else if (input instanceof TrackerInput.ProbeEnded ended && running) {
            running = false;
            if (awaited) {
                awaited = false;
                onResult(ended.passed(), ended.detail());
            }
        }
    }

    @Override
    public OptionalLong nextDeadlineNanos() {
        if (!started) {
            return OptionalLong.empty();
        }
        long timeout = begunNanos + timeoutNanos;
        return OptionalLong.of(awaited && timeout - dueNanos < 0 ? timeout : dueNanos);
    }

    private void start(long now) {
        if (started) {
            return;
        }
        started = true;
        dueNanos = now;
        if (tracker.initiallyDown()) {
            machine.become(TrackerState.DOWN, 0, "it has not run yet");
        }
        onTimePassed(now);
    }

    private void stop() {
        started = false;
        if (awaited) {
            awaited = false;
            effects.add(CANCEL);
        }
    }

    private void onTimePassed(long now) {
        if (!started) {
            return;
        }
        if (awaited && now - begunNanos >= timeoutNanos) {
            awaited = false;
            effects.add(CANCEL);
            onResult(false, "no answer within " + tracker.timeout().toMillis() + " ms");
        }
        if (now - dueNanos < 0) {
            return;
        }
        dueNanos += intervalNanos;
        if (now - dueNanos >= 0) {
            dueNanos = now + intervalNanos;
        }
        if (!running) {
            running = true;
            awaited = true;
            begunNanos = now;
            effects.add(RUN);
        }
    }

    private void onResult(boolean passed, String detail) {
        successes = passed ? successes + 1 : 0;
        failures = passed ? 0 : failures + 1;
        boolean enough = passed ? successes >= tracker.rise() : failures >= tracker.fall();
        if (enough || !decided) {
            decided = true;
            machine.become(passed ? TrackerState.UP : TrackerState.DOWN, 0, detail);
        }
    }
}
