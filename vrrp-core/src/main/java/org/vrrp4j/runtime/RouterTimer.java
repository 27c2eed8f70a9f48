package org.vrrp4j.runtime;

import java.time.Duration;
import org.vrrp4j.protocol.RouterMachine;
import org.vrrp4j.spi.EventLoop;

/**
 * The one timer of a router, set to what its machine waits for and what has not been handed over ahead; and the eve of
 * a takeover.
 */
final class RouterTimer {
    private final RouterMachine machine;
    private final AdvertisementsAhead ahead;
    private final EventLoop.Timer timer;
    private final TakeoverEve eve;
    private long dueNanos;

    RouterTimer(
            EventLoop loop, RouterMachine machine, AdvertisementsAhead ahead, Runnable onDue, Runnable beforeTakeover) {
        this.machine = machine;
        this.ahead = ahead;
        this.timer = loop.newTimer(onDue);
        this.eve = new TakeoverEve(loop, beforeTakeover);
    }

    /** When what it was set to last is due. */
    long dueNanos() {
        return dueNanos;
    }

    /**
     * Sets it anew.
     *
     * @param now the time of the machine's last step
     * @param interval between the router's own advertisements
     */
    void set(long now, Duration interval) {
        if (ahead.isNextQueued()) {
            dueNanos = machine.otherDeadlineNanos();
            set(machine.hasOtherDeadline(), dueNanos);
        } else {
            dueNanos = machine.deadlineNanos();
            set(machine.hasDeadline(), machine.earliestNanos());
        }
        if (machine.hasDeadline()) {
            eve.onDeadline(machine.role(), now, machine.deadlineNanos(), interval);
        }
    }

    private void set(boolean wanted, long earliestNanos) {
        if (wanted) {
            timer.arm(earliestNanos, dueNanos);
        } else {
            timer.cancel();
        }
    }

    void cancel() {
        timer.cancel();
        eve.cancel();
    }
}
