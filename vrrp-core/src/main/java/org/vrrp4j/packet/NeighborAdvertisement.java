package org.vrrp4j.packet;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.MacAddress;

/**
 * The Ethernet frame that tells every station on a link who has an IPv6 address now: an unsolicited neighbour
 * advertisement to all nodes (RFC 4861, 4.4 and 7.2.6; RFC 9568, 6.4.1).
 *
 * <pre>
 * +-----------------------------+-----------------------------+-----------+
 * | Destination 33-33-00-00-00-01 (6) | Source MAC (6)        | 86 dd (2) |
 * +-----------------------------+-----------------------------+-----------+
 * | IPv6 (40): payload 32, next header 58, hop limit 255, the address     |
 * | to ff02::1                                                            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Type 136     |    Code 0     |           Checksum            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |R|S|O|                     Reserved                            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                  Target = the address (16)                    |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Option 2     |   Length 1    |       Source MAC (6)          |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>S is 0, since nobody has asked, and O is 1, so that neighbours replace what they know. R says whether the sender
 * forwards packets.
 */
public final class NeighborAdvertisement {
    /** The length of the frame. */
    public static final int FRAME_BYTES = 86;

    /** The EtherType of IPv6. */
    public static final int ETHER_TYPE = 0x86dd;

    private static final MacAddress ALL_NODES_MAC = new MacAddress(0x333300000001L);
    private static final InetAddress ALL_NODES =
            IpAddresses.of(new byte[] {(byte) 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
    private static final int VERSION = 0x6000_0000;
    private static final int ETHERNET_BYTES = 14;
    private static final int MESSAGE_OFFSET = ETHERNET_BYTES + 40;
    private static final int MESSAGE_BYTES = FRAME_BYTES - MESSAGE_OFFSET;
    private static final int ICMPV6 = 58;
    private static final int HOP_LIMIT = 255;
    private static final int TYPE = 136 << 8;
    private static final int ROUTER = 0x8000_0000;
    private static final int OVERRIDE = 0x2000_0000;
    private static final int TARGET_LINK_LAYER_ADDRESS = 2;

    private NeighborAdvertisement() {}

    /**
     * Writes the frame at the position of a buffer.
     *
     * @param sender the MAC address that has the address now
     * @param router whether the sender is a router, which a host that is none must not say: its neighbours would take
     *     it for one (RFC 4861, 7.2.5)
     * @param address the IPv6 address, which is the source and the target
     */
    public static void encode(MacAddress sender, boolean router, Inet6Address address, ByteBuffer frame) {
        int start = frame.position();
        byte[] bytes = address.getAddress();
        frame.put(ALL_NODES_MAC.bytes()).put(sender.bytes()).putShort((short) ETHER_TYPE);
        frame.putInt(VERSION).putShort((short) MESSAGE_BYTES).put((byte) ICMPV6).put((byte) HOP_LIMIT);
        frame.put(bytes).put(ALL_NODES.getAddress());
        frame.putShort((short) TYPE).putShort((short) 0);
        frame.putInt(OVERRIDE | (router ? ROUTER : 0)).put(bytes);
        frame.put((byte) TARGET_LINK_LAYER_ADDRESS).put((byte) 1).put(sender.bytes());
        int sum = Checksum.pseudoHeader(ICMPV6, address, ALL_NODES, MESSAGE_BYTES);
        int checksum = Checksum.finish(Checksum.add(sum, frame, start + MESSAGE_OFFSET, start + FRAME_BYTES));
        frame.putShort(start + MESSAGE_OFFSET + 2, (short) checksum);
    }
}
