package org.vrrp4j.config;

import java.time.Duration;
import java.util.Objects;

/**
 * How often a master announces an address on each interface that has some of its addresses and that its advertisements
 * do not come from, so that switches do not forget the way there: many do after 300 s. keepalived's {@code
 * garp_extra_if}.
 *
 * @param interval the distance of these announcements, 1 s to {@link AnnouncementSchedule#MAX}; zero for none
 * @param everyInterface whether on every such interface; otherwise only on those of virtual MAC addresses, from which
 *     nothing else may come for long
 */
public record InterfaceRefresh(Duration interval, boolean everyInterface) {
    /** The shortest interval but zero. */
    public static final Duration MIN = Duration.ofSeconds(1);

    /** No such announcements. */
    public static final InterfaceRefresh NONE = new InterfaceRefresh(Duration.ZERO, false);

    /**
     * Checks the interval.
     *
     * @throws IllegalArgumentException if it is neither zero nor 1 s to one day
     */
    public InterfaceRefresh {
        Objects.requireNonNull(interval, "interval");
        boolean inRange = interval.compareTo(MIN) >= 0 && interval.compareTo(AnnouncementSchedule.MAX) <= 0;
        if (!inRange && !interval.isZero()) {
            throw new IllegalArgumentException(
                    "the interval of an interface refresh must be 0, or 1 s to one day:" + " interval=" + interval);
        }
    }
}
