package org.vrrp4j.config;

import java.time.Duration;
import java.util.Objects;

/**
 * A function of the application that says whether it is well; the function itself is given to the node beside. The
 * first run decides at once.
 *
 * @param name what it is called in log lines and causes
 * @param interval between the starts of two runs; one that is due while the last still runs is left out
 * @param timeout after which a run is ended, if it can be, and counts as failed
 * @param rise how many runs must succeed until it is up again, at least 1
 * @param fall how many runs must fail until it is down, at least 1
 * @param initiallyDown whether it is down, not unknown, before the first run has ended
 */
public record HealthTracker(String name, Duration interval, Duration timeout, int rise, int fall, boolean initiallyDown)
        implements ProbedTracker {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a time is not positive, or rise or fall is below 1
     */
    public HealthTracker {
        Objects.requireNonNull(name, "name");
        ProbedTracker.check(interval, timeout, rise, fall);
    }

    /** Such as {@code health check web}. */
    @Override
    public String toString() {
        return "health check " + name;
    }
}
