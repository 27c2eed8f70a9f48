package org.vrrp4j.netty;

import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.spi.EventLoop;

/**
 * The timers of one loop, in a binary heap by their time: of several of the same time the first one armed is first.
 * Arming and running one makes no object. A timer that is armed for later stays where it is until it comes to the top,
 * so that moving it with each packet costs next to nothing. On the loop's thread.
 */
final class LoopTimers {
    private static final Logger LOG = LoggerFactory.getLogger(LoopTimers.class);
    private static final int INITIAL_SIZE = 16;

    private LoopTimer[] heap = new LoopTimer[INITIAL_SIZE];
    private int size;
    private LoopTimer[] due = new LoopTimer[INITIAL_SIZE];
    private long armings;

    /** A timer that is not armed. */
    EventLoop.Timer newTimer(Runnable task) {
        return new LoopTimer(task);
    }

    /** A timer that is armed once. */
    EventLoop.Scheduled schedule(long deadlineNanos, Runnable task) {
        LoopTimer timer = new LoopTimer(task);
        timer.arm(deadlineNanos);
        return timer;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Whether one is due at a time. */
    boolean isDue(long now) {
        return size > 0 && first().deadline - now <= 0;
    }

    /** When the next one is due; undefined if there is none. */
    long nearestNanos() {
        return first().deadline;
    }

    /**
     * Runs what is due at a time and, if anything is, what may run together with it; not what is armed meanwhile.
     *
     * @param afterEach is run after each of them
     */
    void runDue(long now, Runnable afterEach) {
        int count = 0;
        while (size > 0 && first().deadline - now <= 0) {
            count = take(count);
        }
        while (count > 0 && size > 0 && first().earliest - now <= 0) {
            count = take(count);
        }
        int done = 0;
        try {
            while (done < count) {
                LoopTimer timer = due[done];
                due[done++] = null;
                timer.runIfDue();
                afterEach.run();
            }
        } finally {
            // after an error that ends this turn
            while (done < count) {
                due[done].putBack();
                due[done++] = null;
            }
        }
    }

    private int take(int count) {
        if (count == due.length) {
            due = Arrays.copyOf(due, 2 * count);
        }
        due[count] = heap[0];
        heap[0].isDue = true;
        remove(heap[0]);
        return count + 1;
    }

    /** Forgets all. */
    void clear() {
        while (size > 0) {
            remove(heap[size - 1]);
        }
    }

    /** The one whose turn is next, now that those before it have been put where they belong. */
    private LoopTimer first() {
        LoopTimer top = heap[0];
        while (top.place != top.arming) {
            top.settle();
            siftDown(top);
            top = heap[0];
        }
        return top;
    }

    private void add(LoopTimer timer) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        timer.index = size++;
        siftUp(timer);
    }

    private void remove(LoopTimer timer) {
        LoopTimer last = heap[--size];
        heap[size] = null;
        if (last != timer) {
            last.index = timer.index;
            siftDown(last);
            siftUp(last);
        }
        timer.index = -1;
    }

    private void siftUp(LoopTimer timer) {
        int at = timer.index;
        while (at > 0 && timer.isBefore(heap[(at - 1) / 2])) {
            put(heap[(at - 1) / 2], at);
            at = (at - 1) / 2;
        }
        put(timer, at);
    }

    private void siftDown(LoopTimer timer) {
        int at = timer.index;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && heap[child + 1].isBefore(heap[child])) {
                child++;
            }
            if (!heap[child].isBefore(timer)) {
                break;
            }
            put(heap[child], at);
            at = child;
        }
        put(timer, at);
    }

    private void put(LoopTimer timer, int index) {
        heap[index] = timer;
        timer.index = index;
    }

    private final class LoopTimer implements EventLoop.Timer, EventLoop.Scheduled {
        private final Runnable task;
        /** Its index in the heap, or -1. */
        private int index = -1;
        /** By time and number of the arming that it stands for in the heap; then it may have been armed for later. */
        private long placeNanos;

        private long place;
        private long arming;
        private long deadline;
        private long earliest;
        private boolean isDue;

        LoopTimer(Runnable task) {
            this.task = task;
        }

        @Override
        public void arm(long earliestNanos, long deadlineNanos) {
            earliest = earliestNanos;
            deadline = deadlineNanos;
            arming = ++armings;
            isDue = false;
            if (index < 0) {
                settle();
                add(this);
            } else if (deadline - placeNanos < 0) {
                settle();
                siftUp(this);
            }
        }

        void settle() {
            placeNanos = deadline;
            place = arming;
        }

        boolean isBefore(LoopTimer other) {
            long later = placeNanos - other.placeNanos;
            return later < 0 || later == 0 && place < other.place;
        }

        @Override
        public void cancel() {
            isDue = false;
            if (index >= 0) {
                remove(this);
            }
        }

        void putBack() {
            if (isDue) {
                arm(earliest, deadline);
            }
        }

        void runIfDue() {
            if (isDue) {
                isDue = false;
                try {
                    task.run();
                } catch (RuntimeException e) {
                    LOG.error("a task failed unexpectedly; going on", e);
                }
            }
        }
    }
}
