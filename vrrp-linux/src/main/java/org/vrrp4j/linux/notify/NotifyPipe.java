package org.vrrp4j.linux.notify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.config.NotifyFifo;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.process.UserAccount;

/**
 * A named pipe (fifo(7)) that gets a line for each change. The kernel keeps what is not read yet (64 KiB), and after
 * that this does, up to a bound; the thread of the pipe waits for the reader, nobody else.
 */
final class NotifyPipe implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NotifyPipe.class);
    private static final int ONLY_OWNER = 0600;
    private static final int MAX_WAITING = 10_000;
    private static final long LOOK_AGAIN_MILLIS = 20;

    private final Path path;
    private final int fd;
    private final boolean made;
    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final AtomicLong lost = new AtomicLong();
    private final Thread writer;
    private volatile boolean finishing;
    private volatile boolean closed;

    private NotifyPipe(Path path, int fd, boolean made) {
        this.path = path;
        this.fd = fd;
        this.made = made;
        this.writer = new Thread(this::writeAll, "vrrp-fifo-" + path.getFileName());
        writer.setDaemon(true);
        writer.start();
    }

    /**
     * Makes it, if it is not there, and opens it for reading too, so that it need not have a reader.
     *
     * @throws IOException if it cannot be made or opened, or is no pipe
     */
    static NotifyPipe open(NotifyFifo fifo) throws IOException, InterruptedException {
        Path path = Path.of(fifo.path());
        boolean made = Libc.mkfifo(fifo.path(), ONLY_OWNER) == 0;
        int errno = made ? 0 : Libc.errno();
        if (!made && !Errno.EEXIST.is(errno)) {
            throw new LinuxException("mkfifo " + path, errno);
        }
        if (!isPipe(path)) {
            throw new IOException(path + " is there and is no pipe: remove it, or give another path");
        }
        if (fifo.owner().isPresent()) {
            give(path, fifo.owner().get());
        }
        int fd = Libc.open(fifo.path(), Libc.O_RDWR | Libc.O_NONBLOCK | Libc.O_CLOEXEC);
        if (fd < 0) {
            throw new LinuxException("open of pipe " + path, Libc.errno());
        }
        return new NotifyPipe(path, fd, made);
    }

    private static boolean isPipe(Path path) throws IOException {
        int type = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 0170000;
        return type == 0010000;
    }

    private static void give(Path path, String owner) throws IOException, InterruptedException {
        UserAccount account =
                UserAccount.find(owner).orElseThrow(() -> new IOException(path + ": there is no user " + owner));
        Files.setAttribute(path, "unix:uid", account.uid(), LinkOption.NOFOLLOW_LINKS);
        if (owner.contains(":")) {
            Files.setAttribute(
                    path,
                    "posix:group",
                    path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(account.group()),
                    LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** Never blocks; a line too many is counted and told. */
    void tell(String line) {
        if (!waiting.offer(line)) {
            long count = lost.incrementAndGet();
            if (Long.bitCount(count) == 1) {
                LOG.error("{}: nobody reads; {} lines are lost so far, from: {}", path, count, line);
            }
        }
    }

    /** Waits until every line is in the pipe. */
    boolean awaitFinished(Duration time) throws InterruptedException {
        finishing = true;
        writer.join(time.toMillis());
        return !writer.isAlive();
    }

    private void writeAll() {
        try {
            while (!finishing || !waiting.isEmpty()) {
                String line = waiting.poll(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
                if (line != null && !write((line + "\n").getBytes(StandardCharsets.UTF_8))) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A line is far below PIPE_BUF, so the kernel takes all of it or nothing (pipe(7)). */
    private boolean write(byte[] line) throws InterruptedException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(line.length).put(line);
        while (!closed) {
            if (Libc.write(fd, Libc.address(buffer), line.length) >= 0) {
                return true;
            }
            int errno = Libc.errno();
            if (Errno.EAGAIN.is(errno)) {
                Thread.sleep(LOOK_AGAIN_MILLIS);
            } else if (!Errno.EINTR.is(errno)) {
                LOG.error("{}: cannot be written, {}; no more changes are told to it", path, Errno.describe(errno));
                return false;
            }
        }
        return false;
    }

    /** Takes the pipe away again if this has made it. */
    @Override
    public void close() {
        closed = true;
        try {
            writer.join(TimeUnit.SECONDS.toMillis(1));
            if (!waiting.isEmpty()) {
                LOG.error("{}: nobody reads; {} lines are lost at the end", path, waiting.size());
            }
            Libc.close(fd);
            if (made) {
                Files.deleteIfExists(path);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("{} cannot be removed: {}", path, e.getMessage());
        }
    }
}
