package org.vrrp4j.linux.socket;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.vrrp4j.linux.libc.Libc;

/** The clock by which the kernel tells when a packet came (CLOCK_REALTIME in clock_gettime(2)), without an object. */
final class WallClock {
    private static final int CLOCK_REALTIME = 0;
    private static final int TIMESPEC_BYTES = 16;

    private final ByteBuffer time = ByteBuffer.allocateDirect(TIMESPEC_BYTES).order(ByteOrder.nativeOrder());
    private final long address = Libc.address(time);

    /** The time of now in nanoseconds, or 0 if it cannot be had. */
    long nanos() {
        return Libc.clock_gettime(CLOCK_REALTIME, address) == 0 ? nanos(time, 0) : 0;
    }

    /** A {@code struct timespec} in nanoseconds. */
    static long nanos(ByteBuffer memory, int offset) {
        return TimeUnit.SECONDS.toNanos(memory.getLong(offset)) + memory.getLong(offset + Long.BYTES);
    }
}
