package org.vrrp4j.linux.routing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vrrp4j.config.IpPrefix;
import org.vrrp4j.config.VirtualRule;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.netlink.AttributeReader;
import org.vrrp4j.linux.netlink.AttributeWriter;
import org.vrrp4j.model.IpFamily;

/**
 * The payload of a rule in rtnetlink(7), {@code struct fib_rule_hdr} and attributes.
 *
 * <pre>
 * +---------------+---------------+---------------+---------------+
 * |  Family (8)   | Dst. len. (8) | Src. len. (8) |    TOS (8)    |
 * +---------------+---------------+---------------+---------------+
 * |   Table (8)   |      0        |       0       |   Action (8)  |
 * +---------------+---------------+---------------+---------------+
 * |                          Flags (32)                           |
 * +---------------------------------------------------------------+
 * |                          Attributes                           |
 * +---------------------------------------------------------------+
 * </pre>
 */
final class RuleMessage {
    /** Message type: a rule is there, or is to be. */
    static final int RTM_NEWRULE = 32;

    /** Message type: a rule has gone, or is to go. */
    static final int RTM_DELRULE = 33;

    /** Message type: asks for rules. */
    static final int RTM_GETRULE = 34;

    private static final int HEADER_BYTES = 12;
    private static final int MAX_BYTES = 512;
    private static final int MAX_BYTE = 255;
    private static final int FIB_RULE_INVERT = 2;

    private static final int FRA_DST = 1;
    private static final int FRA_SRC = 2;
    private static final int FRA_IIFNAME = 3;
    private static final int FRA_GOTO = 4;
    private static final int FRA_PRIORITY = 6;
    private static final int FRA_FWMARK = 10;
    private static final int FRA_FLOW = 11;
    private static final int FRA_TUN_ID = 12;
    private static final int FRA_SUPPRESS_IFGROUP = 13;
    private static final int FRA_SUPPRESS_PREFIXLEN = 14;
    private static final int FRA_TABLE = 15;
    private static final int FRA_FWMASK = 16;
    private static final int FRA_OIFNAME = 17;
    private static final int FRA_L3MDEV = 19;
    private static final int FRA_UID_RANGE = 20;
    private static final int FRA_PROTOCOL = 21;
    private static final int FRA_IP_PROTO = 22;
    private static final int FRA_SPORT_RANGE = 23;
    private static final int FRA_DPORT_RANGE = 24;

    /** What distinguishes rules and is told by the kernel as it was said. */
    private static final List<Integer> IDENTITY = List.of(
            FRA_DST,
            FRA_SRC,
            FRA_IIFNAME,
            FRA_GOTO,
            FRA_PRIORITY,
            FRA_FWMARK,
            FRA_TUN_ID,
            FRA_TABLE,
            FRA_OIFNAME,
            FRA_UID_RANGE,
            FRA_IP_PROTO,
            FRA_SPORT_RANGE,
            FRA_DPORT_RANGE);

    private RuleMessage() {}

    /** A request for the rules of a family. */
    static ByteBuffer encodeDump(IpFamily family) {
        return ByteBuffer.allocate(HEADER_BYTES).put(0, (byte) RouteMessage.family(family));
    }

    /** The payload of a rule. */
    static ByteBuffer encode(VirtualRule rule) {
        ByteBuffer out = ByteBuffer.allocate(MAX_BYTES).order(ByteOrder.nativeOrder());
        int table = rule.table();
        out.put((byte) RouteMessage.family(rule.family()))
                .put((byte) rule.to().map(IpPrefix::length).orElse(0).intValue())
                .put((byte) rule.from().map(IpPrefix::length).orElse(0).intValue())
                .put((byte) rule.tos())
                .put((byte) (table > 0 && table <= MAX_BYTE ? table : 0))
                .putShort((short) 0)
                .put((byte) rule.action().number())
                .putInt(rule.inverted() ? FIB_RULE_INVERT : 0);
        AttributeWriter attributes = new AttributeWriter(out);
        attributes.putInt(FRA_PRIORITY, (int) rule.preference());
        attributes.putByte(FRA_PROTOCOL, rule.protocol().orElse(RouteMessage.PROTOCOL_VRRP));
        rule.to().ifPresent(prefix -> attributes.put(FRA_DST, prefix.address().getAddress()));
        rule.from().ifPresent(prefix -> attributes.put(FRA_SRC, prefix.address().getAddress()));
        if (table != 0) {
            attributes.putInt(FRA_TABLE, table);
        }
        if (rule.action() == VirtualRule.Action.GOTO) {
            attributes.putInt(FRA_GOTO, (int) rule.target());
        }
        putSelectors(attributes, rule);
        rule.suppressPrefixLength().ifPresent(length -> attributes.putInt(FRA_SUPPRESS_PREFIXLEN, length));
        rule.suppressGroup().ifPresent(group -> attributes.putInt(FRA_SUPPRESS_IFGROUP, group));
        if (rule.realms() != 0) {
            attributes.putInt(FRA_FLOW, rule.realms());
        }
        return out.flip();
    }

    private static void putSelectors(AttributeWriter attributes, VirtualRule rule) {
        rule.inputDevice().ifPresent(name -> attributes.putText(FRA_IIFNAME, name));
        rule.outputDevice().ifPresent(name -> attributes.putText(FRA_OIFNAME, name));
        rule.mark().ifPresent(mark -> attributes.putInt(FRA_FWMARK, (int) mark));
        rule.markMask().ifPresent(mask -> attributes.putInt(FRA_FWMASK, (int) mask));
        // in network order
        rule.tunnelId()
                .ifPresent(id -> attributes.put(
                        FRA_TUN_ID, ByteBuffer.allocate(Long.BYTES).putLong(id).array()));
        rule.users().ifPresent(range -> attributes.putInts(FRA_UID_RANGE, (int) range.low(), (int) range.high()));
        rule.ipProtocol().ifPresent(number -> attributes.putByte(FRA_IP_PROTO, number));
        rule.sourcePorts().ifPresent(range -> attributes.put(FRA_SPORT_RANGE, ports(range)));
        rule.destinationPorts().ifPresent(range -> attributes.put(FRA_DPORT_RANGE, ports(range)));
        if (rule.l3mdev()) {
            attributes.putByte(FRA_L3MDEV, 1);
        }
    }

    private static byte[] ports(VirtualRule.Range range) {
        return ByteBuffer.allocate(2 * Short.BYTES)
                .order(ByteOrder.nativeOrder())
                .putShort((short) range.low())
                .putShort((short) range.high())
                .array();
    }

    /** The tag of a rule; 0 for none. */
    static int protocol(ByteBuffer payload) {
        if (payload.remaining() >= HEADER_BYTES) {
            AttributeReader attributes = attributes(payload);
            while (attributes.next()) {
                if (attributes.type() == FRA_PROTOCOL) {
                    return attributes.byteValue();
                }
            }
        }
        return 0;
    }

    private static AttributeReader attributes(ByteBuffer payload) {
        return new AttributeReader(
                payload.slice(payload.position() + HEADER_BYTES, payload.remaining() - HEADER_BYTES));
    }

    /**
     * What a rule is told apart by from others, also as a charge; empty if the payload is damaged or of another family
     * than IP.
     */
    static Optional<String> key(ByteBuffer payload) {
        int start = payload.position();
        int family = payload.remaining() < HEADER_BYTES ? 0 : payload.get(start) & MAX_BYTE;
        if (family != Libc.AF_INET && family != Libc.AF_INET6) {
            return Optional.empty();
        }
        Map<Integer, String> identity = new TreeMap<>();
        AttributeReader attributes = attributes(payload);
        int table = 0;
        while (attributes.next()) {
            if (attributes.type() == FRA_TABLE) {
                table = attributes.intValue(0);
            } else if (IDENTITY.contains(attributes.type())) {
                identity.put(attributes.type(), HexFormat.of().formatHex(attributes.bytes()));
            }
        }
        // a short digest: a charge has the length of a socket address
        String text = (payload.get(start + 1) & MAX_BYTE) + "/" + (payload.get(start + 2) & MAX_BYTE) + "/"
                + (payload.get(start + 3) & MAX_BYTE) + "/" + table + "/" + (payload.get(start + 7) & MAX_BYTE) + "/"
                + identity;
        return Optional.of(
                (family == Libc.AF_INET ? "4 " : "6 ") + Integer.toHexString(text.hashCode()) + "-" + text.length());
    }
}
