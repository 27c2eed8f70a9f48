package org.vrrp4j.config;

import java.time.Duration;

/** Something that is asked again and again how it is, and answers a little later or not at all. */
public sealed interface ProbedTracker extends Tracker permits ScriptTracker, HealthTracker {
    /** Between the starts of two runs; one that is due while the last still runs is left out. */
    Duration interval();

    /** After this a run is ended and counts as failed. */
    Duration timeout();

    /** How many runs must succeed, one after the other, until it is up again. */
    int rise();

    /** How many runs must fail, one after the other, until it is down. */
    int fall();

    /** Whether it is down, not unknown, before the first run has ended. */
    boolean initiallyDown();

    /** Checks the values of one. */
    static void check(Duration interval, Duration timeout, int rise, int fall) {
        if (interval.isNegative() || interval.isZero() || timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(
                    "interval and timeout must be positive: interval=" + interval + " timeout=" + timeout);
        }
        if (rise < 1 || fall < 1) {
            throw new IllegalArgumentException("rise and fall must be at least 1: rise=" + rise + " fall=" + fall);
        }
    }
}
