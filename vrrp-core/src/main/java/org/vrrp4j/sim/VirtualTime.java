package org.vrrp4j.sim;

import java.time.Instant;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Time that jumps to the next task. Everything happens on the thread that runs the simulation. */
final class VirtualTime extends Timeline {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final long startNanos;
    private long nowNanos;

    VirtualTime(long seed) {
        super(new SplittableRandom(seed));
        this.startNanos = start(seed);
        this.nowNanos = startNanos;
    }

    /** System.nanoTime() may be any number: some seeds start shortly before it overflows, or before it is zero. */
    private long start(long seed) {
        return switch ((int) Math.floorMod(seed, 4L)) {
            case 0 -> Long.MAX_VALUE - random().nextLong(10 * NANOS_PER_SECOND);
            case 1 -> -random().nextLong(10 * NANOS_PER_SECOND);
            case 2 -> random().nextLong();
            default -> 0;
        };
    }

    long elapsedNanos() {
        return nowNanos - startNanos;
    }

    /** Runs the next task that is due at a time or before. */
    boolean runNext(long untilNanos) {
        Task next = peek();
        if (next == null || next.atNanos - untilNanos > 0) {
            return false;
        }
        poll();
        advanceTo(next.atNanos);
        next.run();
        return true;
    }

    void advanceTo(long nanos) {
        if (nanos - nowNanos > 0) {
            nowNanos = nanos;
        }
    }

    @Override
    long nanoTime() {
        return nowNanos;
    }

    @Override
    Instant wallTime() {
        return START.plusNanos(elapsedNanos());
    }

    @Override
    boolean isRunningThread() {
        return true;
    }

    @Override
    <T> T ask(Supplier<T> action) {
        return action.get();
    }
}
