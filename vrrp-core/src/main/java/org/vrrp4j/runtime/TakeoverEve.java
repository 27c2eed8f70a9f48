package org.vrrp4j.runtime;

import java.time.Duration;
import org.vrrp4j.model.Role;
import org.vrrp4j.spi.EventLoop;

/**
 * The last milliseconds before a backup takes over, as far as that can be foreseen: when its master has been silent for
 * nearly long enough. The loop stays awake then until the takeover has been made, and something is done before it if
 * there is the time. On the loop's thread.
 */
final class TakeoverEve {
    /** What is done takes some two milliseconds, and must not make the takeover late. */
    private static final long LEAD_NANOS = Duration.ofMillis(6).toNanos();

    /** A master that advertises is not silent for so long. */
    private static final int PART_OF_INTERVAL = 2;

    /** For the takeover itself. */
    private static final long AFTERMATH_NANOS = Duration.ofMillis(1).toNanos();

    private final EventLoop loop;
    private final Runnable task;
    private final EventLoop.Timer timer;
    private boolean armed;
    private long deadlineNanos;

    TakeoverEve(EventLoop loop, Runnable task) {
        this.loop = loop;
        this.task = task;
        this.timer = loop.newTimer(this::onEve);
    }

    /** A router of this role will act next at a deadline; a packet that comes before that moves it. */
    void onDeadline(Role role, long now, long deadline, Duration interval) {
        if (role != Role.BACKUP) {
            cancel();
            return;
        }
        deadlineNanos = deadline;
        long eve = deadline - Math.min(LEAD_NANOS, interval.toNanos() / PART_OF_INTERVAL);
        if (eve - now > 0) {
            armed = true;
            timer.arm(eve);
        } else {
            cancel();
            stayAwake();
        }
    }

    private void onEve() {
        armed = false;
        stayAwake();
        task.run();
    }

    private void stayAwake() {
        loop.stayAwake(deadlineNanos + AFTERMATH_NANOS);
    }

    void cancel() {
        if (armed) {
            armed = false;
            timer.cancel();
        }
    }
}
