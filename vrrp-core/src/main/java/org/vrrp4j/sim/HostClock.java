package org.vrrp4j.sim;

/**
 * The monotonic clock of a host, as its processes and its kernel read it. It agrees with the true time until it drifts,
 * and never jumps. Both times are compared by their difference, so they may overflow.
 */
final class HostClock {
    /** Faster or slower than any clock is by itself; a virtual machine's may be off by as much. */
    static final int MAX_DRIFT = 100_000;

    private static final long MILLION = 1_000_000;

    private final Timeline timeline;
    private long trueOriginNanos;
    private long originNanos;
    private int drift;

    HostClock(Timeline timeline) {
        this.timeline = timeline;
        this.trueOriginNanos = timeline.nanoTime();
        this.originNanos = trueOriginNanos;
    }

    /** From now on it gains so many microseconds in each second, or loses them. */
    void drift(int partsPerMillion) {
        long now = nanoTime();
        trueOriginNanos = timeline.nanoTime();
        originNanos = now;
        drift = partsPerMillion;
    }

    long nanoTime() {
        return timeAt(timeline.nanoTime());
    }

    private long timeAt(long trueNanos) {
        long passed = trueNanos - trueOriginNanos;
        return originNanos + passed + gain(passed, MILLION);
    }

    /** The first true time at which the clock shows a time, as long as its drift stays; not before now. */
    long trueTimeOf(long nanos) {
        long wanted = nanos - originNanos;
        long result = trueOriginNanos + wanted - gain(wanted, MILLION + drift);
        if (drift != 0) {
            // the division has rounded
            while (timeAt(result) - nanos < 0) {
                result++;
            }
            while (timeAt(result - 1) - nanos >= 0) {
                result--;
            }
        }
        long now = timeline.nanoTime();
        return result - now < 0 ? now : result;
    }

    /** {@code nanos * drift / divisor}, without an overflow. */
    private long gain(long nanos, long divisor) {
        return drift == 0 ? 0 : nanos / divisor * drift + nanos % divisor * drift / divisor;
    }
}
