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
    private static final int MIN_BYTES = 20;

    /**
     * Reads the header at the position of a packet.
     *
     * @return the header, or empty if it is damaged: no IPv4, or lengths that do not fit the buffer
     */
    public static Optional<Ipv4Header> decode(ByteBuffer packet) {
        int start = packet.position();
        if (packet.remaining() < MIN_BYTES || (packet.get(start) & 0xf0) != 0x40) {
            return Optional.empty();
        }
        int headerBytes = (packet.get(start) & 0x0f) * 4;
        int totalBytes = packet.getShort(start + 2) & 0xffff;
        if (headerBytes < MIN_BYTES || totalBytes < headerBytes || totalBytes > packet.remaining()) {
            return Optional.empty();
        }
        return Optional.of(new Ipv4Header(
                address(packet, start + 12),
                address(packet, start + 16),
                packet.get(start + 8) & 0xff,
                headerBytes,
                totalBytes));
    }

    private static InetAddress address(ByteBuffer packet, int offset) {
        byte[] bytes = new byte[4];
        packet.get(offset, bytes);
        return IpAddresses.of(bytes);
    }
}
