package org.vrrp4j.runtime;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Tells listeners in order, one at a time, on somebody else's threads. What a listener throws is logged and stops
 * nothing; an executor that refuses is gone round, since a lost role must be told. Safe for several threads.
 */
public final class ListenerQueue {
    private static final long LOOK_AGAIN_MILLIS = 50;

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

    /** Whether everything has been told. Any thread. */
    public boolean isEmpty() {
        synchronized (tasks) {
            return !running;
        }
    }

    /**
     * Waits until everything has been told. Returns at once on the thread of a listener, which cannot wait for itself,
     * and if a listener has called {@link System#exit}, from which it does not return.
     *
     * @return whether it has
     */
    public boolean awaitEmpty(long timeoutNanos) throws InterruptedException {
        long deadline = System.nanoTime() + timeoutNanos;
        synchronized (tasks) {
            while (running && runner != Thread.currentThread()) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || isEndingProcess(runner)) {
                    return false;
                }
                tasks.wait(Math.min(TimeUnit.NANOSECONDS.toMillis(left) + 1, LOOK_AGAIN_MILLIS));
            }
            return !running;
        }
    }

    private static boolean isEndingProcess(Thread thread) {
        return thread != null
                && Stream.of(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals("java.lang.Runtime")
                                && frame.getMethodName().equals("exit"));
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
