package org.vrrp4j.sim;

import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Time as it passes: one daemon thread runs each task when the clock has reached it. */
final class RealTime extends Timeline {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread = new Thread(this::run, "simulated-network");
    private boolean closed;

    RealTime() {
        super(new SplittableRandom());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    long nanoTime() {
        return System.nanoTime();
    }

    @Override
    Instant wallTime() {
        return Instant.now();
    }

    @Override
    boolean isRunningThread() {
        return Thread.currentThread() == thread;
    }

    @Override
    <T> T ask(Supplier<T> action) {
        if (isRunningThread()) {
            return action.get();
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        schedule(nanoTime(), () -> {
            try {
                answer.complete(action.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    void add(Task task, long atNanos) {
        lock.lock();
        try {
            if (closed) {
                throw new RejectedExecutionException("the simulated network has been closed");
            }
            changed.signal();
            super.add(task, atNanos);
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        for (Task task = takeDue(); task != null; task = takeDue()) {
            try {
                task.run();
            } catch (RuntimeException e) {
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }
    }

    /** The next task once its time has come; null when the network is closed. */
    private Task takeDue() {
        lock.lock();
        try {
            while (!closed) {
                Task next = peek();
                long left = next == null ? Long.MAX_VALUE : next.atNanos - nanoTime();
                if (left <= 0) {
                    return poll();
                }
                changed.awaitNanos(left);
            }
            return null;
        } catch (InterruptedException e) {
            // nobody but the owner of this thread could ask it to end
            return null;
        } finally {
            lock.unlock();
        }
    }
}
