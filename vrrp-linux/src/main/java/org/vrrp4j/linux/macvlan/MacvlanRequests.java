package org.vrrp4j.linux.macvlan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.libc.NetworkNamespace;
import org.vrrp4j.linux.netlink.AttributeWriter;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.netlink.NetlinkMessage;
import org.vrrp4j.linux.route.Ipv4Setting;
import org.vrrp4j.linux.route.LinkMessage;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.MacAddress;

/**
 * The requests by which an interface with a virtual MAC address comes and goes (rtnetlink(7), ip-link(8)).
 *
 * <pre>
 * RTM_NEWLINK: IFLA_ADDRESS, IFLA_LINK, IFLA_IFNAME, IFLA_GROUP, IFLA_MASTER,
 *              IFLA_LINKINFO { IFLA_INFO_KIND, IFLA_INFO_DATA { IFLA_MACVLAN_MODE } }
 * RTM_SETLINK: IFLA_IFALIAS, IFLA_AF_SPEC { AF_INET { settings }, AF_INET6 { IFLA_INET6_ADDR_GEN_MODE } }
 * </pre>
 */
final class MacvlanRequests {
    /** The kind of these interfaces. */
    static final String KIND = "macvlan";

    private static final int HEADER_BYTES = 16;
    private static final int MAX_BYTES = 512;
    private static final int IFLA_ADDRESS = 1;
    private static final int IFLA_IFNAME = 3;
    private static final int IFLA_LINK = 5;
    private static final int IFLA_MASTER = 10;
    private static final int IFLA_LINKINFO = 18;
    private static final int IFLA_INFO_KIND = 1;
    private static final int IFLA_INFO_DATA = 2;
    private static final int IFLA_IFALIAS = 20;
    private static final int IFLA_AF_SPEC = 26;
    private static final int IFLA_GROUP = 27;
    private static final int IFLA_MACVLAN_MODE = 1;
    private static final int MACVLAN_MODE_VEPA = 2;
    private static final int IFLA_INET6_ADDR_GEN_MODE = 8;
    private static final int IN6_ADDR_GEN_MODE_NONE = 1;

    private static final Map<Ipv4Setting, Integer> SETTINGS = Map.of(
            Ipv4Setting.ARP_IGNORE, 1,
            Ipv4Setting.ARP_ANNOUNCE, 2,
            Ipv4Setting.RP_FILTER, 2,
            Ipv4Setting.PROMOTE_SECONDARIES, 1);

    private MacvlanRequests() {}

    /**
     * Like {@code ip link add NAME link BASE address MAC type macvlan mode vepa}. It is down.
     *
     * @param vrfIndex the VRF that the interface below is part of; 0 if it is in none
     */
    static void add(NetlinkClient client, String name, MacAddress mac, LinkMessage base, int vrfIndex)
            throws LinuxException {
        ByteBuffer out = header(0, 0, 0);
        AttributeWriter attributes = new AttributeWriter(out)
                .put(IFLA_ADDRESS, mac.bytes())
                .putInt(IFLA_LINK, base.index())
                .putText(IFLA_IFNAME, name)
                .putInt(IFLA_GROUP, base.group())
                .putNested(
                        IFLA_LINKINFO,
                        info -> info.putText(IFLA_INFO_KIND, KIND)
                                .putNested(IFLA_INFO_DATA, data -> data.putInt(IFLA_MACVLAN_MODE, MACVLAN_MODE_VEPA)));
        if (vrfIndex != 0) {
            attributes.putInt(IFLA_MASTER, vrfIndex);
        }
        int flags = NetlinkMessage.NLM_F_CREATE | NetlinkMessage.NLM_F_EXCL;
        String operation = "RTM_NEWLINK " + name + " link " + base.name() + " address " + mac + " type " + KIND;
        client.execute(operation, LinkMessage.RTM_NEWLINK, flags, out.flip());
    }

    /** One that cannot be: EINVAL if the kernel knows the kind, EOPNOTSUPP if not. */
    static void addToNothing(NetlinkClient client) throws LinuxException {
        ByteBuffer out = header(0, 0, 0);
        new AttributeWriter(out).putNested(IFLA_LINKINFO, info -> info.putText(IFLA_INFO_KIND, KIND));
        int flags = NetlinkMessage.NLM_F_CREATE | NetlinkMessage.NLM_F_EXCL;
        client.execute("RTM_NEWLINK type " + KIND, LinkMessage.RTM_NEWLINK, flags, out.flip());
    }

    /**
     * Gives it its alias and its settings.
     *
     * @param families those of the addresses that it is to hold
     * @param ipv6Settings those of all interfaces, to be written, in /proc/sys/net
     */
    static void configure(
            NetlinkClient client, LinkMessage link, LinkAlias alias, Set<IpFamily> families, Path ipv6Settings)
            throws IOException {
        ByteBuffer out = header(link.index(), 0, 0);
        new AttributeWriter(out).putText(IFLA_IFALIAS, alias.toString()).putNested(IFLA_AF_SPEC, settings -> {
            Ipv4Setting.write(settings, SETTINGS);
            if (families.contains(IpFamily.IPV6)) {
                settings.putNested(
                        Libc.AF_INET6, ipv6 -> ipv6.putByte(IFLA_INET6_ADDR_GEN_MODE, IN6_ADDR_GEN_MODE_NONE));
            }
        });
        client.execute("RTM_SETLINK " + link.name(), Ipv4Setting.RTM_SETLINK, 0, out.flip());
        if (families.contains(IpFamily.IPV6)) {
            set(ipv6Settings.resolve(link.name()), "accept_ra", "0");
            set(ipv6Settings.resolve(link.name()), "disable_ipv6", "0");
        } else if (Files.exists(ipv6Settings)) {
            set(ipv6Settings.resolve(link.name()), "disable_ipv6", "1");
        }
    }

    private static void set(Path settings, String setting, String value) throws IOException {
        Path file = settings.resolve(setting);
        try {
            NetworkNamespace.callWhereSocketsAre(() -> {
                if (!Files.readString(file).strip().equals(value)) {
                    Files.writeString(file, value, StandardOpenOption.WRITE);
                }
                return null;
            });
        } catch (IOException e) {
            throw new IOException(
                    "cannot set " + file + " to " + value + " (" + e.getMessage() + "); a virtual MAC address needs a"
                            + " writable /proc/sys/net: mount it so, or set net.ipv6.conf.default." + setting + "="
                            + value + " on the host",
                    e);
        }
    }

    /** Like {@code ip link set NAME up} or {@code down}; down takes the kernel some milliseconds. */
    static void setUp(NetlinkClient client, LinkMessage link, boolean up) throws LinuxException {
        ByteBuffer out = header(link.index(), up ? LinkMessage.IFF_UP : 0, LinkMessage.IFF_UP);
        String operation = "RTM_SETLINK " + link.name() + (up ? " up" : " down");
        client.execute(operation, Ipv4Setting.RTM_SETLINK, 0, out.flip());
    }

    /** Like {@code ip link del NAME}; takes the kernel some milliseconds. */
    static void delete(NetlinkClient client, LinkMessage link) throws LinuxException {
        String operation = "RTM_DELLINK " + link.name();
        client.execute(
                operation,
                LinkMessage.RTM_DELLINK,
                0,
                header(link.index(), 0, 0).flip());
    }

    /** struct ifinfomsg: family, hardware type, index, flags, which of them to change. */
    private static ByteBuffer header(int index, int flags, int change) {
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + MAX_BYTES).order(ByteOrder.nativeOrder());
        return out.putInt(0).putInt(index).putInt(flags).putInt(change);
    }
}
