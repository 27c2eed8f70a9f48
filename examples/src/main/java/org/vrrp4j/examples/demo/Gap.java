package org.vrrp4j.examples.demo;

import java.time.Duration;
import java.time.Instant;

/** The time between an answer and the next one. */
record Gap(Instant from, Instant until) {

    /** How much longer it was than the time between two requests. */
    Duration outage(Duration probeInterval) {
        Duration beyond = Duration.between(from, until).minus(probeInterval);
        return beyond.isNegative() ? Duration.ZERO : beyond;
    }
}
