package org.vrrp4j.runtime;

import java.util.function.Supplier;
import org.vrrp4j.config.PauseGrace;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.protocol.RouterMachine;
import org.vrrp4j.spi.AdvertisementChannel;
import org.vrrp4j.spi.AdvertisementQueue;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.QueuedTimes;

/**
 * Hands the next advertisements of one router over to its transport, ahead of their times. Queue and machine have one
 * time line: the queue begins at the machine's next time and goes on at its interval, and whatever was sent is told to
 * the machine with its own time before anything else is. As soon as the machine means something else the queue is
 * cancelled, before any effect of that is run; what comes out then settles whether the one that is just due has gone.
 */
final class AdvertisementsAhead {
    private final RouterMachine machine;
    private final EventLoop loop;
    private final Supplier<PauseGrace> graces;
    private final Runnable onNews;
    private AdvertisementQueue queue;
    private AdvertisementChannel channel;
    private AdvertisementChannel withoutQueues;
    private Advertisement queued;
    private QueuedTimes times;
    private long graceNanos;
    private long told;

    /**
     * Nothing has been handed over yet.
     *
     * @param graces how far ahead a new queue is to be; none if there is to be none
     * @param onNews called when {@link #hasSent()}, or the queue has ended
     */
    AdvertisementsAhead(RouterMachine machine, EventLoop loop, Supplier<PauseGrace> graces, Runnable onNews) {
        this.machine = machine;
        this.loop = loop;
        this.graces = graces;
        this.onNews = onNews;
    }

    /** Whether the next advertisement is not the loop's to send in time. */
    boolean isNextQueued() {
        return queue != null;
    }

    /** Whether one has been sent that the machine has not been told. */
    boolean hasSent() {
        return queue != null && queue.sent() > told;
    }

    /** The time of the first of these, which counts as told from now on. */
    long takeSent() {
        long nanos = times.nanosOf(told);
        told++;
        return nanos;
    }

    /**
     * After each step of the machine and before its effects: cancels what it does not mean any more.
     *
     * @return how many have been sent of which the machine has not been told, the last of them just now or just before
     */
    int review(AdvertisementChannel open) {
        if (queue == null || isMeant(open)) {
            return 0;
        }
        queue.close();
        int untold = (int) (queue.sent() - told);
        queue = null;
        return untold;
    }

    private boolean isMeant(AdvertisementChannel open) {
        return machine.upcoming() == queued && machine.upcomingNanos() == times.nanosOf(told) && channel == open;
    }

    /**
     * Whether the queue has ended, and what it should have sent next is overdue: after a pause that was longer than the
     * grace, or a failure. The loop sends that.
     */
    boolean isOverdue() {
        boolean overdue = queue != null && queue.isOver() && machine.upcomingNanos() - loop.nanoTime() <= 0;
        if (overdue) {
            close();
        }
        return overdue;
    }

    private void close() {
        queue.close();
        queue = null;
    }

    /**
     * Sees to it that everything is queued that falls into the grace.
     *
     * @param open the channel of now, or null
     * @param works whether the last advertisement reached everybody: if not, the loop goes on trying
     */
    void extend(RouterConfig config, Advertiser advertiser, AdvertisementChannel open, boolean works) {
        Advertisement upcoming = machine.upcoming();
        if (upcoming == null || open == null || open == withoutQueues) {
            return;
        }
        long now = loop.nanoTime();
        if (queue == null && works && machine.upcomingNanos() - now > 0) {
            PauseGrace grace = graces.get();
            if (grace.covers(config)) {
                open(config, advertiser, open, upcoming, grace);
            }
        }
        if (queue != null) {
            queue.extend(now + graceNanos);
            if (queue.isOver()) {
                close();
            }
        }
    }

    private void open(
            RouterConfig config,
            Advertiser advertiser,
            AdvertisementChannel open,
            Advertisement upcoming,
            PauseGrace grace) {
        graceNanos = grace.duration().toNanos();
        times = new QueuedTimes(
                machine.upcomingNanos(),
                config.advertisementInterval().toNanos(),
                machine.upcomingValidNanos(),
                grace.reserve().toNanos());
        queue = open.queue(advertiser.messages(upcoming), times, onNews).orElse(null);
        withoutQueues = queue == null ? open : null;
        channel = open;
        queued = upcoming;
        told = 0;
    }
}
