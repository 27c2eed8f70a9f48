package org.vrrp4j.linux.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.config.BfdPath;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.socket.ReceiveBatch;
import org.vrrp4j.linux.socket.UdpSocket;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.spi.BfdTransport;
import org.vrrp4j.spi.EventLoop;

/**
 * BFD over UDP: a socket for receiving at each port and family that a session needs, and one for sending from each
 * session, at a port of its own (RFC 5881, 4).
 */
final class UdpBfdTransport implements BfdTransport {
    private static final Logger LOG = LoggerFactory.getLogger(UdpBfdTransport.class);

    private static final int SINGLE_HOP_PORT = 3784;
    private static final int MULTIHOP_PORT = 4784;
    private static final int FIRST_SOURCE_PORT = 49152;
    private static final int SOURCE_PORTS = 65536 - FIRST_SOURCE_PORT;
    private static final int BATCH = 16;

    private final EventLoop loop;
    private final Receiver receiver;
    private final ReceiveBatch batch = new ReceiveBatch(BATCH);
    private final Map<PortKey, Listening> listening = new HashMap<>();
    private final Set<SessionWay> ways = new HashSet<>();

    private record PortKey(IpFamily family, boolean multihop) {
        int port() {
            return multihop ? MULTIHOP_PORT : SINGLE_HOP_PORT;
        }
    }

    private record Listening(UdpSocket socket, EventLoop.Watch watch) {
        void close() {
            watch.close();
            socket.close();
        }
    }

    UdpBfdTransport(EventLoop loop, Receiver receiver) {
        this.loop = loop;
        this.receiver = receiver;
    }

    @Override
    public Way open(BfdPath path) throws IOException {
        PortKey key = new PortKey(path.family(), path.multihop());
        listen(key);
        try {
            SessionWay way = new SessionWay(key, path, openSource(path.family()));
            ways.add(way);
            return way;
        } catch (IOException e) {
            closeUnused(key);
            throw e;
        }
    }

    private void listen(PortKey key) throws IOException {
        if (listening.containsKey(key)) {
            return;
        }
        UdpSocket socket = openReceiver(key);
        EventLoop.Watch watch = null;
        try {
            watch = loop.watch(socket.fd(), () -> receive(key, socket));
            listening.put(key, new Listening(socket, watch));
        } finally {
            if (watch == null) {
                socket.close();
            }
        }
    }

    private static UdpSocket openReceiver(PortKey key) throws IOException {
        try {
            return UdpSocket.open(key.family(), key.port());
        } catch (LinuxException e) {
            if (e.is(Errno.EADDRINUSE)) {
                throw new IOException(
                        "another program of this host has UDP port " + key.port() + ", on which BFD packets arrive"
                                + " ('ss -lunp sport = " + key.port() + "' shows which): only one can do BFD",
                        e);
            }
            throw e;
        }
    }

    private void receive(PortKey key, UdpSocket socket) {
        int count;
        do {
            count = 0;
            try {
                count = socket.receive(
                        batch,
                        (source, destination, hopLimit, packet) ->
                                receiver.onPacket(key.multihop(), source, destination, hopLimit, packet));
            } catch (LinuxException e) {
                LOG.debug("receiving BFD packets", e);
            }
        } while (count == batch.size());
    }

    /** A port that no session of this host has: ours at random, so that a restarted one is another one. */
    private static UdpSocket openSource(IpFamily family) throws LinuxException {
        int first = ThreadLocalRandom.current().nextInt(SOURCE_PORTS);
        for (int i = 0; ; i++) {
            try {
                UdpSocket socket = UdpSocket.open(family, FIRST_SOURCE_PORT + (first + i) % SOURCE_PORTS);
                socket.receiveLittle();
                return socket;
            } catch (LinuxException e) {
                if (!e.is(Errno.EADDRINUSE) || i == SOURCE_PORTS - 1) {
                    throw e;
                }
            }
        }
    }

    private void closeUnused(PortKey key) {
        boolean used = ways.stream().anyMatch(way -> way.key.equals(key));
        Listening unused = used ? null : listening.remove(key);
        if (unused != null) {
            unused.close();
        }
    }

    @Override
    public void close() {
        Set.copyOf(ways).forEach(SessionWay::close);
    }

    private final class SessionWay implements Way {
        private final PortKey key;
        private final BfdPath path;
        private final UdpSocket socket;
        private int hopLimit;

        SessionWay(PortKey key, BfdPath path, UdpSocket socket) {
            this.key = key;
            this.path = path;
            this.socket = socket;
        }

        @Override
        public void send(ByteBuffer direct, int wantedHopLimit) throws IOException {
            if (wantedHopLimit != hopLimit) {
                socket.sendTo(path.neighbor(), key.port(), path.source().orElse(null), wantedHopLimit);
                hopLimit = wantedHopLimit;
            }
            socket.send(direct);
        }

        @Override
        public void close() {
            socket.close();
            ways.remove(this);
            closeUnused(key);
        }
    }
}
