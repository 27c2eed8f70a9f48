package org.vrrp4j.packet;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.MacAddress;

/**
 * The Ethernet frame of an advertisement to the multicast group, for a sender that chooses its MAC address: that of the
 * virtual router (RFC 9568, 7.2). TTL or hop limit and traffic class are those of the socket that sends otherwise.
 *
 * <pre>
 * +--------------------------------+----------------+-------------------+
 * | Destination 01-00-5e-00-00-12  | Source MAC (6) | 08 00             |
 * |          or 33-33-00-00-00-12  |                | 86 dd             |
 * +--------------------------------+----------------+-------------------+
 * | IPv4 (20): TOS c0, don't fragment, TTL 255, protocol 112            |
 * | or IPv6 (40): traffic class c0, next header 112, hop limit 255      |
 * +---------------------------------------------------------------------+
 * | VRRP message, with its checksum                                     |
 * +---------------------------------------------------------------------+
 * </pre>
 */
public final class AdvertisementFrame {
    /** The length of the headers before the message, at most. */
    public static final int MAX_HEADER_BYTES = 54;

    private static final MacAddress IPV4_GROUP_MAC = new MacAddress(0x01005e000012L);
    private static final MacAddress IPV6_GROUP_MAC = new MacAddress(0x333300000012L);
    private static final int IPV4 = 0x0800;
    private static final int IPV4_HEADER_BYTES = 20;
    private static final int VERSION_4_AND_LENGTH_5 = 0x45;
    private static final int INTERNETWORK_CONTROL = 0xc0;
    private static final int DO_NOT_FRAGMENT = 0x4000;
    private static final int VERSION_6 = 0x6000_0000;
    private static final int TRAFFIC_CLASS_SHIFT = 20;
    private static final int HOP_LIMIT = 255;
    private static final int PROTOCOL = 112;
    private static final int IPV4_CHECKSUM_OFFSET = 10;

    private AdvertisementFrame() {}

    /**
     * Writes the frame at the position of a buffer, which must have room for the message and the headers.
     *
     * @param sender the MAC address that it comes from
     * @param source the IP address that it comes from, whose family is that of the frame
     * @param message from position to limit, both left as they are
     */
    public static void encode(MacAddress sender, InetAddress source, ByteBuffer message, ByteBuffer frame) {
        IpFamily family = IpFamily.of(source);
        boolean ipv4 = family == IpFamily.IPV4;
        frame.put((ipv4 ? IPV4_GROUP_MAC : IPV6_GROUP_MAC).bytes()).put(sender.bytes());
        frame.putShort((short) (ipv4 ? IPV4 : NeighborAdvertisement.ETHER_TYPE));
        if (ipv4) {
            putIpv4Header(source, message.remaining(), frame);
        } else {
            frame.putInt(VERSION_6 | INTERNETWORK_CONTROL << TRAFFIC_CLASS_SHIFT)
                    .putShort((short) message.remaining())
                    .put((byte) PROTOCOL)
                    .put((byte) HOP_LIMIT)
                    .put(source.getAddress())
                    .put(family.multicastGroup().getAddress());
        }
        frame.put(message.duplicate());
    }

    private static void putIpv4Header(InetAddress source, int messageBytes, ByteBuffer frame) {
        int start = frame.position();
        frame.put((byte) VERSION_4_AND_LENGTH_5)
                .put((byte) INTERNETWORK_CONTROL)
                .putShort((short) (IPV4_HEADER_BYTES + messageBytes))
                .putShort((short) 0)
                .putShort((short) DO_NOT_FRAGMENT)
                .put((byte) HOP_LIMIT)
                .put((byte) PROTOCOL)
                .putShort((short) 0)
                .put(source.getAddress())
                .put(IpFamily.IPV4.multicastGroup().getAddress());
        int checksum = Checksum.finish(Checksum.add(0, frame, start, start + IPV4_HEADER_BYTES));
        frame.putShort(start + IPV4_CHECKSUM_OFFSET, (short) checksum);
    }
}
