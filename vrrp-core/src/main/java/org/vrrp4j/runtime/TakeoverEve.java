package org.vrrp4j.runtime;

import java.time.Duration;
import org.vrrp4j.model.Role;
import org.vrrp4j.spi.EventLoop;

/**
 * Has something done shortly before a backup takes over, as far as that can be foreseen: when its master has been
 * silent for nearly long enough. On the loop's thread.
 */
final class TakeoverEve {
    private static final long LONGEST_LEAD_NANOS = Duration.ofMillis(20).toNanos();
    /** What is done takes a millisecond or so, and must not make the takeover late. */
    private static final long SHORTEST_LEAD_NANOS = Duration.ofMillis(5).toNanos();

    private static final int PART_OF_INTERVAL = 8;

    private final EventLoop.Timer timer;
    private boolean armed;

    TakeoverEve(EventLoop loop, Runnable task) {
        timer = loop.newTimer(task);
    }

    /** A router of this role will act next at a deadline; a packet that comes before that moves it. */
    void onDeadline(Role role, long now, long deadlineNanos, Duration interval) {
        long lead = Math.min(LONGEST_LEAD_NANOS, interval.toNanos() / PART_OF_INTERVAL);
        long eve = deadlineNanos - lead;
        if (role == Role.BACKUP && lead >= SHORTEST_LEAD_NANOS && eve - now > 0) {
            armed = true;
            timer.arm(eve);
        } else {
            cancel();
        }
    }

    void cancel() {
        if (armed) {
            armed = false;
            timer.cancel();
        }
    }
}
