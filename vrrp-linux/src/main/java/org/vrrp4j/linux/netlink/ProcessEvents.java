package org.vrrp4j.linux.netlink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;

/**
 * The kernel's own messages about the processes of the host: its connector (Documentation/driver-api/connector.rst).
 * They need CAP_NET_ADMIN, and a thread in the host's first network namespace, in a process of its first user and
 * process namespaces; few containers are there.
 *
 * <p><b>Thread:</b> one at a time. <b>Blocking:</b> {@link #open} and {@link #await}. <b>Failure:</b>
 * {@link LinuxException}. <b>Idempotence:</b> {@link #close()} may be called twice.
 */
public final class ProcessEvents implements AutoCloseable {
    private final NetlinkSocket socket;
    private final List<ProcessEvent> early = new ArrayList<>();
    private boolean begun;
    private boolean closed;

    private ProcessEvents(NetlinkSocket socket) {
        this.socket = socket;
    }

    /**
     * Begins to listen.
     *
     * @param patience how long the kernel may take to answer; where it tells nothing, it does not say so either
     * @throws LinuxException if the kernel refuses, with the reason; ETIMEDOUT if it does not answer
     */
    public static ProcessEvents open(Duration patience) throws LinuxException {
        ProcessEvents opened = new ProcessEvents(NetlinkSocket.openConnector());
        try {
            opened.begin(patience);
            return opened;
        } catch (LinuxException e) {
            opened.close();
            throw e;
        }
    }

    private void begin(Duration patience) throws LinuxException {
        try {
            socket.send(ProcessEvent.request(true));
        } catch (LinuxException e) {
            throw e.is(Errno.ECONNREFUSED)
                    ? new LinuxException(
                            "listening to processes",
                            e.errno(),
                            "there is none in this network namespace, or the kernel is built without PROC_EVENTS")
                    : e;
        }
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); left > 0; left = end - System.nanoTime()) {
            for (ProcessEvent event : read((int) Math.max(1, left / 1_000_000))) {
                if (event.kind() != ProcessEvent.Kind.ANSWERED) {
                    early.add(event);
                } else if (event.process() == 0) {
                    begun = true;
                    return;
                } else {
                    throw new LinuxException("listening to processes", event.process());
                }
            }
        }
        throw new LinuxException(
                "listening to processes",
                Errno.ETIMEDOUT.number(),
                "the kernel tells nothing to a process outside of the first user and process namespaces");
    }

    /**
     * Waits for events.
     *
     * @param timeoutMillis for how long; 0 for those that are there
     * @return some of them, in order; empty if nothing came in time, or nothing that matters
     * @throws LinuxException ENOBUFS if events have been lost
     */
    public List<ProcessEvent> await(int timeoutMillis) throws LinuxException {
        if (!early.isEmpty()) {
            List<ProcessEvent> first = List.copyOf(early);
            early.clear();
            return first;
        }
        return read(timeoutMillis);
    }

    private List<ProcessEvent> read(int timeoutMillis) throws LinuxException {
        List<ProcessEvent> events = new ArrayList<>();
        if (socket.awaitReadable(timeoutMillis)) {
            socket.receive().forEach(message -> ProcessEvent.decode(message).ifPresent(events::add));
        }
        return events;
    }

    /** Before 6.6 the kernel counts those who listen, and makes events until all have told it to end. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (begun) {
                socket.send(ProcessEvent.request(false));
            }
        } catch (LinuxException e) {
            // it makes events that nobody hears
            begun = false;
        } finally {
            socket.close();
        }
    }
}
