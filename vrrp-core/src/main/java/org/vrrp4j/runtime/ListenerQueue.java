package org.vrrp4j.runtime;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Tells listeners in order, one at a time, on somebody else's threads. What a listener throws is logged and stops
 * nothing; an executor that refuses is gone round, since a lost role must be told. Safe for several threads.
 */
public final class ListenerQueue {
    private final String name;
    private final Executor executor;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean running;
    private Thread runner;

    /** A queue of one virtual router, over an executor that may have any number of threads. */
    public ListenerQueue(String name, Executor executor) {
        this.name = name;
        this.executor = executor;
    }

    /** Appends a call. Never blocks. */
    public void add(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        try {
            executor.execute(this::runAll);
        } catch (RuntimeException e) {
            EventLog.executorRefused(name, e);
            Thread thread = new Thread(this::runAll, "vrrp-listener-" + name);
            thread.setDaemon(true);
            thread.start();
        }
    }

    /**
     * Waits until everything has been told. Returns at once on the thread of a listener, which cannot wait for itself.
     *
     * @return whether it has
     */
    public boolean awaitEmpty(long timeoutNanos) throws InterruptedException {
        long deadline = System.nanoTime() + timeoutNanos;
        synchronized (tasks) {
            while (running && runner != Thread.currentThread()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                tasks.wait(left / 1_000_000 + 1);
            }
            return !running;
        }
    }

    private void runAll() {
        while (true) {
            Runnable task;
            synchronized (tasks) {
                task = tasks.poll();
                runner = task == null ? null : Thread.currentThread();
                if (task == null) {
                    running = false;
                    tasks.notifyAll();
                    return;
                }
            }
            try {
                task.run();
            } catch (Throwable e) {
                EventLog.listenerFailed(name, e);
            }
        }
    }
}
