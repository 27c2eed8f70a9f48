package org.vrrp4j.tracking;

import java.util.OptionalLong;
import org.vrrp4j.config.BfdTracker;
import org.vrrp4j.model.TrackerState;

/** Gives a session time to come up for the first time, so that a start, or a new neighbour, is no failure. */
final class Awaiting implements TrackerMachine.Kind {
    /** So many packets of a session that is not up. */
    private static final int PATIENCE = 3;

    private final TrackerMachine machine;
    private final long patienceNanos;
    private OptionalLong limit = OptionalLong.empty();
    private boolean decided;
    private String detail = "";

    Awaiting(BfdTracker tracker, TrackerMachine machine) {
        this.machine = machine;
        this.patienceNanos = PATIENCE * tracker.timers().idleTx().toNanos();
    }

    @Override
    public void onInput(long now, TrackerInput input) {
        if (input instanceof TrackerInput.SessionRead read) {
            detail = read.detail();
            if (read.up() || decided) {
                decide(read.up());
            }
        } else if (input instanceof TrackerInput.Started && !decided) {
            limit = OptionalLong.of(now + patienceNanos);
        } else if (input instanceof TrackerInput.TimePassed && limit.isPresent() && now - limit.getAsLong() >= 0) {
            decide(false);
        }
    }

    private void decide(boolean up) {
        decided = true;
        limit = OptionalLong.empty();
        machine.become(up ? TrackerState.UP : TrackerState.DOWN, 0, detail);
    }

    @Override
    public OptionalLong nextDeadlineNanos() {
        return limit;
    }
}
