package org.vrrp4j.config;

import java.time.Duration;

/**
 * For how long an interface must be down, or up again, before its routers and trackers hear of it; keepalived's
 * {@code interface_up_down_delays}. An interface that is gone, not just down, is told of at once.
 *
 * @param down how long it must be down, so that a carrier that comes back at once changes nothing; 0 for not at all
 * @param up how long it must be up again; 0 for not at all
 */
public record LinkDelays(Duration down, Duration up) {

    /**
     * Checks the times.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public LinkDelays {
        if (down.isNegative() || up.isNegative()) {
            throw new IllegalArgumentException("delays must not be negative: down=" + down + " up=" + up);
        }
    }
}
