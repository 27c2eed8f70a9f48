package org.vrrp4j.sim;

import java.io.IOException;
import java.util.List;
import org.vrrp4j.spi.AdvertisementQueue;
import org.vrrp4j.spi.OutgoingMessage;
import org.vrrp4j.spi.QueuedTimes;

/**
 * What the kernel of a host sends by itself: also while the process stalls, but neither when it is dead nor while it is
 * frozen, and nothing of what was due then and is no longer valid when it thaws.
 */
final class SimulatedQueue extends Task implements AdvertisementQueue {
    private final SimulatedProcess process;
    private final SimulatedChannel channel;
    private final List<OutgoingMessage> messages;
    private final QueuedTimes times;
    private final Runnable onNews;
    private long queued;
    private long sent;
    private boolean waiting;
    private boolean broken;
    private boolean closed;

    SimulatedQueue(
            SimulatedProcess process,
            SimulatedChannel channel,
            List<OutgoingMessage> messages,
            QueuedTimes times,
            Runnable onNews) {
        this.process = process;
        this.channel = channel;
        // a queue keeps what it was given, whatever becomes of the buffers
        this.messages = messages.stream().map(SimulatedQueue::copy).toList();
        this.times = times;
        this.onNews = onNews;
    }

    private static OutgoingMessage copy(OutgoingMessage message) {
        Packet packet =
                Packet.copy(message.source(), message.destination(), message.hopLimit(), message.message(), false);
        return new OutgoingMessage(
                packet.message(), message.source(), message.destination(), message.hopLimit(), message.mac());
    }

    @Override
    public void extend(long untilNanos) {
        if (times.nanosOf(queued) - untilNanos <= 0) {
            while (times.nanosOf(queued) - untilNanos - times.reserveNanos() <= 0) {
                queued++;
            }
        }
        await();
    }

    private void await() {
        if (!waiting && sent < queued && !isDone() && !process.isFrozen()) {
            waiting = true;
            process.host().timeline().add(this, process.host().clock().trueTimeOf(times.nanosOf(sent)));
        }
    }

    private boolean isDone() {
        return closed || broken || !process.isAlive();
    }

    @Override
    void run() {
        waiting = false;
        long before = sent;
        sendDue();
        await();
        if (sent != before || broken) {
            process.tell(onNews);
        }
    }

    /** The kernel's timers are never later than those of the process. */
    private void sendDue() {
        long now = process.nanoTime();
        while (!isDone() && !process.isFrozen() && sent < queued && times.nanosOf(sent) - now <= 0) {
            if (now - times.nanosOf(sent) > times.validNanos()) {
                broken = true;
            } else {
                send();
            }
        }
    }

    private void send() {
        try {
            for (OutgoingMessage message : messages) {
                channel.transmit(
                        message.message().clear(), message.source(), message.destination(), message.hopLimit());
            }
            sent++;
        } catch (IOException e) {
            broken = true;
        }
    }

    /** The process runs again. */
    void thaw() {
        run();
    }

    @Override
    public long sent() {
        if (!process.isStalled()) {
            sendDue();
        }
        return sent;
    }

    @Override
    public boolean isOver() {
        return broken || sent == queued;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        sendDue();
        closed = true;
        channel.remove(this);
    }
}
