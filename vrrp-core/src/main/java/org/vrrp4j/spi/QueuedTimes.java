package org.vrrp4j.spi;

/**
 * When the advertisements of an {@link AdvertisementQueue} are sent. Times are those of {@link EventLoop#nanoTime()}.
 *
 * @param firstNanos the time of the first one
 * @param intervalNanos the time between two, positive
 * @param validNanos how late one may be sent, as peers still wait for it then
 * @param reserveNanos how much more may be queued than was asked for, so that it need not be done for each one
 */
public record QueuedTimes(long firstNanos, long intervalNanos, long validNanos, long reserveNanos) {

    /** Checks the distances. */
    public QueuedTimes {
        if (intervalNanos <= 0 || validNanos < 0 || reserveNanos < 0) {
            throw new IllegalArgumentException("intervalNanos must be positive, the others not negative: intervalNanos="
                    + intervalNanos + " validNanos=" + validNanos + " reserveNanos=" + reserveNanos);
        }
    }

    /**
     * The time of one of them.
     *
     * @param number 0 for the first
     */
    public long nanosOf(long number) {
        return firstNanos + number * intervalNanos;
    }
}
