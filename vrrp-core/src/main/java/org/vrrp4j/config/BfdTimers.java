package org.vrrp4j.config;

import java.time.Duration;
import java.util.Objects;

/**
 * How often the packets of a BFD session come, and how many may be missing (RFC 5880, 4.1 and 6.8). Both sides agree: a
 * side sends no more often than it wants and the other can take. The defaults are keepalived's.
 *
 * @param desiredMinTx how often we want to send once the session is up; 1 ms to 4294.967295 s
 * @param requiredMinRx how often the neighbour may send; the same range
 * @param idleTx how often we send while the session is not up; at least 1 s
 * @param multiplier after how many missing packets of ours the neighbour is to give up, 1 to 255. After how many of
 *     the neighbour's we do is the neighbour's to say
 */
public record BfdTimers(Duration desiredMinTx, Duration requiredMinRx, Duration idleTx, int multiplier) {
    /** Used by the values below, so it stands first. */
    private static final Duration MIN = Duration.ofMillis(1);

    /** The shortest time between packets of a session that is not up (RFC 5880, 6.8.3). */
    public static final Duration MIN_IDLE = Duration.ofSeconds(1);

    /** The longest time of all: what 32 bits of microseconds hold. */
    public static final Duration MAX = Duration.ofNanos(0xffff_ffffL * 1000);

    /** Every 10 ms, 1 s while not up, and five may be missing. */
    public static final BfdTimers DEFAULT =
            new BfdTimers(Duration.ofMillis(10), Duration.ofMillis(10), Duration.ofSeconds(1), 5);

    private static final int MAX_MULTIPLIER = 255;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public BfdTimers {
        check("desiredMinTx", desiredMinTx, MIN);
        check("requiredMinRx", requiredMinRx, MIN);
        check("idleTx", idleTx, MIN_IDLE);
        if (multiplier < 1 || multiplier > MAX_MULTIPLIER) {
            throw new IllegalArgumentException(
                    "multiplier must be 1 to " + MAX_MULTIPLIER + ": multiplier=" + multiplier);
        }
    }

    private static void check(String name, Duration value, Duration min) {
        Objects.requireNonNull(value, name);
        if (value.compareTo(min) < 0 || value.compareTo(MAX) > 0) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + MAX + ": " + name + "=" + value);
        }
    }
}
