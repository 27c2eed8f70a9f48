package org.vrrp4j.linux.doctor;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.packet.GratuitousArp;

/**
 * The frames that ask whether anybody has an address; {@link org.vrrp4j.packet.AddressHolder} reads the answers.
 *
 * <p>Over IPv4 an ARP probe: a request whose sender has no address, so that no neighbour learns anything from it (RFC
 * 5227, 2.1.1). Over IPv6 an ordinary neighbour solicitation from the interface's own address (RFC 4861, 4.3); one
 * without a source would be taken for duplicate address detection, and a host that tries the address just now would
 * give it up (RFC 4862, 5.4.3).
 */
final class NeighbourProbe {
    /** The longest of the frames. */
    static final int MAX_BYTES = 86;

    private static final int ETHERNET_BYTES = 14;
    private static final int ETHER_TYPE_IPV6 = 0x86dd;
    private static final int ARP_ETHERNET_IPV4 = 0x0001_0800;
    private static final int IPV6_BYTES = 40;
    private static final int ICMPV6_OFFSET = ETHERNET_BYTES + IPV6_BYTES;
    private static final int ICMPV6 = 58;
    private static final int SOLICITATION = 135;
    private static final int SOLICITATION_BYTES = 32;
    private static final int HOP_LIMIT = 255;

    private NeighbourProbe() {}

    /**
     * Writes a frame at the position of a buffer.
     *
     * @param own the MAC address of the interface
     * @param source the interface's own address, which only IPv6 needs
     * @param wanted the address that is asked for
     */
    static void encode(MacAddress own, InetAddress source, InetAddress wanted, ByteBuffer frame) {
        if (wanted instanceof Inet4Address) {
            frame.put(MacAddress.BROADCAST.bytes()).put(own.bytes()).putShort((short) GratuitousArp.ETHER_TYPE);
            frame.putInt(ARP_ETHERNET_IPV4).put((byte) MacAddress.BYTES).put((byte) 4);
            frame.putShort((short) 1).put(own.bytes()).putInt(0);
            frame.put(new byte[MacAddress.BYTES]).put(wanted.getAddress());
            return;
        }
        byte[] target = wanted.getAddress();
        // ff02::1:ffXX:XXXX and 33-33-ff-XX-XX-XX with the last three bytes of the address (RFC 4291, 2.7.1)
        byte[] group = {(byte) 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, (byte) 0xff, target[13], target[14], target[15]};
        int start = frame.position();
        frame.put(new byte[] {0x33, 0x33, (byte) 0xff, target[13], target[14], target[15]});
        frame.put(own.bytes()).putShort((short) ETHER_TYPE_IPV6);
        frame.putInt(0x6000_0000)
                .putShort((short) SOLICITATION_BYTES)
                .put((byte) ICMPV6)
                .put((byte) HOP_LIMIT);
        frame.put(source.getAddress()).put(group);
        frame.put((byte) SOLICITATION)
                .put((byte) 0)
                .putShort((short) 0)
                .putInt(0)
                .put(target);
        frame.put((byte) 1).put((byte) 1).put(own.bytes());
        frame.putShort(start + ICMPV6_OFFSET + 2, (short) checksum(frame, start));
    }

    /** RFC 1071 over the addresses, length and protocol (RFC 8200, 8.1), and the message. */
    private static int checksum(ByteBuffer frame, int start) {
        int sum = SOLICITATION_BYTES + ICMPV6;
        for (int at = start + ETHERNET_BYTES + 8; at < start + ICMPV6_OFFSET + SOLICITATION_BYTES; at += 2) {
            sum += frame.getShort(at) & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        return ~((sum & 0xffff) + (sum >>> 16)) & 0xffff;
    }
}
