package org.vrrp4j.config;

import java.time.Duration;

/**
 * Which advertisement intervals of a version 3 master are believed. A backup times its master out by the interval that
 * the master tells (RFC 9568, 6.4.2), so a hostile or mistaken one makes it nervous, or deaf for two minutes. An
 * interval outside counts as the nearest one inside.
 *
 * @param floor the shortest
 * @param ceiling the longest
 */
public record LearnedIntervals(Duration floor, Duration ceiling) {
    /** Whatever a packet can say: 10 ms to 40.95 s. */
    public static final LearnedIntervals ALL =
            new LearnedIntervals(AdvertisementIntervals.V3_UNIT, AdvertisementIntervals.V3_MAX);

    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException if the floor is not positive or above the ceiling, or the ceiling is longer than
     *     a packet can say
     */
    public LearnedIntervals {
        if (floor.isNegative() || floor.isZero()) {
            throw new IllegalArgumentException("floor must be positive: floor=" + floor.toMillis() + " ms");
        }
        if (ceiling.compareTo(floor) < 0 || ceiling.compareTo(AdvertisementIntervals.V3_MAX) > 0) {
            throw new IllegalArgumentException("ceiling must be between the floor, " + floor.toMillis()
                    + " ms, and 40.95 s: ceiling=" + ceiling.toMillis() + " ms");
        }
    }

    /** The interval that is used for one that was received. */
    public Duration bound(Duration received) {
        if (received.compareTo(floor) < 0) {
            return floor;
        }
        return received.compareTo(ceiling) > 0 ? ceiling : received;
    }
}
