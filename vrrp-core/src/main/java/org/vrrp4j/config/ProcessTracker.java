package org.vrrp4j.config;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Processes of the host, up while as many run as are wanted; keepalived's {@code vrrp_track_process}.
 *
 * @param name what the configuration calls it
 * @param process the name or path of the program
 * @param parameters its parameters, as far as {@code match} asks for them
 * @param match how the parameters are compared
 * @param wholeCommand whether the command line is compared ({@code /proc/PID/cmdline}), not just the name in
 *     {@code /proc/PID/comm}
 * @param least how many must run, 0 to 65535
 * @param most how many may run, up to 65535, or {@link #UNLIMITED}
 * @param downDelay how long there must be too few before it is down
 * @param upDelay how long there must be enough before it is up
 */
public record ProcessTracker(
        String name,
        String process,
        List<String> parameters,
        ParameterMatch match,
        boolean wholeCommand,
        int least,
        int most,
        Duration downDelay,
        Duration upDelay)
        implements Tracker {

    /** Any number of processes may run. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** How the parameters of a process are compared. */
    public enum ParameterMatch {
        /** They do not matter. */
        NONE,
        /** All are the same. */
        EXACT,
        /** The first ones are the same. */
        INITIAL,
        /** All but the last are the same, and the last begins in the same way. */
        PARTIAL
    }

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if fewer may run than must, or a time is negative
     */
    public ProcessTracker {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(process, "process");
        Objects.requireNonNull(match, "match");
        parameters = List.copyOf(parameters);
        if (least < 0 || most < least) {
            throw new IllegalArgumentException("no more processes must run than may: least=" + least + " most=" + most);
        }
        if (downDelay.isNegative() || upDelay.isNegative()) {
            throw new IllegalArgumentException(
                    "delays must not be negative: downDelay=" + downDelay + " upDelay=" + upDelay);
        }
    }

    /** Such as {@code process web}. */
    @Override
    public String toString() {
        return "process " + name;
    }
}
