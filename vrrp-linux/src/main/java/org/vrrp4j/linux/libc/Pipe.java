package org.vrrp4j.linux.libc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * A pipe to another process (pipe(7)) that is never waited for: what the reader is too slow for is refused.
 *
 * <p><b>Thread:</b> one at a time. <b>Blocking:</b> never. <b>Failure:</b> {@link LinuxException}; EAGAIN if the
 * reader is too slow, EPIPE if it has gone, EBADF after {@link #close()}. <b>Idempotence:</b> both ends may be closed
 * twice.
 */
public final class Pipe implements AutoCloseable {
    private static final int CLOSED = -1;
    private static final int INITIAL_BYTES = 128;

    private final String name;
    private int readEnd;
    private int writeEnd;
    private ByteBuffer out = ByteBuffer.allocateDirect(INITIAL_BYTES);
    private long address = Libc.address(out);

    private Pipe(String name, int readEnd, int writeEnd) {
        this.name = name;
        this.readEnd = readEnd;
        this.writeEnd = writeEnd;
    }

    /**
     * Opens a pipe, both ends closed in spawned programs.
     *
     * @param name what errors call it
     * @throws LinuxException if the kernel refuses
     */
    public static Pipe open(String name) throws LinuxException {
        ByteBuffer ends = ByteBuffer.allocateDirect(2 * Integer.BYTES).order(ByteOrder.nativeOrder());
        if (Libc.pipe2(Libc.address(ends), Libc.O_NONBLOCK | Libc.O_CLOEXEC) < 0) {
            throw new LinuxException("pipe2 for " + name, Libc.errno());
        }
        return new Pipe(name, ends.getInt(0), ends.getInt(Integer.BYTES));
    }

    /** The end for reading as a file, for a process that is started with it; opened anew, its reads wait. */
    public Path readEnd() {
        return Path.of("/proc/self/fd", Integer.toString(readEnd));
    }

    /** Leaves the reading to those who have opened {@link #readEnd()}. */
    public void closeReadEnd() {
        if (readEnd != CLOSED) {
            Libc.close(readEnd);
            readEnd = CLOSED;
        }
    }

    /**
     * Writes all of it or fails; after a failure the reader may have got the beginning.
     *
     * @throws LinuxException if the kernel refuses
     */
    public void write(byte[] data) throws LinuxException {
        if (writeEnd == CLOSED) {
            throw new LinuxException("use of closed " + name, Errno.EBADF.number());
        }
        if (data.length > out.capacity()) {
            out = ByteBuffer.allocateDirect(2 * data.length);
            address = Libc.address(out);
        }
        out.clear().put(data);
        int done = 0;
        while (done < data.length) {
            long written = Libc.write(writeEnd, address + done, data.length - done);
            if (written >= 0) {
                done += (int) written;
            } else if (!Errno.EINTR.is(Libc.errno())) {
                throw new LinuxException("write to " + name, Libc.errno());
            }
        }
    }

    /** Closes both ends; the reader comes to the end of what has been written. */
    @Override
    public void close() {
        closeReadEnd();
        if (writeEnd != CLOSED) {
            Libc.close(writeEnd);
            writeEnd = CLOSED;
        }
    }
}
