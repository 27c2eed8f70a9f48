package org.vrrp4j.tracking;

import java.util.OptionalLong;
import org.vrrp4j.config.ProcessTracker;
import org.vrrp4j.model.TrackerState;

/** Compares the number of processes with its bounds, and lets a change last for a while before it counts. */
final class Counting implements TrackerMachine.Kind {
    private final ProcessTracker tracker;
    private final TrackerMachine machine;
    private OptionalLong pending = OptionalLong.empty();
    private int number;

    Counting(ProcessTracker tracker, TrackerMachine machine) {
        this.tracker = tracker;
        this.machine = machine;
    }

    @Override
    public void onInput(long now, TrackerInput input) {
        if (input instanceof TrackerInput.NumberRead read) {
            onNumber(now, read.number());
        } else if (input instanceof TrackerInput.TimePassed) {
            onTimePassed(now);
        } else if (input instanceof TrackerInput.Stopped) {
            pending = OptionalLong.empty();
        }
    }

    private void onNumber(long now, int read) {
        number = read;
        TrackerState state = state();
        if (machine.is(TrackerState.UNKNOWN) || machine.is(state)) {
            pending = OptionalLong.empty();
            become(state);
        } else if (pending.isEmpty()) {
            long delay = (state == TrackerState.UP ? tracker.upDelay() : tracker.downDelay()).toNanos();
            pending = OptionalLong.of(now + delay);
            onTimePassed(now);
        }
    }

    private void onTimePassed(long now) {
        if (pending.isPresent() && now - pending.getAsLong() >= 0) {
            pending = OptionalLong.empty();
            become(state());
        }
    }

    private void become(TrackerState state) {
        boolean tooMany = number > tracker.most();
        int bound = tooMany ? tracker.most() : tracker.least();
        machine.become(
                state,
                number,
                state == TrackerState.UP
                        ? number + " of " + tracker.process()
                        : number + " of " + tracker.process() + ", at " + (tooMany ? "most " : "least ") + bound
                                + (tooMany ? " may" : " must") + " run");
    }

    private TrackerState state() {
        return number >= tracker.least() && number <= tracker.most() ? TrackerState.UP : TrackerState.DOWN;
    }

    @Override
    public OptionalLong nextDeadlineNanos() {
        return pending;
    }
}
