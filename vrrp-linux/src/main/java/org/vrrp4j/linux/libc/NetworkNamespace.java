package org.vrrp4j.linux.libc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.config.NamespaceName;

/**
 * A network namespace other than that of the JVM (network_namespaces(7), setns(2)). A socket belongs for its life to
 * the namespace that its thread was in when it was opened, so a thread goes there to open it and comes back at once:
 * {@link #call}. It does not stay, as every thread that is started by it would begin there: the worker of an
 * application's executor that hears of a role change would from then on connect to another network.
 *
 * <p>What is held is the namespace, not its name: one that is deleted and made anew under the same name is another one.
 *
 * <p><b>Thread:</b> any; the namespace is that of the calling thread for the time of the call. <b>Blocking:</b> never,
 * but see {@link #call}. <b>Failure:</b> {@link LinuxException}; entering needs CAP_SYS_ADMIN, EBADF after {@link
 * #close()}. <b>Idempotence:</b> {@link #close()} may be called twice.
 */
public final class NetworkNamespace implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkNamespace.class);

    /** Where ip-netns(8) keeps the named ones. */
    private static final Path NAMED = Path.of("/run/netns");

    private static final Path OF_THREAD = Path.of("/proc/thread-self/ns/net");
    private static final int CLONE_NEWNET = 0x40000000;
    private static final long RETURN_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final ThreadLocal<NetworkNamespace> OF_SOCKETS = new ThreadLocal<>();

    private final String name;
    private final int fd;
    private final Entrance entrance;
    private final long returnPauseNanos;
    private boolean closed;

    /**
     * What is done in a namespace.
     *
     * @param <T> what comes of it
     * @param <E> how it fails
     */
    @FunctionalInterface
    public interface Section<T, E extends Exception> {
        /** Does it. */
        T run() throws E;
    }

    /** Moves the calling thread: setns(2). */
    @FunctionalInterface
    interface Entrance {
        /** Returns 0, or the errno. */
        int enter(int fd);
    }

    NetworkNamespace(String name, int fd, Entrance entrance, long returnPauseNanos) {
        this.name = name;
        this.fd = fd;
        this.entrance = entrance;
        this.returnPauseNanos = returnPauseNanos;
    }

    /**
     * The file of a namespace.
     *
     * @param nameOrPath a name that {@code ip netns list} shows, or an absolute path such as {@code /proc/PID/ns/net}
     * @throws IllegalArgumentException if it is neither
     */
    public static Path path(String nameOrPath) {
        return NAMED.resolve(new NamespaceName(nameOrPath, "").name());
    }

    /**
     * Holds a namespace, which needs no right; it lives at least until {@link #close()}.
     *
     * @param nameOrPath see {@link #path}
     * @throws IOException if there is none; the message says how to make one
     * @throws IllegalArgumentException if it is neither a name nor an absolute path
     */
    public static NetworkNamespace open(String nameOrPath) throws IOException {
        Path path = path(nameOrPath);
        int fd = Libc.open(path.toString(), Libc.O_CLOEXEC);
        int errno = fd < 0 ? Libc.errno() : 0;
        if (Errno.ENOENT.is(errno)) {
            boolean named = path.startsWith(NAMED);
            throw new IOException("there is no network namespace " + nameOrPath + ": " + path + " does not exist; "
                    + (named
                            ? "'ip netns list' shows those that do, 'ip netns add " + nameOrPath + "' makes it"
                            : "the process that it belongs to may have ended"));
        }
        if (fd < 0) {
            throw new LinuxException("open of network namespace " + path, errno);
        }
        return new NetworkNamespace(nameOrPath, fd, NetworkNamespace::setns, RETURN_PAUSE_NANOS);
    }

    private static int setns(int fd) {
        return Libc.setns(fd, CLONE_NEWNET) < 0 ? Libc.errno() : 0;
    }

    /** The name or path that it was opened with. */
    public String name() {
        return name;
    }

    /**
     * Does something with the calling thread in this namespace: sockets that are opened, files of /proc/sys/net that
     * are read, and threads and programs that are started belong to it. It should be short. Whatever comes of it, the
     * thread is in the namespace from before when this returns. Should the kernel refuse the way back, which takes a
     * host without memory, the thread stays in this call and tries again every second: a loop that goes on in a wrong
     * network would do harm, while one that stands still loses its addresses with their lease.
     *
     * @return what the section returns
     * @throws LinuxException if the thread cannot get there; the section has not run then
     * @throws E what the section throws
     */
    public <T, E extends Exception> T call(Section<T, E> section) throws E, LinuxException {
        if (closed) {
            throw new LinuxException("use of closed network namespace " + name, Errno.EBADF.number());
        }
        int home = Libc.open(OF_THREAD.toString(), Libc.O_CLOEXEC);
        if (home < 0) {
            throw new LinuxException("open of " + OF_THREAD, Libc.errno());
        }
        try {
            int errno = entrance.enter(fd);
            if (errno != 0) {
                throw refusal(errno);
            }
            try {
                return section.run();
            } finally {
                goBack(home);
            }
        } finally {
            Libc.close(home);
        }
    }

    private LinuxException refusal(int errno) {
        return new LinuxException(
                "setns to network namespace " + name,
                errno,
                Errno.EINVAL.is(errno) ? path(name) + " is no network namespace" : "",
                EnumSet.of(Capability.CAP_SYS_ADMIN));
    }

    private void goBack(int home) {
        int errno = entrance.enter(home);
        while (errno != 0) {
            LOG.error(
                    "Thread {} cannot leave network namespace {}, {}: it stands still until it can",
                    Thread.currentThread().getName(),
                    name,
                    Errno.describe(errno));
            LockSupport.parkNanos(returnPauseNanos);
            errno = entrance.enter(home);
        }
    }

    /**
     * Lets all sockets of this module that the calling thread opens from now on be of this namespace, until {@link
     * #close()}. The thread itself stays where it is.
     *
     * @throws IllegalStateException if its sockets are those of another one already
     */
    public void useForSocketsOfThread() {
        NetworkNamespace other = OF_SOCKETS.get();
        if (other != null && other != this) {
            throw new IllegalStateException(
                    "a thread opens its sockets in one network namespace, not in " + other.name + " and in " + name);
        }
        OF_SOCKETS.set(this);
    }

    /**
     * Does something in the namespace of the calling thread's sockets: that of {@link #useForSocketsOfThread()}, or
     * where the thread is.
     *
     * @return what the section returns
     * @throws LinuxException if the thread cannot get there; the section has not run then
     * @throws E what the section throws
     */
    public static <T, E extends Exception> T callWhereSocketsAre(Section<T, E> section) throws E, LinuxException {
        NetworkNamespace namespace = OF_SOCKETS.get();
        return namespace == null ? section.run() : namespace.call(section);
    }

    /** Lets go of it; sockets in it stay. On the thread of {@link #useForSocketsOfThread()}, if that was called. */
    @Override
    public void close() {
        if (OF_SOCKETS.get() == this) {
            OF_SOCKETS.remove();
        }
        if (!closed) {
            closed = true;
            Libc.close(fd);
        }
    }

    /** The name. */
    @Override
    public String toString() {
        return name;
    }
}
