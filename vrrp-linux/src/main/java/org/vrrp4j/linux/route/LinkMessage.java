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
 * |  Attributes: IFLA_ADDRESS, IFLA_IFNAME, IFLA_LINK, IFLA_MASTER, |
 * |  IFLA_LINKINFO, IFLA_IFALIAS, IFLA_GROUP                      |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * @param index its number
 * @param name its name
 * @param hardwareType the {@code ARPHRD_} number, {@link #ARPHRD_ETHER} for Ethernet
 * @param flags the {@code IFF_} bits
 * @param mac its Ethernet address; empty if its address has not six bytes
 * @param parentIndex the number of the interface that it is made on, as a VLAN or a macvlan is; 0 if there is none
 * @param masterIndex the number of the bridge, bond or VRF that it is part of; 0 if there is none
 * @param group the group that {@code ip link set group} puts it into
 * @param kind such as {@code macvlan}, {@code vlan} or {@code veth}; empty if a device driver made it
 * @param alias what {@code ip link set alias} says about it; empty if nothing
 * @param vrfTable the routing table of a VRF; 0 for other kinds
 */
public record LinkMessage(
        int index,
        String name,
        int hardwareType,
        int flags,
        Optional<MacAddress> mac,
        int parentIndex,
        int masterIndex,
        int group,
        String kind,
        String alias,
        int vrfTable) {
    /** Kind: a VRF, an interface that stands for a routing table of its own. */
    public static final String KIND_VRF = "vrf";

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
    private static final int MAX_BYTES = 512;

    private static final int IFLA_ADDRESS = 1;
    private static final int IFLA_IFNAME = 3;
    private static final int IFLA_LINK = 5;
    private static final int IFLA_MASTER = 10;
    private static final int IFLA_LINKINFO = 18;
    private static final int IFLA_IFALIAS = 20;
    private static final int IFLA_GROUP = 27;
    private static final int IFLA_INFO_KIND = 1;
    private static final int IFLA_INFO_DATA = 2;
    private static final int IFLA_VRF_TABLE = 1;

    /** An interface of which no more is of interest. */
    public LinkMessage(int index, String name, int hardwareType, int flags, Optional<MacAddress> mac) {
        this(index, name, hardwareType, flags, mac, 0, 0, 0, "", "");
    }

    /** An interface that is no VRF. */
    public LinkMessage(
            int index,
            String name,
            int hardwareType,
            int flags,
            Optional<MacAddress> mac,
            int parentIndex,
            int masterIndex,
            int group,
            String kind,
            String alias) {
        this(index, name, hardwareType, flags, mac, parentIndex, masterIndex, group, kind, alias, 0);
    }

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
        putUnlessZero(attributes, IFLA_LINK, parentIndex);
        putUnlessZero(attributes, IFLA_MASTER, masterIndex);
        putUnlessZero(attributes, IFLA_GROUP, group);
        if (!kind.isEmpty()) {
            attributes.putNested(IFLA_LINKINFO, info -> {
                info.putText(IFLA_INFO_KIND, kind);
                if (vrfTable != 0) {
                    info.putNested(IFLA_INFO_DATA, data -> data.putInt(IFLA_VRF_TABLE, vrfTable));
                }
            });
        }
        if (!alias.isEmpty()) {
            attributes.putText(IFLA_IFALIAS, alias);
        }
        return out.flip();
    }

    private static void putUnlessZero(AttributeWriter attributes, int type, int value) {
        if (value != 0) {
            attributes.putInt(type, value);
        }
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
        int parentIndex = 0;
        int masterIndex = 0;
        int group = 0;
        Kind kind = new Kind("", 0);
        String alias = "";
        AttributeReader attributes = new AttributeReader(in.slice(start + HEADER_BYTES, in.remaining() - HEADER_BYTES));
        while (attributes.next()) {
            switch (attributes.type()) {
                case IFLA_IFNAME -> name = attributes.text();
                case IFLA_ADDRESS -> {
                    byte[] address = attributes.bytes();
                    mac = address.length == MacAddress.BYTES ? MacAddress.of(address) : null;
                }
                case IFLA_LINK -> parentIndex = attributes.intValue(0);
                case IFLA_MASTER -> masterIndex = attributes.intValue(0);
                case IFLA_GROUP -> group = attributes.intValue(0);
                case IFLA_LINKINFO -> kind = Kind.of(attributes.nested());
                case IFLA_IFALIAS -> alias = attributes.text();
                default -> {}
            }
        }
        if (name == null) {
            return Optional.empty();
        }
        int hardwareType = in.getShort(start + 2) & 0xffff;
        return Optional.of(new LinkMessage(
                in.getInt(start + 4),
                name,
                hardwareType,
                in.getInt(start + 8),
                Optional.ofNullable(mac),
                parentIndex,
                masterIndex,
                group,
                kind.name,
                alias,
                kind.vrfTable));
    }

    private record Kind(String name, int vrfTable) {
        /** What an interface is made of means something else for each kind. */
        static Kind of(AttributeReader info) {
            String name = "";
            int table = 0;
            while (info.next()) {
                if (info.type() == IFLA_INFO_KIND) {
                    name = info.text();
                } else if (info.type() == IFLA_INFO_DATA && name.equals(KIND_VRF)) {
                    AttributeReader data = info.nested();
                    while (data.next()) {
                        table = data.type() == IFLA_VRF_TABLE ? data.intValue(0) : table;
                    }
                }
            }
            return new Kind(name, table);
        }
    }

    /** Whether it can carry packets: administratively up, with a carrier and operational. */
    public boolean isUp() {
        return (flags & WORKING) == WORKING;
    }

    /** The same with another alias. */
    public LinkMessage withAlias(String text) {
        return new LinkMessage(
                index, name, hardwareType, flags, mac, parentIndex, masterIndex, group, kind, text, vrfTable);
    }

    /** Whether all the given flags are set. */
    public boolean has(int mask) {
        return (flags & mask) == mask;
    }
}
