package org.vrrp4j.linux.route;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.libc.SocketFd;
import org.vrrp4j.spi.EventLoop;

/**
 * Charges as names in the abstract namespace of unix(7), {@code @vrrp4j/NAME} in {@code ss -xl}. Such a name belongs to
 * one socket of one network namespace, as the addresses do, and to nobody once the process has ended, however it ended;
 * no file is left over. Who finds a name taken connects to it: the connection ends with the other one's socket, so that
 * nothing needs to be polled.
 *
 * <p>A process that is stopped (SIGSTOP) or hangs still has charge.
 */
public final class SocketCharges implements Charges {
    private static final Logger LOG = LoggerFactory.getLogger(SocketCharges.class);
    private static final String PREFIX = "\0vrrp4j/";
    private static final int BACKLOG = 64;
    private static final int ATTEMPTS = 10;
    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

    private final EventLoop loop;
    private final Map<String, AutoCloseableQuietly> taken = new HashMap<>();

    private interface AutoCloseableQuietly {
        void close();
    }

    /** Of the network namespace that the loop's thread opens its sockets in. */
    public SocketCharges(EventLoop loop) {
        this.loop = loop;
    }

    @Override
    public Optional<String> take(String name, Runnable onFree) throws LinuxException {
        giveBack(name);
        // A name is free, or its owner can be reached; in between are moments of binding and of ending.
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (tryBind(name)) {
                return Optional.empty();
            }
            Optional<String> owner = tryConnect(name, onFree);
            if (owner.isPresent()) {
                return owner;
            }
        }
        retryLater(name, onFree);
        return Optional.of("another process");
    }

    private boolean tryBind(String name) throws LinuxException {
        SocketFd socket = open(name);
        try {
            socket.bind(address(name));
            socket.listen(BACKLOG);
        } catch (LinuxException e) {
            socket.close();
            if (e.is(Errno.EADDRINUSE)) {
                return false;
            }
            throw e;
        }
        taken.put(name, socket::close);
        return true;
    }

    private Optional<String> tryConnect(String name, Runnable onFree) throws LinuxException {
        SocketFd socket = open(name);
        try {
            socket.connect(address(name));
            int process = socket.peerProcess();
            EventLoop.Watch watch = loop.watch(socket.fd(), () -> onEnded(name, onFree));
            taken.put(name, () -> {
                watch.close();
                socket.close();
            });
            return Optional.of(process == 0 ? "another process" : "process " + process);
        } catch (LinuxException e) {
            socket.close();
            if (e.is(Errno.EAGAIN)) {
                // so many wait already that the connection is refused
                retryLater(name, onFree);
                return Optional.of("another process");
            }
            if (e.is(Errno.ECONNREFUSED)) {
                return Optional.empty();
            }
            throw e;
        } catch (IOException e) {
            socket.close();
            LOG.warn("Cannot wait for the end of another node", e);
            retryLater(name, onFree);
            return Optional.of("another process");
        }
    }

    private void retryLater(String name, Runnable onFree) {
        EventLoop.Scheduled retry = loop.schedule(loop.nanoTime() + RETRY_NANOS, () -> onEnded(name, onFree));
        taken.put(name, retry::cancel);
    }

    /** Nothing is ever sent, so a connection that is readable has ended. */
    private void onEnded(String name, Runnable onFree) {
        giveBack(name);
        onFree.run();
    }

    private static SocketFd open(String name) throws LinuxException {
        return SocketFd.open("unix socket @vrrp4j/" + name, Libc.AF_UNIX, Libc.SOCK_STREAM, 0);
    }

    // struct sockaddr_un: family, name; an abstract one begins with a zero and ends with the structure
    private static byte[] address(String name) {
        byte[] text = (PREFIX + name).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Short.BYTES + text.length)
                .order(ByteOrder.nativeOrder())
                .putShort((short) Libc.AF_UNIX)
                .put(text)
                .array();
    }

    @Override
    public void giveBack(String name) {
        AutoCloseableQuietly held = taken.remove(name);
        if (held != null) {
            held.close();
        }
    }

    @Override
    public void close() {
        List.copyOf(taken.keySet()).forEach(this::giveBack);
    }
}
