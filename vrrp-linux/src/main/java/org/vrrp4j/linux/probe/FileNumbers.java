package org.vrrp4j.linux.probe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.config.FileTracker;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.TrackerBackend;

/**
 * Numbers in files, by inotify(7) on their directories: a file is read when somebody has closed it after writing, moved
 * it there, or taken it away, so that one that is just being written is not taken for an empty one. (That is why this
 * is not {@link java.nio.file.WatchService}, which does not tell the end of a write.)
 */
final class FileNumbers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileNumbers.class);

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
    private static final int MAX_NUMBER_BYTES = 32;
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** File systems that other hosts or programs change without inotify hearing of it. */
    private static final Set<String> UNHEARD =
            Set.of("nfs", "nfs4", "cifs", "smb3", "9p", "ceph", "proc", "sysfs", "fuse", "fuseblk", "afs", "glusterfs");

    private final EventLoop loop;
    private final int fd;
    private final EventLoop.Watch readable;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.nativeOrder());
    private final Map<Integer, Path> directories = new HashMap<>();
    private final List<Followed> followed = new ArrayList<>();
    private boolean closed;

    private static final class Followed {
        private final Path file;
        private final IntConsumer listener;
        private OptionalInt told = OptionalInt.empty();

        Followed(Path file, IntConsumer listener) {
            this.file = file;
            this.listener = listener;
        }

        void read() {
            int number = numberIn(file);
            if (told.isEmpty() || told.getAsInt() != number) {
                told = OptionalInt.of(number);
                listener.accept(number);
            }
        }
    }

    private FileNumbers(EventLoop loop, int fd) throws IOException {
        this.loop = loop;
        this.fd = fd;
        this.readable = loop.watch(fd, this::onReadable);
    }

    static FileNumbers open(EventLoop loop) throws IOException {
        int fd = Libc.inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
        if (fd < 0) {
            throw new LinuxException("inotify_init1", Libc.errno());
        }
        return new FileNumbers(loop, fd);
    }

    /**
     * Follows a file.
     *
     * @throws IOException if its file system tells no changes, or it is to be written and cannot
     */
    TrackerBackend.Watch watch(FileTracker tracker, IntConsumer value) throws IOException {
        Path file = Path.of(tracker.path()).toAbsolutePath();
        Path directory = file.getParent();
        if (directory == null) {
            throw new IOException(tracker + ": " + tracker.path() + " is no file");
        }
        String type =
                Files.isDirectory(directory) ? Files.getFileStore(directory).type() : "";
        if (UNHEARD.contains(type) || type.startsWith("fuse.")) {
            throw new IOException(tracker + ": the kernel does not tell changes of files on " + type
                    + "; put the file somewhere else, such as below /run");
        }
        if (tracker.initial().isPresent() && (tracker.overwrite() || !Files.exists(file))) {
            Files.writeString(file, tracker.initial().getAsInt() + "\n");
        }
        Followed added = new Followed(file, value);
        followed.add(added);
        follow(directory);
        added.read();
        return () -> followed.remove(added);
    }

    /** A directory that does not exist is looked for every second; its files count as 0 until then. */
    private void follow(Path directory) {
        if (closed || directories.containsValue(directory)) {
            return;
        }
        int descriptor = Libc.inotify_add_watch(fd, directory.toString(), MASK);
        if (descriptor >= 0) {
            directories.put(descriptor, directory);
            readAllOf(directory);
        } else {
            LOG.warn("{} cannot be followed, {}: trying again", directory, Errno.describe(Libc.errno()));
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
            List.copyOf(followed).forEach(Followed::read);
            return;
        }
        Path directory = directories.get(descriptor);
        if (directory == null) {
            return;
        }
        if ((mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED)) != 0) {
            directories.remove(descriptor);
            readAllOf(directory);
            follow(directory);
        } else if ((mask & IN_CREATE) == 0 || Files.isSymbolicLink(directory.resolve(name))) {
            Path file = directory.resolve(name);
            List.copyOf(followed).stream()
                    .filter(entry -> entry.file.equals(file))
                    .forEach(Followed::read);
        }
    }

    private void readAllOf(Path directory) {
        List.copyOf(followed).stream()
                .filter(entry -> directory.equals(entry.file.getParent()))
                .forEach(Followed::read);
    }

    /** What is no number counts as 0, as with keepalived; a number may be followed by anything after a blank. */
    static int numberIn(Path file) {
        if (!Files.isRegularFile(file)) {
            return 0;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(MAX_NUMBER_BYTES), StandardCharsets.UTF_8).strip();
            String first = text.split("\\s", 2)[0];
            return first.isEmpty() ? 0 : Integer.parseInt(first);
        } catch (IOException | NumberFormatException e) {
            LOG.warn("{} holds no number and counts as 0: {}", file, e.getMessage());
            return 0;
        }
    }

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
