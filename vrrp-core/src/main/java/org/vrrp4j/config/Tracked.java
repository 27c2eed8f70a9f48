package org.vrrp4j.config;

import java.util.List;
import java.util.Objects;

/**
 * A tracker that a router or a group follows, and what it does to it.
 *
 * @param tracker what is followed
 * @param weight what its state does
 */
public record Tracked(Tracker tracker, TrackWeight weight) {

    /** Checks that nothing is missing. */
    public Tracked {
        Objects.requireNonNull(tracker, "tracker");
        Objects.requireNonNull(weight, "weight");
    }

    /** A copy in which no tracker may be twice. */
    static List<Tracked> eachOnce(List<Tracked> trackers) {
        if (trackers.stream().map(Tracked::tracker).distinct().count() < trackers.size()) {
            throw new IllegalArgumentException("a tracker is given twice: trackers=" + trackers);
        }
        return List.copyOf(trackers);
    }

    /** Such as {@code script chk_web weight -10}. */
    @Override
    public String toString() {
        return tracker + " " + weight;
    }
}
