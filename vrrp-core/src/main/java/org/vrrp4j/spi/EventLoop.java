package org.vrrp4j.spi;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Executor;
import org.vrrp4j.config.LoopScheduling;

/**
 * The one thread of a node and its clock: a packet is received, decided and answered here.
 *
 * <p>Ready descriptors are served before due tasks. Unless said otherwise methods are called on the loop's thread.
 */
public interface EventLoop extends Executor, AutoCloseable {

    /** A monotonic clock in nanoseconds; only differences have a meaning. May be called on every thread. */
    long nanoTime();

    /** The wall clock, for what people read; never for deciding. May be called on every thread. */
    default Instant wallTime() {
        return Instant.now();
    }

    /** Whether the caller runs on the loop's thread. May be called on every thread. */
    boolean inEventLoop();

    /**
     * Runs a task soon, in the order of the calls. May be called on every thread.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the loop has been closed
     */
    @Override
    void execute(Runnable task);

    /**
     * Runs a task once the clock has reached a time; at once if it already has.
     *
     * @param deadlineNanos a time of {@link #nanoTime()}
     */
    Scheduled schedule(long deadlineNanos, Runnable task);

    /**
     * A timer for one task, to be armed again and again; it is not armed yet. A router has one for all its deadlines,
     * and moves it with each packet: a loop that means to leave no garbage overrides this.
     */
    default Timer newTimer(Runnable task) {
        return new ScheduledTimer(this, task);
    }

    /**
     * Asks the loop not to sleep until a time: something is due by then that must not wait for a processor to leave an
     * idle state and for the thread to get it, which takes some tenths of a millisecond. Instead the loop looks again
     * and again. Only a wish: a loop bounds how much of the time it spends so, and may ignore it.
     *
     * @param untilNanos a time of {@link #nanoTime()}, some milliseconds ahead at most
     */
    default void stayAwake(long untilNanos) {
        // one that does not sleep, or does not know how
    }

    /**
     * Calls back whenever a file descriptor is readable, until closed (level-triggered). The descriptor stays the
     * caller's.
     *
     * @throws IOException if the descriptor cannot be watched
     * @throws UnsupportedOperationException if this loop has no descriptors, as the simulated one
     */
    Watch watch(int fileDescriptor, Runnable onReadable) throws IOException;

    /**
     * Lets the operating system schedule the thread so from now on; what it refuses is in the log. A loop that has no
     * say in that does nothing, as unless overridden.
     */
    default void use(LoopScheduling scheduling) {}

    /** How it was to be scheduled last, for threads that work for it. May be called on every thread. */
    default LoopScheduling scheduling() {
        return LoopScheduling.URGENT;
    }

    /**
     * Ends the thread; tasks that have not run are dropped. May be called on every thread; waits for the thread's end
     * unless called on it.
     */
    @Override
    void close();

    /** A task that has not run yet. */
    interface Scheduled {
        /** Makes sure that the task does not run any more; without effect when it ran. */
        void cancel();
    }

    /** Runs one task at the last time that it was armed for. */
    interface Timer {
        /**
         * Has the task run once the clock has reached a time, and not at the time that was given before.
         *
         * @param deadlineNanos a time of {@link EventLoop#nanoTime()}
         */
        default void arm(long deadlineNanos) {
            arm(deadlineNanos, deadlineNanos);
        }

        /**
         * The same for a task that may also run somewhat earlier: together with another one that is due then, so that
         * the thread wakes up once for both. It never runs early for itself alone.
         *
         * @param earliestNanos from when on it may run
         */
        void arm(long earliestNanos, long deadlineNanos);

        /** Makes sure that the task does not run until it is armed again. */
        void cancel();
    }

    /** A watched descriptor. */
    interface Watch extends AutoCloseable {
        /** Ends the callbacks; does not close the descriptor. May be called twice. */
        @Override
        void close();
    }
}
