package org.vrrp4j.config;

import java.time.Duration;

/**
 * When a master renews the {@linkplain RouterConfig#addressLease() lease} of its addresses: with the first
 * advertisement {@link #GAP} after the last renewal; and where the lease would have come within {@link #MARGIN} of its
 * end by then, at half the interval or half the lease.
 */
public final class LeaseRenewal {
    /** A lease is not renewed sooner after its last renewal. */
    public static final Duration GAP = Duration.ofMillis(250);

    /** As much of it is left at least when it is renewed by an advertisement. */
    public static final Duration MARGIN = Duration.ofMillis(500);

    private LeaseRenewal() {}

    /** What is left of a router's lease just before it is renewed, as long as its loop runs in time. */
    public static Duration shortestLease(RouterConfig router) {
        Duration lease = router.addressLease();
        Duration interval = router.advertisementInterval();
        if (lease.minus(interval).compareTo(MARGIN) < 0) {
            Duration shorter = interval.compareTo(lease) < 0 ? interval : lease;
            return lease.minus(shorter.dividedBy(2));
        }
        long intervals = (GAP.toNanos() + interval.toNanos() - 1) / interval.toNanos();
        return lease.minus(interval.multipliedBy(intervals));
    }
}
