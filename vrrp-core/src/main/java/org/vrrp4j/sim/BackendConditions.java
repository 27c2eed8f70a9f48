package org.vrrp4j.sim;

import java.time.Duration;

/**
 * How the address backend of a host works.
 *
 * @param delay how long it takes to look at the host, to acquire and to release; zero answers within the call
 * @param failure the share of acquires and releases that fails, 0 to 1
 */
public record BackendConditions(Duration delay, double failure) {
    /** Answers at once and never fails, as the kernel does. */
    public static final BackendConditions IDEAL = new BackendConditions(Duration.ZERO, 0);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if the delay is negative or the share not 0 to 1
     */
    public BackendConditions {
        if (delay.isNegative() || !(failure >= 0 && failure <= 1)) {
            throw new IllegalArgumentException(
                    "delay must not be negative and failure be 0 to 1: delay=" + delay + " failure=" + failure);
        }
    }
}
