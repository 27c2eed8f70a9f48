package org.vrrp4j.config;

import java.time.Duration;
import java.util.Objects;

/**
 * A command that is run again and again, up if it ends with exit status 0; keepalived's {@code vrrp_script}. The first
 * run decides at once; before it ends the state is unknown, or down if {@link #initiallyDown}.
 *
 * @param name what the configuration calls it
 * @param command what is run
 * @param interval between the starts of two runs; one that is due while the last still runs is left out
 * @param timeout after which a run is ended and counts as failed
 * @param rise how many runs must succeed until it is up again, at least 1
 * @param fall how many runs must fail until it is down, at least 1
 * @param initiallyDown whether it is down, not unknown, before the first run; keepalived's {@code init_fail}
 */
public record ScriptTracker(
        String name, Command command, Duration interval, Duration timeout, int rise, int fall, boolean initiallyDown)
        implements ProbedTracker {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a time is not positive, or rise or fall is below 1
     */
    public ScriptTracker {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(command, "command");
        ProbedTracker.check(interval, timeout, rise, fall);
    }

    /** Such as {@code script chk_web}. */
    @Override
    public String toString() {
        return "script " + name;
    }
}
