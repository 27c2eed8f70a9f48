package org.vrrp4j.packet;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;

/**
 * The header in front of a message in a captured IPv6 packet (RFC 8200, 3); raw IPv6 sockets do not deliver it.
 *
 * <pre>
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |Version| Traffic Class |           Flow Label                  |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |         Payload Length        |  Next Header  |   Hop Limit   |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                    Source Address (16 bytes)                  |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                 Destination Address (16 bytes)                |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  extension headers: Next Header, length, ... (RFC 8200, 4)    |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param source the source address
 * @param destination the destination address
 * @param hopLimit the hop limit
 * @param protocol the Next Header behind the hop-by-hop options, routing header and destination options; that of a
 *     fragment header (44) if the packet is a fragment
 * @param headerBytes the length of the header with these extension headers
 * @param totalBytes the length of the packet, of which bytes behind it (Ethernet padding) are no part
 */
public record Ipv6Header(
        InetAddress source, InetAddress destination, int hopLimit, int protocol, int headerBytes, int totalBytes) {
    private static final int FIXED_BYTES = 40;
    private static final int EXTENSION_UNIT = 8;

    /**
     * Reads the header at the position of a packet.
     *
     * @return the header, or empty if it is damaged: no IPv6, lengths that do not fit the buffer, or an IPv4-mapped
     *     address, which must not be on a wire
     */
    public static Optional<Ipv6Header> decode(ByteBuffer packet) {
        int start = packet.position();
        if (packet.remaining() < FIXED_BYTES || (packet.get(start) & 0xf0) != 0x60) {
            return Optional.empty();
        }
        int totalBytes = FIXED_BYTES + (packet.getShort(start + 4) & 0xffff);
        InetAddress source = address(packet, start + 8);
        InetAddress destination = address(packet, start + 24);
        if (totalBytes > packet.remaining()
                || IpFamily.of(source) != IpFamily.IPV6
                || IpFamily.of(destination) != IpFamily.IPV6) {
            return Optional.empty();
        }
        int protocol = packet.get(start + 6) & 0xff;
        int headerBytes = FIXED_BYTES;
        while (isOptionHeader(protocol)) {
            if (headerBytes + EXTENSION_UNIT > totalBytes) {
                return Optional.empty();
            }
            int extension = start + headerBytes;
            protocol = packet.get(extension) & 0xff;
            headerBytes += EXTENSION_UNIT * (1 + (packet.get(extension + 1) & 0xff));
        }
        int hopLimit = packet.get(start + 7) & 0xff;
        return headerBytes > totalBytes
                ? Optional.empty()
                : Optional.of(new Ipv6Header(source, destination, hopLimit, protocol, headerBytes, totalBytes));
    }

    /** Hop-by-hop options, routing, destination options: all begin with Next Header and length. */
    private static boolean isOptionHeader(int protocol) {
        return protocol == 0 || protocol == 43 || protocol == 60;
    }

    private static InetAddress address(ByteBuffer packet, int offset) {
        byte[] bytes = new byte[IpFamily.IPV6.addressBytes()];
        packet.get(offset, bytes);
        return IpAddresses.of(bytes);
    }
}
