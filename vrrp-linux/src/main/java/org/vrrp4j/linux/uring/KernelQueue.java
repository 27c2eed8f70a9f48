package org.vrrp4j.linux.uring;

import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.socket.PreparedMessage;
import org.vrrp4j.spi.AdvertisementQueue;
import org.vrrp4j.spi.QueuedTimes;

/**
 * The advertisements of one router on a ring, in chains of linked requests: what is queued at once is one chain, of
 * which only the first timer that is due runs. The package tells the rest.
 */
final class KernelQueue implements AdvertisementQueue {
    private static final Logger LOG = LoggerFactory.getLogger(KernelQueue.class);

    private static final int KIND_BITS = 3;
    private static final int TIMEOUT = 1;
    private static final int CHECK = 2;
    private static final int SEND = 3;
    private static final int LAST_SEND = 4;
    private static final int GUARD = 5;
    private static final int REMOVAL = 6;

    private static final int NOBODY = -1;
    /** An eighth of the grace is added at a time, so there are some ten. */
    private static final int MAX_CHAINS = 32;

    private static final int MOST_CANCELLATIONS = 1000;

    private final QueueRing owner;
    private final IoUring ring;
    private final List<PreparedMessage> messages;
    private final QueuedTimes times;
    private final long clockOffset;
    private final Runnable onNews;
    private final int requestsPerTime;
    // by chain: its place, and how many of its requests have not completed
    private final int[] places = new int[MAX_CHAINS];
    private final int[] left = new int[MAX_CHAINS];
    private int guard = NOBODY;
    private long queued;
    private long sent;
    private boolean hasNews;
    private boolean broken;
    private boolean closed;

    KernelQueue(QueueRing owner, List<PreparedMessage> messages, QueuedTimes times, long clockOffset, Runnable onNews) {
        this.owner = owner;
        this.ring = owner.ring();
        this.messages = List.copyOf(messages);
        this.times = times;
        this.clockOffset = clockOffset;
        this.onNews = onNews;
        this.requestsPerTime = requestsPerTime(messages.size());
    }

    /** Whether one advertisement of so many messages can be queued. */
    static boolean fits(int messages) {
        return messages > 0 && requestsPerTime(messages) < QueueRing.ENTRIES;
    }

    private static int requestsPerTime(int messages) {
        return 2 + messages;
    }

    static int placeOf(long userData) {
        return (int) (userData >> KIND_BITS);
    }

    private static long userData(int place, int kind) {
        return (long) place << KIND_BITS | kind;
    }

    @Override
    public void extend(long untilNanos) {
        if (broken || closed || times.nanosOf(queued) - untilNanos > 0) {
            return;
        }
        long end = untilNanos + times.reserveNanos();
        boolean added = true;
        while (added && times.nanosOf(queued) - end <= 0) {
            added = addChain(end);
        }
        owner.submitLater();
    }

    /** As many as the ring takes at once; answers whether there was room for them. */
    private boolean addChain(long end) {
        int most = (QueueRing.ENTRIES - 1) / requestsPerTime;
        int wanted = (int) Math.min(most, (end - times.nanosOf(queued)) / times.intervalNanos() + 1);
        int chain = freeChain();
        if (chain < 0 || !owner.makeRoom(wanted * requestsPerTime + 1)) {
            return false;
        }
        if (guard == NOBODY) {
            guard = owner.take(this);
            ring.timeout(userData(guard, GUARD), latest(queued), false);
        }
        places[chain] = owner.take(this);
        left[chain] = wanted * requestsPerTime;
        for (int i = 0; i < wanted; i++) {
            addTime(places[chain], i == wanted - 1);
        }
        return true;
    }

    private int freeChain() {
        for (int i = 0; i < MAX_CHAINS; i++) {
            if (left[i] == 0) {
                return i;
            }
        }
        return NOBODY;
    }

    private void addTime(int place, boolean lastOfChain) {
        ring.timeout(userData(place, TIMEOUT), times.nanosOf(queued) + clockOffset, true);
        queued++;
        ring.moveTimeout(userData(place, CHECK), userData(guard, GUARD), latest(queued), true);
        int lastMessage = messages.size() - 1;
        for (int i = 0; i <= lastMessage; i++) {
            PreparedMessage message = messages.get(i);
            boolean last = i == lastMessage;
            ring.sendMessage(
                    userData(place, last ? LAST_SEND : SEND), message.fd(), message.header(), !last || !lastOfChain);
        }
    }

    /** Until when the advertisement of a number may be sent, by the clock of the kernel. */
    private long latest(long number) {
        return times.nanosOf(number) + times.validNanos() + clockOffset;
    }

    /** Answers whether that is news. */
    boolean onCompleted(long userData, int result) {
        int kind = (int) (userData & (1 << KIND_BITS) - 1);
        if (kind == REMOVAL) {
            return false;
        }
        if (kind == GUARD) {
            owner.free(guard);
            guard = NOBODY;
            return breakOff(kind, result);
        }
        onChainCompleted(placeOf(userData));
        boolean succeeded = kind == TIMEOUT ? Errno.ETIME.is(-result) : result >= 0;
        if (succeeded && kind == LAST_SEND) {
            sent++;
            return true;
        }
        return !succeeded && breakOff(kind, result);
    }

    private void onChainCompleted(int place) {
        for (int i = 0; i < MAX_CHAINS; i++) {
            if (left[i] > 0 && places[i] == place) {
                left[i]--;
                if (left[i] == 0) {
                    owner.free(place);
                }
                return;
            }
        }
    }

    private boolean breakOff(int kind, int result) {
        if (broken || closed) {
            return false;
        }
        broken = true;
        LOG.debug("a queue ends after {} advertisements: request {} with {}", sent, kind, Errno.describe(-result));
        return true;
    }

    void onRingFailed() {
        broken = true;
        guard = NOBODY;
        Arrays.fill(left, 0);
    }

    /** Remembers that there is something to tell. */
    void markNews(Queue<KernelQueue> withNews) {
        if (!hasNews && !closed) {
            hasNews = true;
            withNews.add(this);
        }
    }

    void tellNews() {
        hasNews = false;
        if (!closed) {
            onNews.run();
        }
    }

    @Override
    public long sent() {
        if (!closed) {
            owner.poll();
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

    /** What has begun when the kernel is asked to cancel is sent first, so it is asked until nothing is under way. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        owner.poll();
        for (int i = 0; i < MOST_CANCELLATIONS && isUnderWay() && !owner.hasFailed(); i++) {
            cancel();
            owner.poll();
        }
        if (isUnderWay() && !owner.hasFailed()) {
            LOG.error("the kernel does not cancel advertisements that are queued; its ring is given up");
            owner.giveUp();
        }
        owner.remove(this);
    }

    private boolean isUnderWay() {
        if (guard != NOBODY) {
            return true;
        }
        for (int each : left) {
            if (each > 0) {
                return true;
            }
        }
        return false;
    }

    private void cancel() {
        if (!owner.makeRoom(MAX_CHAINS + 1)) {
            return;
        }
        for (int i = 0; i < MAX_CHAINS; i++) {
            if (left[i] > 0) {
                ring.removeTimeout(userData(places[i], REMOVAL), userData(places[i], TIMEOUT));
            }
        }
        if (guard != NOBODY) {
            ring.removeTimeout(userData(guard, REMOVAL), userData(guard, GUARD));
        }
        owner.submit();
    }
}
