package org.vrrp4j.examples.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.vrrp4j.linux.libc.Libc;

/**
 * A pipe that a JVM logs its collections to, as it makes them. While it is full and nobody reads, a collection gets no
 * further, and with it the whole JVM stands still at a safepoint: a real pause, as long as a test wants it to be.
 */
final class LogPipe implements AutoCloseable {
    private static final int OWNER_ONLY = 0600;
    private static final int MORE_THAN_IT_HOLDS = 1 << 22;

    private final Path path;
    private final int fd;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);

    /** Made in a directory that both see. */
    LogPipe(Path directory) throws IOException {
        path = directory.resolve("collections");
        if (Libc.mkfifo(path.toString(), OWNER_ONLY) != 0) {
            throw new IOException("mkfifo of " + path + ": errno " + Libc.errno());
        }
        // open for both, so that neither this nor the JVM waits for the other
        fd = Libc.open(path.toString(), Libc.O_RDWR | Libc.O_NONBLOCK | Libc.O_CLOEXEC);
        if (fd < 0) {
            throw new IOException("open of " + path + ": errno " + Libc.errno());
        }
    }

    String jvmOption() {
        return "-Xlog:gc*:file=" + path;
    }

    /** The next collection stands still. */
    void fill() {
        // the last place of a page too
        for (int bytes : new int[] {buffer.capacity(), 1}) {
            long written = 0;
            while (Libc.write(fd, Libc.address(buffer), bytes) > 0) {
                written += bytes;
                if (written > MORE_THAN_IT_HOLDS) {
                    throw new IllegalStateException("the pipe does not become full");
                }
            }
        }
    }

    /** It goes on. */
    void drain() {
        while (Libc.read(fd, Libc.address(buffer), buffer.capacity()) > 0) {
            // until it is empty
        }
    }

    @Override
    public void close() {
        drain();
        Libc.close(fd);
    }
}
