package org.vrrp4j.linux.uring;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.socket.PreparedMessage;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.QueuedTimes;

/**
 * One ring in the loop and the queues on it. The user data of a request is a place, which belongs to a queue as long as
 * requests of it are under way, and the kind of the request.
 */
final class QueueRing implements AutoCloseable {
    static final int ENTRIES = 256;

    private static final Logger LOG = LoggerFactory.getLogger(QueueRing.class);
    private static final int COMPLETIONS = 4096;
    private static final int FIRST_PLACES = 64;

    private final EventLoop loop;
    private final long clockOffset;
    private final IoUring ring;
    private final EventLoop.Watch watch;
    private final List<KernelQueue> queues = new ArrayList<>();
    private final ArrayDeque<KernelQueue> withNews = new ArrayDeque<>();
    private final IoUring.Completions completions = this::onCompleted;
    private final Runnable submission = this::submitSoon;
    private final Runnable news = this::tellNews;
    private KernelQueue[] owners = new KernelQueue[FIRST_PLACES];
    private boolean submitting;
    private boolean telling;
    private boolean failed;
    private boolean closed;

    QueueRing(EventLoop loop, UringCalls calls, long clockOffset) throws IOException {
        this.loop = loop;
        this.clockOffset = clockOffset;
        this.ring = IoUring.open(calls, ENTRIES, COMPLETIONS);
        try {
            this.watch = loop.watch(ring.fd(), this::onReadable);
        } catch (IOException e) {
            ring.close();
            throw e;
        }
    }

    KernelQueue open(List<PreparedMessage> messages, QueuedTimes times, Runnable onNews) {
        KernelQueue queue = new KernelQueue(this, messages, times, clockOffset, onNews);
        queues.add(queue);
        return queue;
    }

    void remove(KernelQueue queue) {
        queues.remove(queue);
        withNews.remove(queue);
    }

    int size() {
        return queues.size();
    }

    boolean hasFailed() {
        return failed || closed;
    }

    IoUring ring() {
        return ring;
    }

    /** A place that is free now, for a queue. */
    int take(KernelQueue owner) {
        for (int i = 0; i < owners.length; i++) {
            if (owners[i] == null) {
                owners[i] = owner;
                return i;
            }
        }
        int place = owners.length;
        owners = Arrays.copyOf(owners, 2 * place);
        owners[place] = owner;
        return place;
    }

    /** Nothing of that place is under way any more. */
    void free(int place) {
        owners[place] = null;
    }

    /** Makes room for requests that are submitted together; answers whether there is some. */
    boolean makeRoom(int requests) {
        if (!hasFailed() && ring.room() < requests) {
            submit();
        }
        return !hasFailed() && ring.room() >= requests;
    }

    /** Submits what is prepared, at the end of the turn, along with that of others. */
    void submitLater() {
        if (!submitting) {
            submitting = true;
            loop.execute(submission);
        }
    }

    private void submitSoon() {
        submitting = false;
        if (!hasFailed()) {
            submit();
            // what the kernel has completed by the way is told by the descriptor
        }
    }

    /** Submits what is prepared, now. */
    void submit() {
        try {
            ring.submit();
        } catch (LinuxException e) {
            fail(e);
        }
    }

    private void fail(LinuxException e) {
        LOG.warn("advertisements are not queued any more on one ring of io_uring: {}", e.getMessage());
        giveUp();
    }

    /** The kernel cancels everything with the ring; the routers go on without. */
    void giveUp() {
        failed = true;
        watch.close();
        ring.close();
        for (KernelQueue queue : queues) {
            queue.onRingFailed();
            queue.markNews(withNews);
        }
        tellNewsLater();
    }

    /** Takes notice of what has completed, on the way to something else; the news of other queues are told later. */
    void poll() {
        if (!hasFailed() && ring.hasCompletions()) {
            ring.reap(completions);
            tellNewsLater();
        }
    }

    private void tellNewsLater() {
        if (!withNews.isEmpty() && !telling) {
            telling = true;
            loop.execute(news);
        }
    }

    private void onReadable() {
        if (!hasFailed()) {
            ring.reap(completions);
            tellNews();
        }
    }

    private void tellNews() {
        telling = false;
        for (KernelQueue next = withNews.poll(); next != null; next = withNews.poll()) {
            next.tellNews();
        }
    }

    private void onCompleted(long userData, int result) {
        int place = KernelQueue.placeOf(userData);
        KernelQueue owner = owners[place];
        if (owner != null && owner.onCompleted(userData, result)) {
            owner.markNews(withNews);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        List.copyOf(queues).forEach(KernelQueue::close);
        if (!hasFailed()) {
            watch.close();
            ring.close();
        }
        closed = true;
    }
}
