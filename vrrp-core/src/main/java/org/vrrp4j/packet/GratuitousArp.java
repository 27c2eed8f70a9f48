package org.vrrp4j.packet;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import org.vrrp4j.model.MacAddress;

/**
 * The Ethernet frame that tells every station on a link who has an IPv4 address now: a broadcast ARP request for the
 * own address (RFC 826; RFC 5227, 3; RFC 9568, 6.4.1 with errata 7947 and 7949).
 *
 * <pre>
 * +-----------------------------+-----------------------------+-----------+
 * | Destination, all ones (6)   | Source MAC (6)              | 08 06 (2) |
 * +-----------------------------+-----------------------------+-----------+
 * | Ethernet 1 (2) | IPv4 0800 (2) | 6 (1) | 4 (1) | Request 1 (2)        |
 * | Sender MAC (6)              | Sender IP = the address (4)             |
 * | Target MAC, all ones (6)    | Target IP = the address (4)             |
 * +-----------------------------+-----------------------------------------+
 * </pre>
 */
public final class GratuitousArp {
    /** The length of the frame, without the padding that the driver adds. */
    public static final int FRAME_BYTES = 42;

    /** The EtherType of ARP. */
    public static final int ETHER_TYPE = 0x0806;

    private static final int HARDWARE_ETHERNET = 1;
    private static final int PROTOCOL_IPV4 = 0x0800;
    private static final int OPERATION_REQUEST = 1;

    private GratuitousArp() {}

    /**
     * Writes the frame at the position of a buffer.
     *
     * @param sender the MAC address that has the address now
     * @param address the IPv4 address
     */
    public static void encode(MacAddress sender, Inet4Address address, ByteBuffer frame) {
        byte[] senderBytes = sender.bytes();
        frame.put(MacAddress.BROADCAST.bytes()).put(senderBytes).putShort((short) ETHER_TYPE);
        frame.putShort((short) HARDWARE_ETHERNET).putShort((short) PROTOCOL_IPV4);
        frame.put((byte) MacAddress.BYTES).put((byte) 4).putShort((short) OPERATION_REQUEST);
        frame.put(senderBytes).put(address.getAddress());
        frame.put(MacAddress.BROADCAST.bytes()).put(address.getAddress());
    }
}
