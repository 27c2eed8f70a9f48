package org.vrrp4j.examples.watch;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.model.RejectionReason;
import org.vrrp4j.packet.AdvertisementCodec;
import org.vrrp4j.packet.Decoded;
import org.vrrp4j.packet.Ipv4Header;
import org.vrrp4j.packet.Ipv6Header;
import org.vrrp4j.packet.PacketRejection;

/**
 * Finds the VRRP packet in a captured record.
 *
 * <pre>
 * +-----------------------------+-----------------------------+-----------------+-----------+---------
 * | Destination MAC (6)         | Source MAC (6)              | 81 00, tag (4)* | Type (2)  | IP ...
 * +-----------------------------+-----------------------------+-----------------+-----------+---------
 * </pre>
 *
 * <p>Buffers are read from position to limit and left as they are.
 */
public final class FrameReader {
    private static final int PROTOCOL = 112;
    private static final int ETHERNET_BYTES = 14;
    private static final int SLL_BYTES = 16;
    private static final int SLL2_BYTES = 20;
    private static final int TAG_BYTES = 4;
    private static final int VLAN_MASK = 0x0fff;
    private static final int IPV4_MIN_BYTES = 20;
    private static final int IPV6_MIN_BYTES = 40;
    private static final int FRAGMENT_HEADER = 44;
    private static final int MORE_FRAGMENTS_AND_OFFSET = 0x3fff;

    private static final int TYPE_IPV4 = 0x0800;
    private static final int TYPE_IPV6 = 0x86dd;

    private final Optional<Instant> time;
    private final String interfaceName;
    private final int cutBytes;

    /**
     * For one record.
     *
     * @param time when it was captured
     * @param interfaceName where; may be empty
     * @param cutBytes how many bytes of the frame were not captured
     */
    FrameReader(Optional<Instant> time, String interfaceName, int cutBytes) {
        this.time = time;
        this.interfaceName = interfaceName;
        this.cutBytes = cutBytes;
    }

    /** The VRRP packet in a whole Ethernet frame just received; empty if it carries something else. */
    public static Optional<ObservedPacket> received(ByteBuffer frame, Instant time, String interfaceName) {
        return new FrameReader(Optional.of(time), interfaceName, 0).read(LinkType.ETHERNET, frame);
    }

    /** The VRRP packet in a record; empty if it carries something else. */
    Optional<ObservedPacket> read(LinkType type, ByteBuffer record) {
        return switch (type) {
            case ETHERNET -> ethernet(record);
            case RAW -> ip(record, Link.on(interfaceName));
            case LINUX_SLL -> cooked(record, SLL_BYTES, SLL_BYTES - 2);
            case LINUX_SLL2 -> cooked(record, SLL2_BYTES, 0);
            default -> throw new IllegalStateException("unknown link type " + type);
        };
    }

    private Optional<ObservedPacket> ethernet(ByteBuffer frame) {
        if (frame.remaining() < ETHERNET_BYTES) {
            return Optional.empty();
        }
        int start = frame.position();
        byte[] source = new byte[MacAddress.BYTES];
        frame.get(start + MacAddress.BYTES, source);
        return typed(frame, start + ETHERNET_BYTES - 2, Optional.of(MacAddress.of(source)));
    }

    private Optional<ObservedPacket> cooked(ByteBuffer record, int headerBytes, int typeOffset) {
        if (record.remaining() < headerBytes) {
            return Optional.empty();
        }
        int type = record.getShort(record.position() + typeOffset) & 0xffff;
        ByteBuffer rest = from(record, record.position() + headerBytes);
        return isIp(type) ? ip(rest, Link.on(interfaceName)) : Optional.empty();
    }

    /** What follows an EtherType, behind VLAN tags if there are any. */
    private Optional<ObservedPacket> typed(ByteBuffer frame, int typeOffset, Optional<MacAddress> source) {
        int offset = typeOffset;
        OptionalInt vlan = OptionalInt.empty();
        while (isTag(frame.getShort(offset) & 0xffff)) {
            if (offset + TAG_BYTES + 2 > frame.limit()) {
                return Optional.empty();
            }
            vlan = OptionalInt.of(frame.getShort(offset + 2) & VLAN_MASK);
            offset += TAG_BYTES;
        }
        return isIp(frame.getShort(offset) & 0xffff)
                ? ip(from(frame, offset + 2), new Link(interfaceName, vlan, source))
                : Optional.empty();
    }

    /** 802.1Q, 802.1ad and its old number. */
    private static boolean isTag(int type) {
        return type == 0x8100 || type == 0x88a8 || type == 0x9100;
    }

    private static boolean isIp(int type) {
        return type == TYPE_IPV4 || type == TYPE_IPV6;
    }

    /** The VRRP packet in an IP packet. */
    Optional<ObservedPacket> ip(ByteBuffer packet, Link link) {
        int version = packet.hasRemaining() ? (packet.get(packet.position()) & 0xf0) >> 4 : 0;
        return switch (version) {
            case 4 -> ipv4(packet, link);
            case 6 -> ipv6(packet, link);
            default -> Optional.empty();
        };
    }

    private Optional<ObservedPacket> ipv4(ByteBuffer packet, Link link) {
        int start = packet.position();
        if (packet.remaining() < IPV4_MIN_BYTES || (packet.get(start + 9) & 0xff) != PROTOCOL) {
            return Optional.empty();
        }
        int totalBytes = packet.getShort(start + 2) & 0xffff;
        int headerBytes = (packet.get(start) & 0x0f) * 4;
        Optional<Ipv4Header> header = Ipv4Header.decode(packet);
        Envelope envelope = header.map(
                        found -> new Envelope(found.source(), found.destination(), OptionalInt.of(found.ttl())))
                .orElseGet(() -> new Envelope(
                        address(packet, start + 12, 4),
                        address(packet, start + 16, 4),
                        OptionalInt.of(packet.get(start + 8) & 0xff)));
        ByteBuffer message = part(packet, headerBytes, totalBytes);
        if (header.isEmpty()) {
            return Optional.of(
                    damaged(link, envelope, message, headerBytes, totalBytes, packet.remaining(), IpFamily.IPV4));
        }
        if ((packet.getShort(start + 6) & MORE_FRAGMENTS_AND_OFFSET) != 0) {
            return Optional.of(fragment(link, envelope, IpFamily.IPV4));
        }
        return Optional.of(decode(link, envelope, message));
    }

    private Optional<ObservedPacket> ipv6(ByteBuffer packet, Link link) {
        int start = packet.position();
        if (packet.remaining() < IPV6_MIN_BYTES) {
            return Optional.empty();
        }
        Optional<Ipv6Header> header = Ipv6Header.decode(packet);
        if (header.isEmpty()) {
            int totalBytes = IPV6_MIN_BYTES + (packet.getShort(start + 4) & 0xffff);
            Envelope envelope = new Envelope(
                    address(packet, start + 8, 16),
                    address(packet, start + 24, 16),
                    OptionalInt.of(packet.get(start + 7) & 0xff));
            ByteBuffer message = part(packet, IPV6_MIN_BYTES, totalBytes);
            return (packet.get(start + 6) & 0xff) == PROTOCOL
                    ? Optional.of(damaged(
                            link, envelope, message, IPV6_MIN_BYTES, totalBytes, packet.remaining(), IpFamily.IPV6))
                    : Optional.empty();
        }
        Ipv6Header found = header.get();
        Envelope envelope = new Envelope(found.source(), found.destination(), OptionalInt.of(found.hopLimit()));
        if (found.protocol() == FRAGMENT_HEADER
                && found.headerBytes() < found.totalBytes()
                && (packet.get(start + found.headerBytes()) & 0xff) == PROTOCOL) {
            return Optional.of(fragment(link, envelope, IpFamily.IPV6));
        }
        return found.protocol() == PROTOCOL
                ? Optional.of(decode(link, envelope, part(packet, found.headerBytes(), found.totalBytes())))
                : Optional.empty();
    }

    private ObservedPacket decode(Link link, Envelope envelope, ByteBuffer message) {
        Decoded decoded = AdvertisementCodec.decode(
                message,
                envelope.source(),
                envelope.destination(),
                envelope.hopLimit().orElseThrow());
        return new ObservedPacket(
                time, link, Optional.of(envelope), MessageHead.read(message), IpFamily.of(envelope.source()), decoded);
    }

    private ObservedPacket damaged(
            Link link,
            Envelope envelope,
            ByteBuffer message,
            int headerBytes,
            int totalBytes,
            int packetBytes,
            IpFamily family) {
        String detail = "header of " + headerBytes + " bytes, total of " + totalBytes + ", found " + packetBytes;
        if (cutBytes > 0) {
            detail = "the capture left out the last " + cutBytes + " bytes: capture whole packets (tcpdump -s 0)";
        }
        return new ObservedPacket(
                time,
                link,
                Optional.of(envelope),
                MessageHead.read(message),
                family,
                new PacketRejection(RejectionReason.IP_HEADER, detail));
    }

    private ObservedPacket fragment(Link link, Envelope envelope, IpFamily family) {
        return new ObservedPacket(
                time,
                link,
                Optional.of(envelope),
                Optional.empty(),
                family,
                new PacketRejection(RejectionReason.IP_HEADER, "a fragment, and others are needed to decode it"));
    }

    private static ByteBuffer part(ByteBuffer packet, int from, int to) {
        int end = Math.min(to, packet.remaining());
        return packet.slice(packet.position() + Math.min(from, end), Math.max(0, end - from));
    }

    private static ByteBuffer from(ByteBuffer buffer, int offset) {
        return buffer.slice(offset, buffer.limit() - offset);
    }

    private static InetAddress address(ByteBuffer packet, int offset, int length) {
        byte[] bytes = new byte[length];
        packet.get(offset, bytes);
        return IpAddresses.of(bytes);
    }
}
