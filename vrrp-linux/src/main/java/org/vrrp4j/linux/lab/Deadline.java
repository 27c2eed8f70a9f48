package org.vrrp4j.linux.lab;

import java.time.Duration;

/** A point on the monotonic clock until which something is waited for. */
record Deadline(long nanos) {
    static Deadline in(Duration timeout) {
        return new Deadline(System.nanoTime() + timeout.toNanos());
    }

    boolean isOver() {
        return remainingNanos() <= 0;
    }

    long remainingNanos() {
        return nanos - System.nanoTime();
    }

    /** Waits on a monitor that the caller holds; returns on notification, at the deadline or spuriously. */
    void await(Object monitor) throws InterruptedException {
        long remaining = remainingNanos();
        if (remaining > 0) {
            monitor.wait(remaining / 1_000_000, (int) (remaining % 1_000_000));
        }
    }
}
