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
    private final HostClock clock;
    private final List<SimulatedChannel> channels = new ArrayList<>();
    private final Queue<Runnable> news = new ArrayDeque<>();
    private final List<LoopTask> overdue = new ArrayList<>();
    private volatile boolean closed;
    private boolean alive = true;
    private boolean stalled;
    private long stalledUntilNanos;
    private boolean frozen;

    SimulatedProcess(SimulatedHost host) {
        this.host = host;
        this.timeline = host.timeline();
        this.clock = host.clock();
    }

    /** The process of a host that a loop is. */
    static SimulatedProcess of(SimulatedHost host, EventLoop loop) {
        if (loop instanceof SimulatedProcess process && process.host() == host) {
            return process;
        }
        throw new IllegalArgumentException("transport and platform must be of the same host: loop=" + loop);
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

    /** Whether the kernel does nothing for it either. */
    boolean isFrozen() {
        return frozen;
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
        closeChannels();
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

    /** A stall in which nothing is sent that was handed to the kernel before. */
    void freeze(long nanos) {
        frozen = true;
        stall(nanos);
    }

    /** A stall can begin anywhere in a turn of the loop, so timers may run before the descriptors are read. */
    private void wake() {
        if (!alive || timeline.nanoTime() - stalledUntilNanos < 0) {
            return;
        }
        stalled = false;
        if (frozen) {
            frozen = false;
            List.copyOf(channels).forEach(SimulatedChannel::thaw);
        }
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
        return clock.nanoTime();
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
        timeline.after(0, new LoopTask(task));
    }

    @Override
    public Scheduled schedule(long deadlineNanos, Runnable task) {
        Timer timer = new Timer(task, deadlineNanos);
        if (alive && !closed) {
            timer.await();
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
        timeline.call(() -> {
            news.clear();
            host.ended(this);
        });
    }

    private class LoopTask extends Task {
        Runnable task;

        LoopTask(Runnable task) {
            this.task = task;
        }

        @Override
        void run() {
            if (task == null || closed) {
                return;
            }
            if (stalled && alive) {
                overdue.add(this);
            } else {
                task.run();
            }
        }
    }

    private final class Timer extends LoopTask implements Scheduled {
        private final long deadlineNanos;

        Timer(Runnable task, long deadlineNanos) {
            super(task);
            this.deadlineNanos = deadlineNanos;
        }

        void await() {
            timeline.add(this, clock.trueTimeOf(deadlineNanos));
        }

        @Override
        void run() {
            if (task == null || !alive) {
                return;
            }
            // the clock may have lost time since
            if (clock.nanoTime() - deadlineNanos < 0) {
                await();
            } else {
                super.run();
            }
        }

        @Override
        public void cancel() {
            task = null;
        }
    }
}
