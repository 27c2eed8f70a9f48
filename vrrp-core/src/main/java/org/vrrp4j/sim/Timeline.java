package org.vrrp4j.sim;

import java.time.Instant;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.vrrp4j.spi.EventLoop;

/**
 * Everything that is going to happen in a network, ordered by time and then by when it was asked for; and the clock.
 * One thread at a time runs what is due.
 */
abstract class Timeline {
    private final SplittableRandom random;
    private final PriorityQueue<Task> tasks = new PriorityQueue<>(64);
    private long sequence;

    Timeline(SplittableRandom random) {
        this.random = random;
    }

    /** The chance of the whole network; only for the thread that runs the tasks. */
    final SplittableRandom random() {
        return random;
    }

    abstract long nanoTime();

    abstract Instant wallTime();

    abstract boolean isRunningThread();

    /** Runs an action between two tasks and waits until it has run. */
    abstract <T> T ask(Supplier<T> action);

    final void call(Runnable action) {
        ask(() -> {
            action.run();
            return null;
        });
    }

    Task schedule(long atNanos, Runnable action) {
        Task task = new Task(atNanos, sequence++, action);
        tasks.add(task);
        return task;
    }

    final Task after(long delayNanos, Runnable action) {
        return schedule(nanoTime() + delayNanos, action);
    }

    /** The next task that has not been cancelled, or null. */
    final Task peek() {
        Task next = tasks.peek();
        while (next != null && next.action == null) {
            tasks.poll();
            next = tasks.peek();
        }
        return next;
    }

    final void remove(Task next) {
        tasks.remove(next);
    }

    /** Times are compared by their difference, so the clock may overflow. */
    static final class Task implements Comparable<Task>, EventLoop.Scheduled {
        private final long atNanos;
        private final long sequence;
        private volatile Runnable action;

        Task(long atNanos, long sequence, Runnable action) {
            this.atNanos = atNanos;
            this.sequence = sequence;
            this.action = action;
        }

        long atNanos() {
            return atNanos;
        }

        void run() {
            Runnable due = action;
            if (due != null) {
                due.run();
            }
        }

        @Override
        public void cancel() {
            action = null;
        }

        @Override
        public int compareTo(Task other) {
            long difference = atNanos - other.atNanos;
            return difference == 0 ? Long.compare(sequence, other.sequence) : Long.signum(difference);
        }
    }
}
