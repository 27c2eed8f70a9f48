package org.vrrp4j.linux.doctor;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.route.LinkMessage;
import org.vrrp4j.linux.socket.CaptureSocket;
import org.vrrp4j.linux.socket.NeighbourSocket;
import org.vrrp4j.linux.socket.RawSocket;
import org.vrrp4j.linux.socket.ReceiveBatch;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.packet.AddressHolder;
import org.vrrp4j.packet.AdvertisementCodec;
import org.vrrp4j.packet.Decoded;
import org.vrrp4j.packet.Ipv4Header;
import org.vrrp4j.packet.Ipv6Header;
import org.vrrp4j.packet.PacketRejection;
import org.vrrp4j.spi.PacketReceiver;

/**
 * Listens on segments for a while: to what arrives on the interfaces, to what raw sockets are given of it, and to who
 * answers for addresses that it asks for.
 */
final class WireListener implements AutoCloseable {
    private static final int ETHERNET_BYTES = 14;
    private static final int ETHER_TYPE_OFFSET = 12;
    private static final int ETHER_TYPE_IPV4 = 0x0800;
    private static final int ETHER_TYPE_IPV6 = 0x86dd;
    private static final int NAP_MILLIS = 5;
    /** RFC 5227 asks three times. */
    private static final int PROBES = 3;

    private static final long PROBE_NANOS = Duration.ofMillis(300).toNanos();
    /** So that a flood cannot fill the memory. */
    private static final int MAX_HEARD = 1024;
    /** After so many packets of one socket the next one has its turn, also in a flood. */
    private static final int MAX_GROUP = 256;

    private final List<Segment> segments;
    private final HostNetwork network;
    private final Map<LinkMessage, CaptureSocket> captures = new LinkedHashMap<>();
    private final ReceiveBatch packet = new ReceiveBatch(1);
    private final Map<Segment, RawSocket> raws = new LinkedHashMap<>();
    private final Map<LinkMessage, NeighbourSocket> neighbours = new LinkedHashMap<>();
    private final List<Wanted> wanted = new ArrayList<>();
    private final List<HeardRouter> heard = new ArrayList<>();
    private final Map<InetAddress, Set<MacAddress>> answers = new LinkedHashMap<>();
    private final ByteBuffer frame = ByteBuffer.allocateDirect(CaptureSocket.MAX_FRAME_BYTES);
    private long longestDelayNanos;

    /** An address to ask for. */
    private record Wanted(Segment segment, LinkMessage link, InetAddress address) {}

    private WireListener(List<Segment> segments, HostNetwork network) {
        this.segments = segments;
        this.network = network;
    }

    /**
     * Opens all sockets.
     *
     * @throws LinuxException if the kernel refuses one
     */
    static WireListener open(List<Segment> segments, HostNetwork network) throws LinuxException {
        WireListener listener = new WireListener(List.copyOf(segments), network);
        try {
            for (Segment segment : segments) {
                LinkMessage link = segment.link();
                listener.raws.put(segment, RawSocket.open(segment.family(), link.name(), link.index()));
                if (link.hasNeighbours() && !listener.captures.containsKey(link)) {
                    listener.captures.put(link, CaptureSocket.open(link.name()));
                }
            }
            return listener;
        } catch (LinuxException e) {
            listener.close();
            throw e;
        }
    }

    /** Will ask on an Ethernet interface who has an address. */
    void ask(Segment segment, LinkMessage link, InetAddress address) throws LinuxException {
        if (!neighbours.containsKey(link)) {
            neighbours.put(link, NeighbourSocket.open(link.index()));
        }
        wanted.add(new Wanted(segment, link, address));
    }

    /** Listens to its end; the first second also asks. */
    void listen(Duration time) throws LinuxException, InterruptedException {
        long start = System.nanoTime();
        int probes = 0;
        long now = start;
        while (now - start < time.toNanos()) {
            if (probes < PROBES && now - start >= probes * PROBE_NANOS) {
                probes++;
                for (Wanted each : wanted) {
                    probe(each);
                }
            }
            receive();
            TimeUnit.MILLISECONDS.sleep(NAP_MILLIS);
            long woken = System.nanoTime();
            longestDelayNanos = Math.max(longestDelayNanos, woken - now - TimeUnit.MILLISECONDS.toNanos(NAP_MILLIS));
            now = woken;
        }
    }

    private void probe(Wanted each) throws LinuxException {
        ByteBuffer out = ByteBuffer.allocateDirect(NeighbourProbe.MAX_BYTES);
        NeighbourProbe.encode(each.link().mac().orElseThrow(), each.segment().source(), each.address(), out);
        neighbours.get(each.link()).send(out.flip());
    }

    private void receive() throws LinuxException {
        for (Map.Entry<LinkMessage, CaptureSocket> each : captures.entrySet()) {
            try {
                for (int i = 0; i < MAX_GROUP && each.getValue().receive(frame) >= 0; i++) {
                    onFrame(each.getKey());
                }
            } catch (LinuxException e) {
                throwUnlessDown(e);
            }
        }
        for (Map.Entry<Segment, RawSocket> each : raws.entrySet()) {
            Receiver receiver = new Receiver(each.getKey());
            boolean goesOn = true;
            for (int i = 0; i < MAX_GROUP && goesOn; i++) {
                goesOn = each.getValue().receive(packet, receiver) > 0;
            }
        }
        for (NeighbourSocket each : neighbours.values()) {
            try {
                for (int i = 0; i < MAX_GROUP && each.receive(frame); i++) {
                    AddressHolder.decode(frame).ifPresent(this::onAnswer);
                }
            } catch (LinuxException e) {
                throwUnlessDown(e);
            }
        }
    }

    private static void throwUnlessDown(LinuxException e) throws LinuxException {
        if (!e.is(Errno.ENETDOWN)) {
            throw e;
        }
    }

    private void onAnswer(AddressHolder answer) {
        if (wanted.stream().anyMatch(each -> each.address().equals(answer.address()))) {
            answers.computeIfAbsent(answer.address(), address -> new LinkedHashSet<>())
                    .add(answer.mac());
        }
    }

    private void onFrame(LinkMessage link) {
        if (frame.limit() < ETHERNET_BYTES) {
            return;
        }
        byte[] sender = new byte[MacAddress.BYTES];
        frame.get(MacAddress.BYTES, sender);
        int type = frame.getShort(ETHER_TYPE_OFFSET) & 0xffff;
        ByteBuffer packet = frame.slice(ETHERNET_BYTES, frame.limit() - ETHERNET_BYTES);
        if (type == ETHER_TYPE_IPV4) {
            Ipv4Header.decode(packet)
                    .ifPresent(header -> onMessage(
                            link,
                            MacAddress.of(sender),
                            header.source(),
                            header.destination(),
                            header.ttl(),
                            packet.slice(header.headerBytes(), header.totalBytes() - header.headerBytes())));
        } else if (type == ETHER_TYPE_IPV6) {
            Ipv6Header.decode(packet)
                    .filter(header -> header.protocol() == RawSocket.PROTOCOL)
                    .ifPresent(header -> onMessage(
                            link,
                            MacAddress.of(sender),
                            header.source(),
                            header.destination(),
                            header.hopLimit(),
                            packet.slice(header.headerBytes(), header.totalBytes() - header.headerBytes())));
        }
    }

    private void onMessage(
            LinkMessage link,
            MacAddress sender,
            InetAddress source,
            InetAddress destination,
            int hopLimit,
            ByteBuffer message) {
        boolean forUs = destination.equals(IpFamily.of(destination).multicastGroup())
                || !network.find(destination).isEmpty()
                || !network.find(source).isEmpty();
        if (!forUs || message.remaining() < 2) {
            return;
        }
        for (Segment segment : segments) {
            if (segment.link().equals(link) && segment.family() == IpFamily.of(source)) {
                Decoded decoded = destination.isMulticastAddress()
                        ? AdvertisementCodec.decode(message, source, destination, hopLimit)
                        : AdvertisementCodec.decode(message, source, destination);
                heard(segment, message.get(message.position() + 1) & 0xff, source)
                        .onFrame(sender, decoded);
            }
        }
    }

    private HeardRouter heard(Segment segment, int vrid, InetAddress source) {
        return heard.stream()
                .filter(router -> router.is(segment, vrid, source))
                .findFirst()
                .orElseGet(() -> {
                    HeardRouter added = new HeardRouter(segment, vrid, source);
                    if (heard.size() < MAX_HEARD) {
                        heard.add(added);
                    }
                    return added;
                });
    }

    /** Counts what a raw socket is given. */
    private final class Receiver implements PacketReceiver {
        private final Segment segment;

        Receiver(Segment segment) {
            this.segment = segment;
        }

        @Override
        public void onMessage(InetAddress source, InetAddress destination, int hopLimit, ByteBuffer message) {
            if (message.remaining() >= 2) {
                heard(segment, message.get(message.position() + 1) & 0xff, source)
                        .onMessage();
            }
        }

        @Override
        public void onDamaged(PacketRejection rejection) {
            // The frame has been counted, which is enough to find out who is not heard.
        }
    }

    /** Who has been heard. */
    List<HeardRouter> heard() {
        return List.copyOf(heard);
    }

    /** Which MAC addresses have answered for an address. */
    Set<MacAddress> answers(InetAddress address) {
        return answers.getOrDefault(address, new HashSet<>());
    }

    /** By how much this thread woke up too late at worst. */
    Duration longestDelay() {
        return Duration.ofNanos(longestDelayNanos);
    }

    @Override
    public void close() {
        captures.values().forEach(CaptureSocket::close);
        raws.values().forEach(RawSocket::close);
        neighbours.values().forEach(NeighbourSocket::close);
    }
}
