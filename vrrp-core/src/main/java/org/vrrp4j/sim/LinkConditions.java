package org.vrrp4j.sim;

import java.time.Duration;

/**
 * How well a LAN carries packets and announcements. Each receiver has its own luck.
 *
 * @param loss the share that is lost, 0 to 1
 * @param delay how long each takes
 * @param jitter up to how much longer, by chance; packets that are sent within that time overtake each other
 * @param duplicate the share that arrives twice
 * @param damage the share of packets that arrives with one bit wrong
 * @param echo whether a sender hears its own packets, as with looped back multicast
 * @param reorder the share that is held back, and so arrives after packets that were sent later
 * @param holdBack for how long those are held back; longer than its interval lets a sender's next advertisement arrive
 *     first
 */
public record LinkConditions(
        double loss,
        Duration delay,
        Duration jitter,
        double duplicate,
        double damage,
        boolean echo,
        double reorder,
        Duration holdBack) {
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
        share("reorder", reorder);
        if (delay.isNegative() || jitter.isNegative() || holdBack.isNegative()) {
            throw new IllegalArgumentException("delay, jitter and holdBack must not be negative: delay=" + delay
                    + " jitter=" + jitter + " holdBack=" + holdBack);
        }
    }

    /** Without holding anything back. */
    public LinkConditions(double loss, Duration delay, Duration jitter, double duplicate, double damage, boolean echo) {
        this(loss, delay, jitter, duplicate, damage, echo, 0, Duration.ZERO);
    }

    private static void share(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be 0 to 1: " + name + "=" + value);
        }
    }

    /** The same with another loss. */
    public LinkConditions withLoss(double value) {
        return new LinkConditions(value, delay, jitter, duplicate, damage, echo, reorder, holdBack);
    }

    /** The same with another delay. */
    public LinkConditions withDelay(Duration value) {
        return new LinkConditions(loss, value, jitter, duplicate, damage, echo, reorder, holdBack);
    }

    /** The same with another jitter. */
    public LinkConditions withJitter(Duration value) {
        return new LinkConditions(loss, delay, value, duplicate, damage, echo, reorder, holdBack);
    }

    /** The same with another share of duplicates. */
    public LinkConditions withDuplicate(double value) {
        return new LinkConditions(loss, delay, jitter, value, damage, echo, reorder, holdBack);
    }

    /** The same with another share of damaged packets. */
    public LinkConditions withDamage(double value) {
        return new LinkConditions(loss, delay, jitter, duplicate, value, echo, reorder, holdBack);
    }

    /** The same with or without echo. */
    public LinkConditions withEcho(boolean value) {
        return new LinkConditions(loss, delay, jitter, duplicate, damage, value, reorder, holdBack);
    }

    /** The same, but a share is held back for a time. */
    public LinkConditions withReorder(double share, Duration time) {
        return new LinkConditions(loss, delay, jitter, duplicate, damage, echo, share, time);
    }
}
