package org.vrrp4j.linux.holder;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.socket.HolderChannel;
import org.vrrp4j.linux.socket.HolderSocket;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.packet.AddressHolder;
import org.vrrp4j.spi.EventLoop;

/**
 * Listens on the interfaces that have held addresses for who else claims one of them. The kernel passes on only what is
 * about these addresses. A claim that goes on is told once a second, and no more than 64 are told in a second, whatever
 * comes; a flood of them is read a few at a time, so that other packets have their turn.
 *
 * <p>A channel stays open, and silent, when its last address has gone: closing one waits for the kernel, which was
 * measured to take 13 ms. When its interface has gone it is closed elsewhere.
 *
 * <p><b>Thread:</b> the loop's. <b>Blocking:</b> never, but for {@link #close()}. <b>Failure:</b> told in the log; the
 * addresses are held all the same. <b>Idempotence:</b> {@link #close()} may be called twice.
 */
public final class HolderWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HolderWatch.class);
    private static final int MAX_TURN = 32;
    private static final int MAX_TOLD = 64;
    private static final long LATER_NANOS = Duration.ofMillis(20).toNanos();
    private static final long TELL_AGAIN_NANOS = Duration.ofSeconds(1).toNanos();

    private final EventLoop loop;
    private final HolderChannel.Opener opener;
    private final Executor closer;
    private final Map<Place, Listening> places = new HashMap<>();
    private final Set<Place> refused = new HashSet<>();
    private final Set<Claim> told = new HashSet<>();
    private final ByteBuffer frame = ByteBuffer.allocateDirect(HolderSocket.MAX_FRAME_BYTES);
    private long toldSinceNanos;
    private Listener listener = (interfaceIndex, holder) -> {};
    private boolean closed;

    /** Hears of claims, of this host's own too. */
    @FunctionalInterface
    interface Listener {
        void onClaim(int interfaceIndex, AddressHolder holder);
    }

    /** One interface, and ARP or neighbour advertisements. */
    record Place(int interfaceIndex, IpFamily family) {}

    private record Claim(int interfaceIndex, AddressHolder holder) {}

    private final class Listening {
        private final HolderChannel channel;
        private final EventLoop.Watch watch;
        private Set<InetAddress> addresses = Set.of();

        Listening(Place place) throws LinuxException {
            channel = opener.open(place.family, place.interfaceIndex);
            try {
                watch = loop.watch(channel.fd(), () -> onReadable(place.interfaceIndex, channel));
            } catch (IOException e) {
                channel.close();
                throw new IllegalStateException("the loop cannot watch a socket", e);
            }
        }

        void listenFor(Set<InetAddress> wanted) throws LinuxException {
            if (!wanted.equals(addresses)) {
                channel.listenFor(wanted);
                addresses = wanted;
            }
        }

        void close() {
            watch.close();
            channel.close();
        }
    }

    /**
     * With no place yet.
     *
     * @param closer closes the channels of interfaces that have gone, off the loop
     */
    public HolderWatch(EventLoop loop, HolderChannel.Opener opener, Executor closer) {
        this.loop = loop;
        this.opener = opener;
        this.closer = closer;
    }

    void tell(Listener next) {
        listener = next;
    }

    /** Runs something when what is more urgent has been done. */
    void later(Runnable task) {
        loop.schedule(loop.nanoTime() + LATER_NANOS, task);
    }

    /** Listens for these addresses from now on, and for no others. */
    void listenFor(Map<Place, Set<InetAddress>> wanted) {
        if (closed) {
            return;
        }
        refused.retainAll(wanted.keySet());
        for (Place place : wanted.keySet()) {
            listenFor(place, wanted.get(place));
        }
        for (Place place : places.keySet()) {
            if (!wanted.containsKey(place)) {
                listenFor(place, Set.of());
            }
        }
    }

    private void listenFor(Place place, Set<InetAddress> addresses) {
        try {
            Listening listening = places.get(place);
            if (listening == null) {
                listening = new Listening(place);
                places.put(place, listening);
            }
            listening.listenFor(addresses);
            refused.remove(place);
        } catch (LinuxException e) {
            if (refused.add(place)) {
                LOG.warn(
                        "Cannot hear who else claims an address on interface {}: {}",
                        place.interfaceIndex,
                        e.getMessage());
            }
        }
    }

    /** An interface has gone; its number is not used again for long. */
    void forget(int interfaceIndex) {
        for (Place place : List.copyOf(places.keySet())) {
            if (place.interfaceIndex == interfaceIndex) {
                Listening gone = places.remove(place);
                gone.watch.close();
                closer.execute(gone.channel::close);
            }
        }
    }

    /** The interfaces that there are channels for. */
    Set<Integer> interfaces() {
        Set<Integer> interfaces = new HashSet<>();
        places.keySet().forEach(place -> interfaces.add(place.interfaceIndex));
        return interfaces;
    }

    private void onReadable(int interfaceIndex, HolderChannel channel) {
        for (int i = 0; i < MAX_TURN && !closed; i++) {
            try {
                if (!channel.receive(frame)) {
                    return;
                }
                AddressHolder.decode(frame).ifPresent(holder -> onClaim(interfaceIndex, holder));
            } catch (LinuxException e) {
                if (!e.is(Errno.ENETDOWN)) {
                    LOG.debug("Cannot receive on interface {}", interfaceIndex, e);
                    return;
                }
            }
        }
    }

    private void onClaim(int interfaceIndex, AddressHolder holder) {
        long now = loop.nanoTime();
        if (told.isEmpty() || now - toldSinceNanos >= TELL_AGAIN_NANOS) {
            told.clear();
            toldSinceNanos = now;
        }
        if (told.size() < MAX_TOLD && told.add(new Claim(interfaceIndex, holder))) {
            listener.onClaim(interfaceIndex, holder);
        }
    }

    @Override
    public void close() {
        closed = true;
        places.values().forEach(Listening::close);
        places.clear();
    }
}
