package org.vrrp4j.examples.watch;

import java.time.Duration;
import java.util.Optional;

/** The last times between two advertisements of one sender, up to 64 of them. */
final class Gaps {
    private static final int CAPACITY = 64;

    private final long[] nanos = new long[CAPACITY];
    private int next;
    private int size;

    void add(long gapNanos) {
        nanos[next] = gapNanos;
        next = (next + 1) % CAPACITY;
        size = Math.min(size + 1, CAPACITY);
    }

    void clear() {
        size = 0;
        next = 0;
    }

    /** Their mean; empty before the first. */
    Optional<Duration> mean() {
        return size == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(meanNanos()));
    }

    /** How far they are from their mean, on average; empty before the second. */
    Optional<Duration> jitter() {
        if (size < 2) {
            return Optional.empty();
        }
        long mean = meanNanos();
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum += Math.abs(nanos[i] - mean);
        }
        return Optional.of(Duration.ofNanos(sum / size));
    }

    private long meanNanos() {
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum += nanos[i];
        }
        return sum / size;
    }
}
