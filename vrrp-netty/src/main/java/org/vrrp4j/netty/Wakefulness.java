package org.vrrp4j.netty;

import java.time.Duration;

/**
 * Whether a loop looks for work without sleeping, and without giving its processor to others. It may do so for a
 * hundredth of the time, and for 20 ms in a row if it has not for two seconds; a wish beyond that is ignored whole,
 * since half a wait helps nobody. On the loop's thread.
 */
final class Wakefulness {
    private static final long MOST_NANOS = Duration.ofMillis(20).toNanos();
    private static final long PART_OF_TIME = 100;

    private final Insistence insistence;
    private boolean awake;
    private long untilNanos;
    private long creditNanos = MOST_NANOS;
    private long creditedNanos;

    /** What the thread asks of the kernel while it is awake. */
    interface Insistence {
        /** The beginning. */
        void begin();

        /** The end. */
        void end();
    }

    /** Asleep, with a whole credit. */
    Wakefulness(long now, Insistence insistence) {
        this.insistence = insistence;
        creditedNanos = now;
    }

    /** Stays awake until a time, if it may. */
    void stayAwake(long now, long until) {
        long from = isAwake(now) ? untilNanos : now;
        long price = until - from;
        creditNanos = Math.min(MOST_NANOS, creditNanos + (now - creditedNanos) / PART_OF_TIME);
        creditedNanos = now;
        if (price > 0 && price <= creditNanos) {
            creditNanos -= price;
            untilNanos = until;
            if (!awake) {
                awake = true;
                insistence.begin();
            }
        }
    }

    /** Whether it is so at a time; it ends with the first that is too late. */
    boolean isAwake(long now) {
        if (awake && untilNanos - now <= 0) {
            awake = false;
            insistence.end();
        }
        return awake;
    }
}
