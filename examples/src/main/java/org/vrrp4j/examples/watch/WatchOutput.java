package org.vrrp4j.examples.watch;

/** Where {@code vrrp watch} puts what it sees. Times are nanoseconds of a clock that does not jump. */
public interface WatchOutput {

    /** Takes a packet. */
    void onPacket(long nowNanos, ObservedPacket packet);

    /** Takes note of the time, several times a second and behind each group of packets. */
    void onTime(long nowNanos);

    /** Shows what has not been shown yet. */
    void end(long nowNanos);
}
