package org.vrrp4j.linux.route;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.NetlinkChannel;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.netlink.NetlinkMessage;
import org.vrrp4j.spi.EventLoop;

/**
 * Keeps an {@link InterfaceTable} up to date: reads it once, then takes in what the kernel tells. When messages have
 * been lost (netlink(7): ENOBUFS), it reads everything anew and so tells the same differences.
 *
 * <p><b>Thread:</b> the loop's. <b>Blocking:</b> never. <b>Failure:</b> {@link LinuxException} from {@link #start}; a
 * later reading that fails is tried again 100 ms after. <b>Idempotence:</b> {@link #close()} may be called twice.
 */
public final class RouteFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RouteFeed.class);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final EventLoop loop;
    private final NetlinkChannel monitor;
    private final NetlinkClient client;
    private final InterfaceTable table = new InterfaceTable();
    private final List<Follower> followers = new ArrayList<>();
    private EventLoop.Watch watch = () -> {};
    private boolean telling;
    private boolean closed;

    /** Hears of changes, on the loop's thread; renewals are none. */
    public interface Follower {
        /** An address has come or was changed; only to be noted, as for {@link #onAddressGone}. */
        default void onAddress(AddressMessage address) {}

        /** Everything was read anew, or an interface was changed; only to be noted, as for {@link #onAddressGone}. */
        default void onMuch() {}

        /** An address has gone, whatever else comes; only to be noted, as other changes are still to be taken in. */
        void onAddressGone(AddressMessage address);

        /** The table may have changed; the place to call others. */
        void onTable();
    }

    /**
     * For one node.
     *
     * @param monitor a channel that hears of interfaces and addresses; becomes the feed's, to close with it
     * @param client for reading; stays the caller's
     */
    public RouteFeed(EventLoop loop, NetlinkChannel monitor, NetlinkClient client) {
        this.loop = loop;
        this.monitor = monitor;
        this.client = client;
    }

    /**
     * Reads the table and watches for changes from now on.
     *
     * @throws IOException if either is refused
     */
    public void start() throws IOException {
        checkThread();
        read();
        watch = loop.watch(monitor.fd(), this::onReadable);
    }

    /** What is there. */
    public InterfaceTable table() {
        checkThread();
        return table;
    }

    /**
     * Checks that the caller runs on the loop.
     *
     * @throws IllegalStateException if not
     */
    public void checkThread() {
        if (!loop.inEventLoop()) {
            throw new IllegalStateException("must be called on the loop's thread: "
                    + Thread.currentThread().getName());
        }
    }

    /** The clock of the loop. */
    long nanoTime() {
        return loop.nanoTime();
    }

    /** Has somebody hear, on the loop, that interfaces or addresses are not what they were; renewals do not count. */
    public void followChanges(Runnable follower) {
        follow(new Follower() {
            private long shape = table.shape();
            private Collection<LinkMessage> links = table.links();

            @Override
            public void onAddressGone(AddressMessage address) {
                // the table tells it too
            }

            @Override
            public void onTable() {
                Collection<LinkMessage> now = table.links();
                if (shape != table.shape() || !links.equals(now)) {
                    shape = table.shape();
                    links = now;
                    follower.run();
                }
            }
        });
    }

    /** Has a follower hear of changes from now on. */
    public void follow(Follower follower) {
        followers.add(follower);
    }

    /** Takes in what the kernel has told up to now, as the effect of an own request; followers are told soon. */
    public void catchUp() {
        if (drain()) {
            tellSoon();
        }
    }

    /** Has followers look at the table soon, not within this call. */
    public void tellSoon() {
        if (!telling && !closed) {
            telling = true;
            loop.execute(this::tell);
        }
    }

    /** Runs something soon, unless closed by then. */
    public void soon(Runnable task) {
        runSoon(unlessClosed(task));
    }

    /** What does something unless closed by then, for {@link #runSoon} again and again. */
    Runnable unlessClosed(Runnable task) {
        return () -> {
            if (!closed) {
                task.run();
            }
        };
    }

    /** Runs something soon in any case. */
    void runSoon(Runnable task) {
        loop.execute(task);
    }

    private void onReadable() {
        if (!closed && drain()) {
            tell();
        }
    }

    private void tell() {
        telling = false;
        for (Follower follower : List.copyOf(followers)) {
            if (!closed) {
                follower.onTable();
            }
        }
    }

    /** Returns whether something has changed. */
    private boolean drain() {
        boolean any = false;
        while (true) {
            try {
                List<NetlinkMessage> messages = monitor.receive();
                if (messages.isEmpty()) {
                    return any;
                }
                for (NetlinkMessage message : messages) {
                    any |= take(message);
                }
            } catch (LinuxException e) {
                onLost(e);
                return true;
            }
        }
    }

    private boolean take(NetlinkMessage message) {
        long before = table.shape();
        table.apply(message, this::onGone);
        if (table.shape() == before) {
            return false;
        }
        switch (message.type()) {
            case AddressMessage.RTM_NEWADDR ->
                AddressMessage.decode(message.payload())
                        .ifPresent(address -> followers.forEach(follower -> follower.onAddress(address)));
            case AddressMessage.RTM_DELADDR -> {
                // told already
            }
            default -> followers.forEach(Follower::onMuch);
        }
        return true;
    }

    private void onLost(LinuxException cause) {
        if (cause.is(Errno.ENOBUFS)) {
            LOG.info("The kernel told more changes of interfaces and addresses than were read in time; reading all");
        } else {
            LOG.warn("Cannot read changes of interfaces and addresses; reading all: {}", cause.getMessage());
        }
        readAgain();
    }

    private void readAgain() {
        if (closed) {
            return;
        }
        try {
            // What is still queued is older than the coming answer and would undo it.
            discardQueued();
            read();
            tellSoon();
        } catch (LinuxException e) {
            LOG.warn("Cannot read interfaces and addresses, trying again: {}", e.getMessage());
            loop.schedule(loop.nanoTime() + RETRY_NANOS, this::readAgain);
        }
    }

    private void discardQueued() throws LinuxException {
        boolean more = true;
        while (more) {
            try {
                more = !monitor.receive().isEmpty();
            } catch (LinuxException e) {
                if (!e.is(Errno.ENOBUFS)) {
                    throw e;
                }
            }
        }
    }

    private void read() throws LinuxException {
        InterfaceTable now = new InterfaceTable();
        List<NetlinkMessage> entries = new ArrayList<>();
        entries.addAll(client.dump("RTM_GETLINK", LinkMessage.RTM_GETLINK, LinkMessage.encodeDump()));
        entries.addAll(client.dump("RTM_GETADDR", AddressMessage.RTM_GETADDR, AddressMessage.encodeDump()));
        entries.forEach(entry -> now.apply(entry, address -> {}));
        table.replaceBy(now, this::onGone);
        followers.forEach(Follower::onMuch);
    }

    private void onGone(AddressMessage address) {
        followers.forEach(follower -> follower.onAddressGone(address));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            watch.close();
            monitor.close();
        }
    }
}
