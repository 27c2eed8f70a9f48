package org.vrrp4j.packet;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.vrrp4j.model.IpAddresses;

/**
 * The header that a raw IPv4 socket delivers in front of each message (RFC 791, 3.1; raw(7)).
 *
 * <pre>
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |Version|  IHL  |Type of Service|          Total Length         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |         Identification        |Flags|      Fragment Offset    |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Time to Live |    Protocol   |         Header Checksum       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                       Source Address                          |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                    Destination Address                        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param source the source address
 * @param destination the destination address
 * @param ttl the time to live
 * @param headerBytes the length of the header with its options
 * @param totalBytes the length of the packet, of which bytes behind it (Ethernet padding) are no part
 */
public record Ipv4Header(InetAddress source, InetAddress destination, int ttl, int headerBytes, int totalBytes) {
    /** Where the time to live stands in a header. */
    public static final int TTL = 8;

    /** Where the source address begins in a header. */
    public static final int SOURCE = 12;

    /** Where the destination address begins in a header. */
    public static final int DESTINATION = 16;

    private static final int MIN_BYTES = 20;

    /**
     * Reads the header at the position of a packet.
     *
     * @return the header, or empty if it is damaged: no IPv4, or lengths that do not fit the buffer
     */
    public static Optional<Ipv4Header> decode(ByteBuffer packet) {
        if (!isWhole(packet)) {
            return Optional.empty();
        }
        int start = packet.position();
        return Optional.of(new Ipv4Header(
                address(packet, start + SOURCE),
                address(packet, start + DESTINATION),
                packet.get(start + TTL) & 0xff,
                headerBytes(packet),
                totalBytes(packet)));
    }

    /** Whether there is an undamaged header at the position of a packet, and the packet is as long as that says. */
    public static boolean isWhole(ByteBuffer packet) {
        if (packet.remaining() < MIN_BYTES || (packet.get(packet.position()) & 0xf0) != 0x40) {
            return false;
        }
        int headerBytes = headerBytes(packet);
        int totalBytes = totalBytes(packet);
        return headerBytes >= MIN_BYTES && totalBytes >= headerBytes && totalBytes <= packet.remaining();
    }

    /** The length of the header that an {@linkplain #isWhole whole} packet begins with. */
    public static int headerBytes(ByteBuffer packet) {
        return (packet.get(packet.position()) & 0x0f) * 4;
    }

    /** The length that the header gives the packet. */
    public static int totalBytes(ByteBuffer packet) {
        return packet.getShort(packet.position() + 2) & 0xffff;
    }

    private static InetAddress address(ByteBuffer packet, int offset) {
        byte[] bytes = new byte[4];
        packet.get(offset, bytes);
        return IpAddresses.of(bytes);
    }
}
