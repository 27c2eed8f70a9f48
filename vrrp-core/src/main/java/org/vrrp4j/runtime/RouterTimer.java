package org.vrrp4j.runtime;

import org.vrrp4j.protocol.RouterMachine;
import org.vrrp4j.spi.EventLoop;

/** The one timer of a router, set to what its machine waits for and what has not been handed over ahead. */
final class RouterTimer {
    private final RouterMachine machine;
    private final AdvertisementsAhead ahead;
    private final EventLoop.Timer timer;
    private long dueNanos;

    RouterTimer(EventLoop loop, RouterMachine machine, AdvertisementsAhead ahead, Runnable onDue) {
        this.machine = machine;
        this.ahead = ahead;
        this.timer = loop.newTimer(onDue);
    }

    /** When what it was set to last is due. */
    long dueNanos() {
        return dueNanos;
    }

    /** Sets it anew. */
    void set() {
        if (ahead.isNextQueued()) {
            dueNanos = machine.otherDeadlineNanos();
            set(machine.hasOtherDeadline(), dueNanos);
        } else {
            dueNanos = machine.deadlineNanos();
            set(machine.hasDeadline(), machine.earliestNanos());
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
    }
}
