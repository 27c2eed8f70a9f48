package org.vrrp4j.linux.uring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.socket.PreparedMessage;
import org.vrrp4j.spi.AdvertisementQueue;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.QueuedTimes;

/**
 * The queues of a node, many to a ring: what they add in one turn of the loop is handed over with one system call. Each
 * ring is a descriptor of the loop, as what the kernel has done is told by it.
 *
 * <p><b>Thread:</b> the loop's. <b>Blocking:</b> never. <b>Idempotence:</b> {@link #close()} may be called twice.
 */
public final class KernelQueues implements AutoCloseable {
    /** To move a guard the kernel goes through the timers of its ring one by one; a queue has some ten of them. */
    private static final int QUEUES_PER_RING = 32;

    private static final int CLOCK_MONOTONIC = 1;
    private static final int TIMESPEC_BYTES = 16;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final EventLoop loop;
    private final UringCalls calls;
    private final long clockOffset;
    private final List<QueueRing> rings = new ArrayList<>();

    private KernelQueues(EventLoop loop, UringCalls calls) {
        this.loop = loop;
        this.calls = calls;
        this.clockOffset = clockOffset(loop);
    }

    /**
     * Sets up the first ring, to see whether this host can do it.
     *
     * @param loop whose thread is the caller's
     * @throws IOException if it cannot; the message says why, and what to do about it
     */
    public static KernelQueues open(EventLoop loop) throws IOException {
        return open(loop, UringCalls.KERNEL);
    }

    static KernelQueues open(EventLoop loop, UringCalls calls) throws IOException {
        KernelQueues queues = new KernelQueues(loop, calls);
        try {
            queues.rings.add(new QueueRing(loop, calls, queues.clockOffset));
        } catch (LinuxException e) {
            throw new IOException(UringAvailability.reason(e), e);
        }
        return queues;
    }

    /** What is to be added to a time of the loop for one of CLOCK_MONOTONIC; in common JVMs they are the same. */
    private static long clockOffset(EventLoop loop) {
        ByteBuffer time = ByteBuffer.allocateDirect(TIMESPEC_BYTES).order(ByteOrder.nativeOrder());
        long address = Libc.address(time);
        long before = loop.nanoTime();
        Libc.clock_gettime(CLOCK_MONOTONIC, address);
        long after = loop.nanoTime();
        long monotonic = time.getLong(0) * NANOS_PER_SECOND + time.getLong(Long.BYTES);
        boolean same = monotonic - before >= 0 && after - monotonic >= 0;
        return same ? 0 : monotonic - (before + (after - before) / 2);
    }

    /**
     * Opens a queue.
     *
     * @param messages what is sent each time, in this order
     * @param onNews called when something has been sent, or the queue is broken
     * @return empty if there are too many messages, or the host has no more rings
     */
    public Optional<AdvertisementQueue> queue(List<PreparedMessage> messages, QueuedTimes times, Runnable onNews) {
        if (!KernelQueue.fits(messages.size())) {
            return Optional.empty();
        }
        for (QueueRing ring : rings) {
            if (ring.size() < QUEUES_PER_RING && !ring.hasFailed()) {
                return Optional.of(ring.open(messages, times, onNews));
            }
        }
        try {
            QueueRing added = new QueueRing(loop, calls, clockOffset);
            rings.add(added);
            return Optional.of(added.open(messages, times, onNews));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Cancels what is queued. */
    @Override
    public void close() {
        rings.forEach(QueueRing::close);
        rings.clear();
    }
}
