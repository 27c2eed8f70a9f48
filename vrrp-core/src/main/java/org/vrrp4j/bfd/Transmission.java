package org.vrrp4j.bfd;

import java.util.OptionalLong;
import java.util.function.DoubleSupplier;

/**
 * When the next periodic packet is due (RFC 5880, 6.8.7): after the negotiated interval, less up to a quarter of it at
 * random, so that the packets of many sessions do not come to go together. With a multiplier of 1 it is at least a
 * tenth less, since the neighbour gives up after one interval.
 */
final class Transmission {
    private static final double MAX_JITTER = 0.25;
    private static final double MIN_JITTER_OF_ONE = 0.1;

    private final DoubleSupplier random;
    private boolean due;
    private long sentNanos;
    private long dueNanos;
    private long intervalNanos;
    private int multiplier;

    Transmission(DoubleSupplier random) {
        this.random = random;
    }

    /** A packet has just been sent, periodic or not. */
    void onSent(long now) {
        sentNanos = now;
        if (due) {
            dueNanos = now + jittered();
        }
    }

    /** From now on packets are due in this interval; the first one at once if there was none, else after the last. */
    void every(long now, long nanos, int detectMultiplier) {
        boolean same = due && nanos == intervalNanos && detectMultiplier == multiplier;
        if (same) {
            return;
        }
        intervalNanos = nanos;
        multiplier = detectMultiplier;
        dueNanos = due ? sentNanos + jittered() : now;
        due = true;
    }

    /** None is due. */
    void cease() {
        due = false;
    }

    boolean isDue(long now) {
        return due && now - dueNanos >= 0;
    }

    OptionalLong dueNanos() {
        return due ? OptionalLong.of(dueNanos) : OptionalLong.empty();
    }

    /** The negotiated interval; 0 while nothing is sent. */
    long intervalNanos() {
        return due ? intervalNanos : 0;
    }

    private long jittered() {
        double least = multiplier == 1 ? MIN_JITTER_OF_ONE : 0;
        double jitter = least + (MAX_JITTER - least) * random.getAsDouble();
        return intervalNanos - (long) (intervalNanos * jitter);
    }
}
