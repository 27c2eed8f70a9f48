package org.vrrp4j.linux.route;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.AttributeReader;
import org.vrrp4j.linux.netlink.AttributeWriter;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.netlink.NetlinkMessage;

/**
 * A setting {@code net.ipv4.conf.IF.NAME} of one interface; that of all interfaces is not consulted. By rtnetlink, as
 * /proc/sys is read-only in many containers.
 *
 * <pre>
 * IFLA_AF_SPEC { AF_INET { IFLA_INET_CONF { number of the setting: value (32) } } }
 * </pre>
 */
public enum Ipv4Setting {
    /** Whether a packet is dropped that would be answered elsewhere: 0 no, 1 yes, 2 only if nowhere. */
    RP_FILTER(8),
    /** Which address an ARP request comes from: 0 any of the host, 2 one of the interface that fits. */
    ARP_ANNOUNCE(18),
    /** Which ARP requests are answered: 0 for any address of the host, 1 for those of the interface. */
    ARP_IGNORE(19),
    /**
     * Whether the first secondary address of a subnet becomes its primary one when that goes; otherwise they all go.
     */
    PROMOTE_SECONDARIES(20);

    /** Message type: changes an interface. */
    public static final int RTM_SETLINK = 19;

    private static final int HEADER_BYTES = 16;
    private static final int MAX_BYTES = 128;
    private static final int IFLA_AF_SPEC = 26;
    private static final int IFLA_INET_CONF = 1;

    private final int number;

    Ipv4Setting(int number) {
        this.number = number;
    }

    /**
     * The value that an interface has.
     *
     * @return 0 if there is no such interface
     * @throws LinuxException if the kernel refuses
     */
    public int read(NetlinkClient client, int interfaceIndex) throws LinuxException {
        return readAll(client, interfaceIndex).getOrDefault(this, 0);
    }

    /**
     * The values that an interface has.
     *
     * @return none if there is no such interface
     * @throws LinuxException if the kernel refuses
     */
    public static Map<Ipv4Setting, Integer> readAll(NetlinkClient client, int interfaceIndex) throws LinuxException {
        for (NetlinkMessage message : client.dump("RTM_GETLINK", LinkMessage.RTM_GETLINK, LinkMessage.encodeDump())) {
            ByteBuffer payload = message.payload().order(ByteOrder.nativeOrder());
            int start = payload.position();
            if (payload.remaining() >= HEADER_BYTES && payload.getInt(start + 4) == interfaceIndex) {
                return readAll(payload.slice(start + HEADER_BYTES, payload.remaining() - HEADER_BYTES));
            }
        }
        return Map.of();
    }

    private static Map<Ipv4Setting, Integer> readAll(ByteBuffer attributes) {
        Map<Ipv4Setting, Integer> values = new EnumMap<>(Ipv4Setting.class);
        AttributeReader link = new AttributeReader(attributes);
        if (find(link, IFLA_AF_SPEC)) {
            AttributeReader families = link.nested();
            if (find(families, Libc.AF_INET)) {
                AttributeReader ipv4 = families.nested();
                if (find(ipv4, IFLA_INET_CONF)) {
                    for (Ipv4Setting setting : values()) {
                        // an array of all settings, the first being number 1
                        values.put(setting, ipv4.intValue(setting.number - 1));
                    }
                }
            }
        }
        return values;
    }

    private static boolean find(AttributeReader attributes, int type) {
        while (attributes.next()) {
            if (attributes.type() == type) {
                return true;
            }
        }
        return false;
    }

    /**
     * Gives an interface this value.
     *
     * @param interfaceName for messages
     * @throws LinuxException if the kernel refuses
     */
    public void set(NetlinkClient client, int interfaceIndex, String interfaceName, int value) throws LinuxException {
        ByteBuffer out = ByteBuffer.allocate(MAX_BYTES).order(ByteOrder.nativeOrder());
        out.putInt(0).putInt(interfaceIndex).putInt(0).putInt(0);
        new AttributeWriter(out).putNested(IFLA_AF_SPEC, families -> write(families, Map.of(this, value)));
        client.execute("RTM_SETLINK " + interfaceName + " " + this + " " + value, RTM_SETLINK, 0, out.flip());
    }

    /** Writes values into an IFLA_AF_SPEC. */
    public static void write(AttributeWriter families, Map<Ipv4Setting, Integer> values) {
        families.putNested(
                Libc.AF_INET,
                ipv4 -> ipv4.putNested(
                        IFLA_INET_CONF,
                        settings -> values.forEach((setting, value) -> settings.putInt(setting.number, value))));
    }

    /** The name of the setting, such as {@code arp_ignore}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
