package org.vrrp4j.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.vrrp4j.config.FileTracker;
import org.vrrp4j.config.TrackWeight;
import org.vrrp4j.config.Tracked;
import org.vrrp4j.config.Tracker;
import org.vrrp4j.model.TrackerStatus;

/**
 * What all that a router follows makes of it.
 *
 * <p>With weight 0 something that is down keeps it out of the election, or that is up if the weight is reversed. Any
 * other weight changes the priority: a positive one is added while it is up, a negative one while it is down; that of a
 * file is multiplied by its number, and -254 or less keeps the router out. What is not known yet does neither.
 *
 * @param isKnown whether everything that is followed is known
 * @param fault what keeps it out of the election, in words; empty if nothing does
 * @param adjustment what is added to the configured priority, not yet bounded (see
 *     {@link org.vrrp4j.model.Priority#adjusted})
 */
public record Standing(boolean isKnown, String fault, int adjustment) {
    /** Of a router that follows nothing. */
    public static final Standing UNTRACKED = new Standing(true, "", 0);

    /**
     * Adds everything up.
     *
     * @param trackers what the router follows
     * @param readings how each of these is
     */
    public static Standing of(List<Tracked> trackers, Function<Tracker, Reading> readings) {
        boolean known = true;
        long sum = 0;
        List<String> faults = new ArrayList<>();
        for (Tracked tracked : trackers) {
            Tracker tracker = tracked.tracker();
            Reading reading = readings.apply(tracker);
            known &= reading.isKnown();
            long added = added(tracked, reading);
            boolean tooLow = tracker instanceof FileTracker && added <= -TrackWeight.MAX;
            if (reading.isKnown() && (tooLow || tracked.weight().faults(reading.isUp()))) {
                faults.add(status(tracker, reading).text());
            } else {
                sum += added;
            }
        }
        int bounded = (int) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, sum));
        return new Standing(known, String.join("; ", faults), bounded);
    }

    /** How something is, for those who read it. */
    public static TrackerStatus status(Tracker tracker, Reading reading) {
        return new TrackerStatus(tracker.toString(), reading.state(), reading.number(), reading.detail());
    }

    private static long added(Tracked tracked, Reading reading) {
        if (!reading.isKnown()) {
            return 0;
        }
        TrackWeight weight = tracked.weight();
        if (tracked.tracker() instanceof FileTracker) {
            return (long) reading.number() * (weight.reversed() ? -weight.value() : weight.value());
        }
        return weight.added(reading.isUp());
    }
}
