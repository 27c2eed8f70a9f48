package org.vrrp4j.linux.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.vrrp4j.spi.EventLoop;

/** A loop that runs what is due when the test says so. */
public final class ManualLoop implements EventLoop {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<Deadline> deadlines = new ArrayList<>();
    private final List<Runnable> readables = new ArrayList<>();
    private boolean inLoop = true;
    private long now;

    private record Deadline(long nanos, Runnable task) {}

    /** Lets the watched descriptors be readable once, then runs what has been queued. */
    public void turn() {
        List.copyOf(readables).forEach(Runnable::run);
        runTasks();
    }

    /** Runs what has been queued. */
    public void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    /** Lets time pass and runs what is due. */
    public void advance(long nanos) {
        now += nanos;
        List<Deadline> due =
                deadlines.stream().filter(deadline -> deadline.nanos <= now).toList();
        deadlines.removeAll(due);
        due.forEach(deadline -> deadline.task.run());
        runTasks();
    }

    /** Whether the caller counts as the loop's thread. */
    public void setInLoop(boolean value) {
        inLoop = value;
    }

    /** How many descriptors are watched. */
    public int watches() {
        return readables.size();
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public boolean inEventLoop() {
        return inLoop;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Scheduled schedule(long deadlineNanos, Runnable task) {
        Deadline deadline = new Deadline(deadlineNanos, task);
        deadlines.add(deadline);
        return () -> deadlines.remove(deadline);
    }

    @Override
    public Watch watch(int fileDescriptor, Runnable onReadable) {
        readables.add(onReadable);
        return () -> readables.remove(onReadable);
    }

    @Override
    public void close() {
        tasks.clear();
    }
}
