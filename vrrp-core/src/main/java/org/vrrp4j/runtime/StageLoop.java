package org.vrrp4j.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.vrrp4j.spi.EventLoop;

/** A loop without thread or descriptors, whose clock jumps to whatever is due next. */
final class StageLoop implements EventLoop {
    private static final int MAX_TASKS = 1000;

    private final List<Task> tasks = new ArrayList<>();
    private long nanos;

    private record Task(long deadlineNanos, Runnable action) {}

    StageLoop(long nanos) {
        this.nanos = nanos;
    }

    /** Runs what is due, one after the other, until a condition holds; answers whether it does. */
    boolean runUntil(BooleanSupplier condition) {
        for (int i = 0; i < MAX_TASKS && !condition.getAsBoolean() && !tasks.isEmpty(); i++) {
            run(next());
        }
        return condition.getAsBoolean();
    }

    /** Runs what is due within some time. */
    void runFor(long duration) {
        long end = nanos + duration;
        for (int i = 0; i < MAX_TASKS && !tasks.isEmpty() && next().deadlineNanos() - end <= 0; i++) {
            run(next());
        }
    }

    private Task next() {
        return tasks.stream()
                .min(Comparator.comparingLong(task -> task.deadlineNanos() - nanos))
                .orElseThrow();
    }

    private void run(Task task) {
        tasks.remove(task);
        nanos += Math.max(0, task.deadlineNanos() - nanos);
        task.action().run();
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public boolean inEventLoop() {
        return true;
    }

    @Override
    public void execute(Runnable task) {
        schedule(nanos, task);
    }

    @Override
    public Scheduled schedule(long deadlineNanos, Runnable task) {
        Task added = new Task(deadlineNanos, task);
        tasks.add(added);
        return () -> tasks.remove(added);
    }

    @Override
    public Watch watch(int fileDescriptor, Runnable onReadable) {
        return () -> {};
    }

    @Override
    public void close() {
        tasks.clear();
    }
}
