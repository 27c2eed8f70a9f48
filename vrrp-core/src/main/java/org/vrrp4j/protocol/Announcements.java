package org.vrrp4j.protocol;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.vrrp4j.config.AnnouncementSchedule;

/**
 * How far the announcements of an occasion have come: becoming master, or a conflict. The refresh goes on after both.
 */
final class Announcements {
    private long refreshNanos;
    private List<Duration> offsets = List.of();
    private int done;
    private long occasionNanos;
    private long lastNanos;

    void refreshEvery(Duration refresh) {
        refreshNanos = refresh.toNanos();
    }

    void start(long nowNanos, AnnouncementSchedule schedule) {
        offsets = schedule.offsets();
        done = 0;
        occasionNanos = nowNanos;
        lastNanos = nowNanos;
    }

    /** Takes the next announcement if its time has come. */
    boolean takeDue(long nowNanos) {
        OptionalLong next = next();
        if (next.isEmpty() || next.getAsLong() - nowNanos > 0) {
            return false;
        }
        done = Math.min(done + 1, offsets.size());
        lastNanos = nowNanos;
        return true;
    }

    /** When the next announcement is due. */
    OptionalLong next() {
        if (done < offsets.size()) {
            return OptionalLong.of(occasionNanos + offsets.get(done).toNanos());
        }
        return refreshNanos == 0 ? OptionalLong.empty() : OptionalLong.of(lastNanos + refreshNanos);
    }
}
