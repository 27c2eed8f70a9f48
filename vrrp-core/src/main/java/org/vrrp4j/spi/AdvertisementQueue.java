package org.vrrp4j.spi;

/**
 * The next advertisements of one virtual router, handed over ahead of their times: they are sent even while this
 * process is paused, as by a garbage collection. They are all the same but for their times, which are those of its
 * {@link QueuedTimes}. Once the process is dead or stopped, none of them is sent any more.
 *
 * <p>An advertisement that could only be sent later than it is valid is not sent, nor is anything after it; the same
 * holds after one that could not be sent. The queue is broken then: close it, and go on without it.
 *
 * <p><b>Thread:</b> the loop's. <b>Blocking:</b> never, but for the moment that a cancellation takes. <b>Failure:</b>
 * none; what goes wrong breaks the queue. <b>Idempotence:</b> {@link #close()} may be called twice.
 */
public interface AdvertisementQueue extends AutoCloseable {

    /**
     * Queues what is not queued yet. Without effect on a broken or closed queue.
     *
     * @param untilNanos up to which time of {@link EventLoop#nanoTime()}; a little more may be queued, see {@link
     *     QueuedTimes#reserveNanos}
     */
    void extend(long untilNanos);

    /** How many have been sent up to now: those of the first so many times. Still answers when closed. */
    long sent();

    /** Whether nothing more will be sent as it is: all that was queued has been sent, or the queue is broken. */
    boolean isOver();

    /** Whether {@link #close} was called, be it by the channel. */
    boolean isClosed();

    /** Cancels what is queued: when this returns, nothing of it will be sent any more. */
    @Override
    void close();
}
