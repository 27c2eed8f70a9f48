package org.vrrp4j.sim;

import java.time.Duration;

/**
 * How well the link carries packets and announcements. Each receiver has its own luck.
 *
 * @param loss how many of a hundred are lost, divided by a hundred: 0 to 1
 * @param delay how long each takes
 * @param jitter up to how much longer, by chance; packets overtake each other then
 * @param duplicate the share that arrives twice
 * @param damage the share of packets that arrives with one bit wrong
 * @param echo whether a sender hears its own packets, as with looped back multicast
 */
public record LinkConditions(
        double loss, Duration delay, Duration jitter, double duplicate, double damage, boolean echo) {
    /** Nothing is lost, everything takes 100 microseconds. */
    public static final LinkConditions IDEAL =
            new LinkConditions(0, Duration.ofNanos(100_000), Duration.ZERO, 0, 0, false);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a share is not 0 to 1 or a time is negative
     */
    public LinkConditions {
        share("loss", loss);
        share("duplicate", duplicate);
        share("damage", damage);
        if (delay.isNegative() || jitter.isNegative()) {
            throw new IllegalArgumentException(
                    "delay and jitter must not be negative: delay=" + delay + " jitter=" + jitter);
        }
    }

    private static void share(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be 0 to 1: " + name + "=" + value);
        }
    }

    /** The same with another loss. */
    public LinkConditions withLoss(double value) {
        return new LinkConditions(value, delay, jitter, duplicate, damage, echo);
    }

    /** The same with another delay. */
    public LinkConditions withDelay(Duration value) {
        return new LinkConditions(loss, value, jitter, duplicate, damage, echo);
    }

    /** The same with another jitter. */
    public LinkConditions withJitter(Duration value) {
        return new LinkConditions(loss, delay, value, duplicate, damage, echo);
    }

    /** The same with another share of duplicates. */
    public LinkConditions withDuplicate(double value) {
        return new LinkConditions(loss, delay, jitter, value, damage, echo);
    }

    /** The same with another share of damaged packets. */
    public LinkConditions withDamage(double value) {
        return new LinkConditions(loss, delay, jitter, duplicate, value, echo);
    }

    /** The same with or without echo. */
    public LinkConditions withEcho(boolean value) {
        return new LinkConditions(loss, delay, jitter, duplicate, damage, value);
    }
}
