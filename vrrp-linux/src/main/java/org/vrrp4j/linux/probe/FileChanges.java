package org.vrrp4j.linux.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.TrackerBackend;

/**
 * Tells when files change, by inotify(7) on their directories: when somebody has closed one after writing, moved it
 * there, or taken it away, so that one that is just being written is not taken for an empty one. (That is why this is
 * not {@link java.nio.file.WatchService}, which does not tell the end of a write.) What was told may be no change.
 *
 * <p><b>Thread:</b> that of the loop. <b>Failure:</b> a directory that does not exist is looked for every second.
 */
public final class FileChanges implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileChanges.class);

    private static final int IN_CLOSE_WRITE = 0x8;
    private static final int IN_MOVED_FROM = 0x40;
    private static final int IN_MOVED_TO = 0x80;
    private static final int IN_CREATE = 0x100;
    private static final int IN_DELETE = 0x200;
    private static final int IN_DELETE_SELF = 0x400;
    private static final int IN_MOVE_SELF = 0x800;
    private static final int IN_IGNORED = 0x8000;
    private static final int IN_ONLYDIR = 0x1000000;
    private static final int MASK = IN_CLOSE_WRITE
            | IN_MOVED_FROM
            | IN_MOVED_TO
            | IN_DELETE
            | IN_CREATE
            | IN_DELETE_SELF
            | IN_MOVE_SELF
            | IN_ONLYDIR;
    private static final int IN_NONBLOCK = 0x800;
    private static final int IN_CLOEXEC = 0x80000;
    private static final int HEAD_BYTES = 16;
    private static final int BUFFER_BYTES = 1 << 14;
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** File systems that other hosts or programs change without inotify hearing of it. */
    private static final Set<String> UNHEARD =
            Set.of("nfs", "nfs4", "cifs", "smb3", "9p", "ceph", "proc", "sysfs", "fuse", "fuseblk", "afs", "glusterfs");

    private final EventLoop loop;
    private final int fd;
    private final EventLoop.Watch readable;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.nativeOrder());
    private final Map<Integer, Path> directories = new HashMap<>();
    private final Set<Path> missing = new HashSet<>();
    private final List<Followed> followed = new ArrayList<>();
    private boolean closed;

    /** A file, and who hears of it. */
    private static final class Followed {
        private final Path file;
        private final Runnable listener;

        Followed(Path file, Runnable listener) {
            this.file = file;
            this.listener = listener;
        }
    }

    private FileChanges(EventLoop loop, int fd) throws IOException {
        this.loop = loop;
        this.fd = fd;
        this.readable = loop.watch(fd, this::onReadable);
    }

    /**
     * Nothing is followed yet.
     *
     * @throws IOException if the kernel refuses
     */
    public static FileChanges open(EventLoop loop) throws IOException {
        int fd = Libc.inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
        if (fd < 0) {
            throw new LinuxException("inotify_init1", Libc.errno());
        }
        return new FileChanges(loop, fd);
    }

    /**
     * Whether changes of a file would be told at all: not on file systems that other hosts or programs change.
     *
     * @throws IOException if not; the message says what to do
     */
    public static void check(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IOException(file + " is no file");
        }
        String type =
                Files.isDirectory(directory) ? Files.getFileStore(directory).type() : "";
        if (UNHEARD.contains(type) || type.startsWith("fuse.")) {
            throw new IOException("the kernel does not tell changes of files on " + type
                    + "; put the file somewhere else, such as below /run");
        }
    }

    /** Follows a file, be it there or not; its listener is called once for how it is now. */
    public TrackerBackend.Watch watch(Path file, Runnable listener) {
        Path absolute = file.toAbsolutePath();
        Followed added = new Followed(absolute, listener);
        follow(absolute.getParent());
        followed.add(added);
        listener.run();
        return () -> followed.remove(added);
    }

    /** A directory that does not exist is looked for every second; its files are not there until then. */
    private void follow(Path directory) {
        if (closed || directories.containsValue(directory)) {
            return;
        }
        int descriptor = Libc.inotify_add_watch(fd, directory.toString(), MASK);
        if (descriptor >= 0) {
            directories.put(descriptor, directory);
            missing.remove(directory);
            tellAllOf(directory);
        } else {
            if (missing.add(directory)) {
                LOG.warn("{} cannot be followed yet: {}", directory, Errno.describe(Libc.errno()));
            }
            loop.schedule(loop.nanoTime() + RETRY_NANOS, () -> follow(directory));
        }
    }

    private void onReadable() {
        long count = Libc.read(fd, Libc.address(buffer), BUFFER_BYTES);
        buffer.clear().limit((int) Math.max(0, count));
        // struct inotify_event: wd, mask, cookie, len, name[len]
        while (buffer.remaining() >= HEAD_BYTES) {
            int descriptor = buffer.getInt();
            int mask = buffer.getInt();
            buffer.getInt();
            byte[] name = new byte[buffer.getInt()];
            buffer.get(name);
            onEvent(descriptor, mask, new String(name, StandardCharsets.UTF_8).replace("\0", ""));
        }
    }

    private void onEvent(int descriptor, int mask, String name) {
        if (descriptor < 0) {
            // lost events
            List.copyOf(followed).forEach(entry -> entry.listener.run());
            return;
        }
        Path directory = directories.get(descriptor);
        if (directory == null) {
            return;
        }
        if ((mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED)) != 0) {
            directories.remove(descriptor);
            tellAllOf(directory);
            follow(directory);
        } else if ((mask & IN_CREATE) == 0 || Files.isSymbolicLink(directory.resolve(name))) {
            Path file = directory.resolve(name);
            List.copyOf(followed).stream()
                    .filter(entry -> entry.file.equals(file))
                    .forEach(entry -> entry.listener.run());
        }
    }

    private void tellAllOf(Path directory) {
        List.copyOf(followed).stream()
                .filter(entry -> directory.equals(entry.file.getParent()))
                .forEach(entry -> entry.listener.run());
    }

    /** Ends all; may be called twice. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            followed.clear();
            readable.close();
            Libc.close(fd);
        }
    }
}
