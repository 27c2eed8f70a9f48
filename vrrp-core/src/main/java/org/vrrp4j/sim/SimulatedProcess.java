package org.vrrp4j.sim;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.vrrp4j.spi.EventLoop;

/**
 * A process with its loop. It dies at once, or stalls: then packets and the kernel's news wait for it, and timers run
 * late. A dead process sends nothing, hears nothing and has no timers, but a task from outside still runs, so that the
 * object of a node that died here can be closed.
 */
final class SimulatedProcess implements EventLoop {
    private final SimulatedHost host;
    private final Timeline timeline;
    private final List<SimulatedChannel> channels = new ArrayList<>();
    private final Queue<Runnable> news = new ArrayDeque<>();
    private final List<LoopTask> overdue = new ArrayList<>();
    private volatile boolean closed;
    private boolean alive = true;
    private boolean stalled;
    private long stalledUntilNanos;

    SimulatedProcess(SimulatedHost host) {
        this.host = host;
        this.timeline = host.timeline();
    }

    SimulatedHost host() {
        return host;
    }

    boolean isAlive() {
        return alive;
    }

    boolean isStalled() {
        return stalled;
    }

    boolean hasUnreadNews() {
        return !news.isEmpty();
    }

    void add(SimulatedChannel channel) {
        channels.add(channel);
    }

    void remove(SimulatedChannel channel) {
        channels.remove(channel);
    }

    void closeChannels() {
        List.copyOf(channels).forEach(SimulatedChannel::close);
    }

    void deliver(Packet packet) {
        // a receiver may close its channel
        for (int i = channels.size() - 1; i >= 0; i--) {
            if (i < channels.size()) {
                channels.get(i).receive(packet);
            }
        }
    }

    /** The kernel has something to say: at once, or when the process runs again. */
    void tell(Runnable message) {
        if (!alive || closed) {
            return;
        }
        if (stalled) {
            news.add(message);
        } else {
            message.run();
        }
    }

    void die() {
        alive = false;
        channels.clear();
        news.clear();
        overdue.clear();
    }

    void stall(long nanos) {
        long until = timeline.nanoTime() + nanos;
        if (!stalled || until - stalledUntilNanos > 0) {
            stalled = true;
            stalledUntilNanos = until;
            timeline.schedule(until, this::wake);
        }
    }

    /** A stall can begin anywhere in a turn of the loop, so timers may run before the descriptors are read. */
    private void wake() {
        if (!alive || timeline.nanoTime() - stalledUntilNanos < 0) {
            return;
        }
        stalled = false;
        if (timeline.random().nextBoolean()) {
            runOverdue();
            readDescriptors();
        } else {
            readDescriptors();
            runOverdue();
        }
    }

    private void readDescriptors() {
        boolean packetsFirst = timeline.random().nextBoolean();
        if (packetsFirst) {
            List.copyOf(channels).forEach(SimulatedChannel::drain);
        }
        for (Runnable next = news.poll(); next != null; next = news.poll()) {
            next.run();
        }
        if (!packetsFirst) {
            List.copyOf(channels).forEach(SimulatedChannel::drain);
        }
    }

    private void runOverdue() {
        List<LoopTask> tasks = List.copyOf(overdue);
        overdue.clear();
        tasks.forEach(LoopTask::run);
    }

    @Override
    public long nanoTime() {
        return timeline.nanoTime();
    }

    @Override
    public Instant wallTime() {
        return timeline.wallTime();
    }

    @Override
    public boolean inEventLoop() {
        return timeline.isRunningThread();
    }

    @Override
    public void execute(Runnable task) {
        if (closed) {
            throw new RejectedExecutionException("the loop has been closed");
        }
        timeline.after(0, new LoopTask(task, false));
    }

    @Override
    public Scheduled schedule(long deadlineNanos, Runnable task) {
        LoopTask timer = new LoopTask(task, true);
        if (alive && !closed) {
            timeline.schedule(Math.max(deadlineNanos - nanoTime(), 0) + nanoTime(), timer);
        }
        return timer;
    }

    @Override
    public Watch watch(int fileDescriptor, Runnable onReadable) {
        throw new UnsupportedOperationException("a simulated host has no descriptors");
    }

    @Override
    public void close() {
        closed = true;
        timeline.call(() -> host.ended(this));
    }

    private final class LoopTask implements Runnable, Scheduled {
        private final boolean timer;
        private Runnable task;

        LoopTask(Runnable task, boolean timer) {
            this.task = task;
            this.timer = timer;
        }

        @Override
        public void run() {
            if (task == null || closed || timer && !alive) {
                return;
            }
            if (stalled && alive) {
                overdue.add(this);
            } else {
                task.run();
            }
        }

        @Override
        public void cancel() {
            task = null;
        }
    }
}
