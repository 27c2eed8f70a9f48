package org.vrrp4j.tracking;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.vrrp4j.config.BfdTracker;
import org.vrrp4j.config.FileTracker;
import org.vrrp4j.config.InterfaceTracker;
import org.vrrp4j.config.ProbedTracker;
import org.vrrp4j.config.ProcessTracker;
import org.vrrp4j.config.Tracker;
import org.vrrp4j.model.TrackerState;

/**
 * One thing that routers track.
 *
 * <ul>
 *   <li>Scripts and health checks: the first run decides at once, then {@code rise} successes or {@code fall} failures
 *       one after the other. A run that takes longer than the time-out is a failure at that moment, and is cancelled;
 *       the next one waits until it has really ended.
 *   <li>Processes: up while their number is within bounds; a change counts once it has lasted for its delay.
 *   <li>Files: the number as it is, up if it is 0.
 *   <li>Interfaces: as the kernel says.
 *   <li>BFD sessions: up while the session is. The first time it has three of the intervals of a session that is not
 *       up; if it is not up by then it is down.
 * </ul>
 *
 * <p>Not safe for several threads.
 */
public final class TrackerMachine {
    private final List<TrackerEffect> effects = new ArrayList<>();
    private final List<TrackerEffect> effectsView = Collections.unmodifiableList(effects);
    private final Kind kind;
    private Reading reading = Reading.UNKNOWN;

    /** How one kind of tracker reads what happens. */
    interface Kind {
        void onInput(long nowNanos, TrackerInput input);

        OptionalLong nextDeadlineNanos();
    }

    /** A tracker that has not been started. */
    public TrackerMachine(Tracker tracker) {
        if (tracker instanceof ProbedTracker probed) {
            kind = new Probing(probed, this, effects);
        } else if (tracker instanceof ProcessTracker processes) {
            kind = new Counting(processes, this);
        } else if (tracker instanceof FileTracker) {
            kind = new Direct(this::readFile);
        } else if (tracker instanceof InterfaceTracker) {
            kind = new Direct(this::readLink);
        } else if (tracker instanceof BfdTracker session) {
            kind = new Awaiting(session, this);
        } else {
            throw new IllegalArgumentException("no machine for " + tracker);
        }
    }

    /**
     * Takes one input.
     *
     * @param nowNanos the time, never less than before
     * @param input what happened
     * @return what is to be done, in this order; valid until the next call
     */
    public List<TrackerEffect> step(long nowNanos, TrackerInput input) {
        effects.clear();
        kind.onInput(nowNanos, input);
        return effectsView;
    }

    /** When {@link TrackerInput.TimePassed} is next wanted. */
    public OptionalLong nextDeadlineNanos() {
        return kind.nextDeadlineNanos();
    }

    /** How it is. */
    public Reading reading() {
        return reading;
    }

    boolean is(TrackerState state) {
        return reading.state() == state;
    }

    /** From now on it is like this; told if it is news. */
    void become(TrackerState state, int number, String detail) {
        boolean news = !is(state) || number != reading.number();
        if (news) {
            reading = new Reading(state, number, detail);
            effects.add(new TrackerEffect.TellReading(reading));
        }
    }

    private void readFile(TrackerInput input) {
        if (input instanceof TrackerInput.NumberRead read) {
            int number = read.number();
            become(number == 0 ? TrackerState.UP : TrackerState.DOWN, number, "it says " + number);
        }
    }

    private void readLink(TrackerInput input) {
        if (input instanceof TrackerInput.LinkRead read) {
            become(read.up() ? TrackerState.UP : TrackerState.DOWN, 0, "");
        }
    }

    private record Direct(Consumer<TrackerInput> reader) implements Kind {
        @Override
        public void onInput(long nowNanos, TrackerInput input) {
            reader.accept(input);
        }

        @Override
        public OptionalLong nextDeadlineNanos() {
            return OptionalLong.empty();
        }
    }
}
