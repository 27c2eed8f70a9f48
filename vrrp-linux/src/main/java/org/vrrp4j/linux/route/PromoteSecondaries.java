package org.vrrp4j.linux.route;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.AttributeReader;
import org.vrrp4j.linux.netlink.AttributeWriter;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.netlink.NetlinkMessage;

/**
 * The setting {@code net.ipv4.conf.IF.promote_secondaries}: with it, the first secondary address of a subnet becomes
 * its primary one when that goes; without it, they all go. By rtnetlink, as /proc/sys is read-only in many containers.
 *
 * <pre>
 * IFLA_AF_SPEC { AF_INET { IFLA_INET_CONF { number of the setting: value (32) } } }
 * </pre>
 */
final class PromoteSecondaries {
    /** Message type: changes an interface. */
    static final int RTM_SETLINK = 19;

    private static final int HEADER_BYTES = 16;
    private static final int MAX_BYTES = 64;
    private static final int IFLA_AF_SPEC = 26;
    private static final int IFLA_INET_CONF = 1;
    private static final int IPV4_DEVCONF_PROMOTE_SECONDARIES = 20;

    private PromoteSecondaries() {}

    /** Whether it is set for an interface; another one for all of them is not consulted. */
    static boolean isSet(NetlinkClient client, int interfaceIndex) throws LinuxException {
        for (NetlinkMessage message : client.dump("RTM_GETLINK", LinkMessage.RTM_GETLINK, LinkMessage.encodeDump())) {
            ByteBuffer payload = message.payload().order(ByteOrder.nativeOrder());
            int start = payload.position();
            if (payload.remaining() >= HEADER_BYTES && payload.getInt(start + 4) == interfaceIndex) {
                return isSet(payload.slice(start + HEADER_BYTES, payload.remaining() - HEADER_BYTES));
            }
        }
        return false;
    }

    private static boolean isSet(ByteBuffer attributes) {
        AttributeReader link = new AttributeReader(attributes);
        if (find(link, IFLA_AF_SPEC)) {
            AttributeReader families = link.nested();
            if (find(families, Libc.AF_INET)) {
                AttributeReader ipv4 = families.nested();
                // an array of all settings, the first being number 1
                return find(ipv4, IFLA_INET_CONF) && ipv4.intValue(IPV4_DEVCONF_PROMOTE_SECONDARIES - 1) != 0;
            }
        }
        return false;
    }

    private static boolean find(AttributeReader attributes, int type) {
        while (attributes.next()) {
            if (attributes.type() == type) {
                return true;
            }
        }
        return false;
    }

    /** Sets or unsets it for an interface. */
    static void set(NetlinkClient client, int interfaceIndex, String interfaceName, boolean value)
            throws LinuxException {
        ByteBuffer out = ByteBuffer.allocate(MAX_BYTES).order(ByteOrder.nativeOrder());
        out.putInt(0).putInt(interfaceIndex).putInt(0).putInt(0);
        new AttributeWriter(out)
                .putNested(
                        IFLA_AF_SPEC,
                        families -> families.putNested(
                                Libc.AF_INET,
                                ipv4 -> ipv4.putNested(
                                        IFLA_INET_CONF,
                                        settings -> settings.putInt(IPV4_DEVCONF_PROMOTE_SECONDARIES, value ? 1 : 0))));
        String operation = "RTM_SETLINK " + interfaceName + " promote_secondaries " + (value ? 1 : 0);
        client.execute(operation, RTM_SETLINK, 0, out.flip());
    }
}
