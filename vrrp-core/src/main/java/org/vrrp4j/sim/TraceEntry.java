package org.vrrp4j.sim;

import java.time.Duration;
import java.util.Locale;

/**
 * One line of the story of a simulation.
 *
 * @param time since the start of the simulation
 * @param occurrence what happened
 */
public record TraceEntry(Duration time, Occurrence occurrence) {

    /** Seconds, host and what happened. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%12.6f %s %s",
                time.toNanos() / 1e9,
                occurrence.host().name(),
                occurrence.text());
    }
}
