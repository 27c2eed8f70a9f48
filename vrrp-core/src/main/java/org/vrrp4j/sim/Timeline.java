package org.vrrp4j.sim;

import java.time.Instant;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Everything that is going to happen in a network, and the true time, which the clock of a host follows more or less.
 * One thread at a time runs what is due.
 */
abstract class Timeline {
    private final SplittableRandom random;
    private final TaskQueue tasks = new TaskQueue();

    Timeline(SplittableRandom random) {
        this.random = random;
    }

    /** The chance of the whole network; only for the thread that runs the tasks. */
    final SplittableRandom random() {
        return random;
    }

    final boolean chance(double share) {
        return share > 0 && random.nextDouble() < share;
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

    void add(Task task, long atNanos) {
        tasks.add(task, atNanos);
    }

    final void schedule(long atNanos, Runnable action) {
        add(Task.of(action), atNanos);
    }

    final void after(long delayNanos, Runnable action) {
        schedule(nanoTime() + delayNanos, action);
    }

    final void after(long delayNanos, Task task) {
        add(task, nanoTime() + delayNanos);
    }

    /** The next task, or null. */
    final Task peek() {
        return tasks.peek();
    }

    /** Takes the next task. */
    final Task poll() {
        return tasks.poll();
    }
}
