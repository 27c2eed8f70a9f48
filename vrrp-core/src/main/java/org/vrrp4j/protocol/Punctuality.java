package org.vrrp4j.protocol;

import java.time.Duration;
import org.vrrp4j.config.RouterConfig;

/** How early and how late an advertisement of a router may be. */
final class Punctuality {
    /** An advertisement may be early by this, and by that part of its interval. */
    private static final long MOST_HASTE_NANOS = Duration.ofMillis(10).toNanos();

    private static final int PART_OF_HASTE = 16;

    private final long hasteNanos;
    private final long patienceNanos;

    Punctuality(RouterConfig config) {
        long intervalNanos = config.advertisementInterval().toNanos();
        this.hasteNanos = Math.min(MOST_HASTE_NANOS, intervalNanos / PART_OF_HASTE);
        this.patienceNanos = Math.max(1, config.downTimerAdverts() - 1) * intervalNanos;
    }

    /** How much earlier than due an advertisement may be sent, along with that of another router. */
    long hasteNanos() {
        return hasteNanos;
    }

    /**
     * How late it may be before it is a stall. The first peer takes over when downTimerAdverts intervals, and a skew of
     * next to nothing, have passed since our last advertisement; of these one had passed when the next one was due.
     */
    long patienceNanos() {
        return patienceNanos;
    }
}
