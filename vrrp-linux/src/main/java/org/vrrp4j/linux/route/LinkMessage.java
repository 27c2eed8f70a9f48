package org.vrrp4j.linux.route;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.vrrp4j.linux.netlink.AttributeReader;
import org.vrrp4j.linux.netlink.AttributeWriter;
import org.vrrp4j.model.MacAddress;

/**
 * An interface, as RTM_NEWLINK, RTM_DELLINK and the answer to RTM_GETLINK carry it (rtnetlink(7), netdevice(7)).
 *
 * <pre>
 * +---------------+---------------+-------------------------------+
 * |  Family (8)   |  Padding (8)  |      Hardware type (16)       |
 * +---------------+---------------+-------------------------------+
 * |                     Interface index (32)                      |
 * +---------------------------------------------------------------+
 * |                          Flags (32)                           |
 * +---------------------------------------------------------------+
 * |              Which flags a request changes (32)               |
 * +---------------------------------------------------------------+
 * |            Attributes: IFLA_ADDRESS, IFLA_IFNAME              |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * @param index its number
 * @param name its name
 * @param hardwareType the {@code ARPHRD_} number, {@link #ARPHRD_ETHER} for Ethernet
 * @param flags the {@code IFF_} bits
 * @param mac its Ethernet address; empty if its address has not six bytes
 */
public record LinkMessage(int index, String name, int hardwareType, int flags, Optional<MacAddress> mac) {
    /** Message type: an interface is there or has changed. */
    public static final int RTM_NEWLINK = 16;

    /** Message type: an interface has gone. */
    public static final int RTM_DELLINK = 17;

    /** Message type: asks for the interfaces. */
    public static final int RTM_GETLINK = 18;

    /** Hardware type: Ethernet. */
    public static final int ARPHRD_ETHER = 1;

    /** Flag: administratively up. */
    public static final int IFF_UP = 0x1;

    /** Flag: the loopback interface. */
    public static final int IFF_LOOPBACK = 0x8;

    /** Flag: operational (RFC 2863), which an interface that still authenticates is not. */
    public static final int IFF_RUNNING = 0x40;

    /** Flag: no ARP. */
    public static final int IFF_NOARP = 0x80;

    /** Flag: carrier. */
    public static final int IFF_LOWER_UP = 0x10000;

    private static final int WORKING = IFF_UP | IFF_RUNNING | IFF_LOWER_UP;
    private static final int HEADER_BYTES = 16;
    private static final int MAX_BYTES = 64;

    private static final int IFLA_ADDRESS = 1;
    private static final int IFLA_IFNAME = 3;

    /** Whether it is an Ethernet interface whose neighbours are found by ARP and neighbour discovery. */
    public boolean hasNeighbours() {
        return hardwareType == ARPHRD_ETHER && mac.isPresent() && !has(IFF_NOARP);
    }

    /** The payload of a request for all interfaces. */
    public static ByteBuffer encodeDump() {
        return ByteBuffer.allocate(HEADER_BYTES);
    }

    /** The payload. */
    public ByteBuffer encode() {
        ByteBuffer out = ByteBuffer.allocate(MAX_BYTES).order(ByteOrder.nativeOrder());
        out.putShort((short) 0)
                .putShort((short) hardwareType)
                .putInt(index)
                .putInt(flags)
                .putInt(0);
        AttributeWriter attributes = new AttributeWriter(out).putText(IFLA_IFNAME, name);
        mac.ifPresent(address -> attributes.put(IFLA_ADDRESS, address.bytes()));
        return out.flip();
    }

    /**
     * Reads a payload.
     *
     * @return empty if it is damaged, or not about the interface itself: with a family, RTM_DELLINK says that an
     *     interface has left a bridge, not that it has gone
     */
    public static Optional<LinkMessage> decode(ByteBuffer payload) {
        int start = payload.position();
        if (payload.remaining() < HEADER_BYTES || payload.get(start) != 0) {
            return Optional.empty();
        }
        ByteBuffer in = payload.duplicate().order(ByteOrder.nativeOrder());
        String name = null;
        MacAddress mac = null;
        AttributeReader attributes = new AttributeReader(in.slice(start + HEADER_BYTES, in.remaining() - HEADER_BYTES));
        while (attributes.next()) {
            switch (attributes.type()) {
                case IFLA_IFNAME -> name = attributes.text();
                case IFLA_ADDRESS -> {
                    byte[] address = attributes.bytes();
                    mac = address.length == MacAddress.BYTES ? MacAddress.of(address) : null;
                }
                default -> {}
            }
        }
        if (name == null) {
            return Optional.empty();
        }
        int hardwareType = in.getShort(start + 2) & 0xffff;
        return Optional.of(new LinkMessage(
                in.getInt(start + 4), name, hardwareType, in.getInt(start + 8), Optional.ofNullable(mac)));
    }

    /** Whether it can carry packets: administratively up, with a carrier and operational. */
    public boolean isUp() {
        return (flags & WORKING) == WORKING;
    }

    /** Whether all the given flags are set. */
    public boolean has(int mask) {
        return (flags & mask) == mask;
    }
}
