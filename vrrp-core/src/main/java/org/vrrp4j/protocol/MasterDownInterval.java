package org.vrrp4j.protocol;

import java.time.Duration;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.Priority;
import org.vrrp4j.model.VrrpVersion;

/**
 * How long a backup waits for a master (RFC 9568, 6.1; RFC 3768, 6.1), in nanoseconds. The skew lets the backup of the
 * highest priority be first: version 3 scales it with the master's interval, version 2 with a second.
 */
final class MasterDownInterval {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int STEPS = 256;

    private RouterConfig config;
    private boolean learned;
    private long masterIntervalNanos;

    MasterDownInterval(RouterConfig config) {
        this.config = config;
        forget();
    }

    /** Keeps what was learned of the master. */
    void configure(RouterConfig next) {
        config = next;
        if (!learned) {
            forget();
        }
    }

    /** No master is known: assumes our own interval. */
    void forget() {
        learned = false;
        masterIntervalNanos = config.advertisementInterval().toNanos();
    }

    /** Takes the interval of the master over; version 2 knows no learning, since a differing interval is rejected. */
    void learn(Duration interval) {
        if (config.version() == VrrpVersion.V3) {
            learned = true;
            masterIntervalNanos = config.learnedIntervals().bound(interval).toNanos();
        }
    }

    /** Skew_Time. */
    long skewNanos() {
        return skewNanos(config.priority());
    }

    /** How long the lowest priority waits, and an interval more: by then somebody has taken over, or nobody will. */
    long longestNanos() {
        return (config.downTimerAdverts() + 1) * masterIntervalNanos + skewNanos(Priority.LOWEST);
    }

    /** Master_Down_Interval, RFC 9568's Active_Down_Interval. */
    long nanos() {
        return config.downTimerAdverts() * masterIntervalNanos + skewNanos();
    }

    private long skewNanos(int priority) {
        long unit = config.version() == VrrpVersion.V3 ? masterIntervalNanos : NANOS_PER_SECOND;
        return (STEPS - priority) * unit / STEPS;
    }

    void keep(Checkpoint checkpoint) {
        learned = checkpoint.flag("learned", learned);
        masterIntervalNanos = checkpoint.number("masterInterval", masterIntervalNanos);
    }
}
