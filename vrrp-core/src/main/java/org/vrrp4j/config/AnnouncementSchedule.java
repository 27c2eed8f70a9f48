package org.vrrp4j.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * When a master tells its neighbours where the virtual addresses are, by gratuitous ARP or unsolicited neighbour
 * advertisements: at some times after an occasion, and then again and again if a refresh is set.
 *
 * @param offsets times after the occasion, not negative, in ascending order; equal times are a burst
 * @param refresh the distance of the refreshes after the last offset; zero for none
 */
public record AnnouncementSchedule(List<Duration> offsets, Duration refresh) {
    /** The longest offset and the longest refresh. */
    public static final Duration MAX = Duration.ofDays(1);

    /** The most announcements that one occasion may have. */
    public static final int MAX_COUNT = 1000;

    /**
     * At 0, 100 ms, 500 ms, 1.1 s and 2.5 s, and no refresh: the first is on the critical path of a take-over, the next
     * ones are for frames that were lost or came while a switch was still learning.
     */
    public static final AnnouncementSchedule DEFAULT = new AnnouncementSchedule(
            List.of(
                    Duration.ZERO,
                    Duration.ofMillis(100),
                    Duration.ofMillis(500),
                    Duration.ofMillis(1100),
                    Duration.ofMillis(2500)),
            Duration.ZERO);

    /**
     * Checks the order and ranges.
     *
     * @throws IllegalArgumentException if an offset is negative, too long or less than the one before, or there
     *     are too many
     */
    public AnnouncementSchedule {
        offsets = List.copyOf(offsets);
        if (offsets.size() > MAX_COUNT) {
            throw new IllegalArgumentException("at most " + MAX_COUNT + " announcements: offsets=" + offsets.size());
        }
        Duration previous = Duration.ZERO;
        for (Duration offset : offsets) {
            if (offset.compareTo(previous) < 0 || offset.compareTo(MAX) > 0) {
                throw new IllegalArgumentException("offsets must ascend from 0 to one day: offset=" + offset);
            }
            previous = offset;
        }
        if (refresh.isNegative() || refresh.compareTo(MAX) > 0) {
            throw new IllegalArgumentException("refresh must be 0 to one day: refresh=" + refresh);
        }
    }

    /**
     * Bursts as keepalived configures them: {@code repeat} announcements at once and, if the delay is not zero, as many
     * after it, {@code gap} apart within a burst.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public static AnnouncementSchedule bursts(int repeat, Duration gap, Duration delay, Duration refresh) {
        List<Duration> offsets = new ArrayList<>();
        for (int i = 0; i < repeat; i++) {
            offsets.add(gap.multipliedBy(i));
        }
        for (int i = 0; i < repeat && !delay.isZero(); i++) {
            offsets.add(delay.plus(gap.multipliedBy(i)));
        }
        offsets.sort(null);
        return new AnnouncementSchedule(offsets, refresh);
    }
}
