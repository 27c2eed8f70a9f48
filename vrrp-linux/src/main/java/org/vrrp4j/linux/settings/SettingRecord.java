package org.vrrp4j.linux.settings;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.AttributeReader;
import org.vrrp4j.linux.netlink.AttributeWriter;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.netlink.NetlinkMessage;
import org.vrrp4j.linux.route.LinkMessage;

/**
 * What was set before we changed it, kept as an alternative name of an interface (rtnetlink(7), {@code ip link
 * property}).
 *
 * <pre>
 * RTM_NEWLINKPROP, RTM_DELLINKPROP: IFLA_PROP_LIST { IFLA_ALT_IFNAME }
 * </pre>
 *
 * @param setting its name in /proc/sys/net
 * @param before its value then
 * @param interfaceIndex the interface that has the record
 */
record SettingRecord(String setting, int before, int interfaceIndex) {
    private static final int RTM_NEWLINKPROP = 108;
    private static final int RTM_DELLINKPROP = 109;
    private static final int HEADER_BYTES = 16;
    private static final int MAX_BYTES = 192;
    private static final int IFLA_PROP_LIST = 52;
    private static final int IFLA_ALT_IFNAME = 53;
    private static final Pattern NAME = Pattern.compile("vrrp4j-([a-z_]+)-was-(\\d{1,9})-on-(\\d{1,9})");

    /** The name, which is unique among those of all interfaces. */
    String name() {
        return "vrrp4j-" + setting + "-was-" + before + "-on-" + interfaceIndex;
    }

    /**
     * All that there are.
     *
     * @throws LinuxException if the kernel refuses
     */
    static List<SettingRecord> all(NetlinkClient client) throws LinuxException {
        List<SettingRecord> records = new ArrayList<>();
        for (NetlinkMessage link : client.dump("RTM_GETLINK", LinkMessage.RTM_GETLINK, LinkMessage.encodeDump())) {
            ByteBuffer payload = link.payload().order(ByteOrder.nativeOrder());
            int start = payload.position();
            if (payload.remaining() >= HEADER_BYTES) {
                int index = payload.getInt(start + 4);
                AttributeReader attributes =
                        new AttributeReader(payload.slice(start + HEADER_BYTES, payload.remaining() - HEADER_BYTES));
                while (attributes.next()) {
                    if (attributes.type() == IFLA_PROP_LIST) {
                        read(attributes.nested(), index, records);
                    }
                }
            }
        }
        return records;
    }

    private static void read(AttributeReader names, int index, List<SettingRecord> records) {
        while (names.next()) {
            if (names.type() == IFLA_ALT_IFNAME) {
                parse(names.text(), index).ifPresent(records::add);
            }
        }
    }

    /** One whose interface is another one by now is of no use: it was moved here from another namespace. */
    private static Optional<SettingRecord> parse(String name, int index) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() && matcher.group(3).equals(Integer.toString(index))
                ? Optional.of(new SettingRecord(matcher.group(1), Integer.parseInt(matcher.group(2)), index))
                : Optional.empty();
    }

    /**
     * Keeps it, like {@code ip link property add dev INTERFACE altname NAME}.
     *
     * @throws LinuxException if the kernel refuses
     */
    void keep(NetlinkClient client) throws LinuxException {
        request(client, "RTM_NEWLINKPROP", RTM_NEWLINKPROP, NetlinkMessage.NLM_F_CREATE | NetlinkMessage.NLM_F_EXCL);
    }

    /**
     * Forgets it.
     *
     * @throws LinuxException if the kernel refuses
     */
    void forget(NetlinkClient client) throws LinuxException {
        request(client, "RTM_DELLINKPROP", RTM_DELLINKPROP, 0);
    }

    private void request(NetlinkClient client, String type, int number, int flags) throws LinuxException {
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + MAX_BYTES).order(ByteOrder.nativeOrder());
        out.putInt(0).putInt(interfaceIndex).putInt(0).putInt(0);
        new AttributeWriter(out).putNested(IFLA_PROP_LIST, names -> names.putText(IFLA_ALT_IFNAME, name()));
        client.execute(type + " " + name(), number, flags, out.flip());
    }
}
