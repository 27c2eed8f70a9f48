package org.vrrp4j.linux.lab;

import java.time.Duration;
import java.time.Instant;

/**
 * A piece of time.
 *
 * @param from its beginning
 * @param until its end, not before the beginning
 */
public record TimeSpan(Instant from, Instant until) {
    /** How long it is. */
    public Duration length() {
        return Duration.between(from, until);
    }
}
