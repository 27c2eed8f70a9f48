package org.vrrp4j.linux.doctor;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vrrp4j.linux.doctor.FirewallRules.Truth;
import org.vrrp4j.model.IpFamily;

/** Compares a field of an advertisement with a value in a rule (libnftables-json(5), "Expressions"). */
final class NftablesValue {
    private static final Set<String> OTHER_PROTOCOLS = Set.of(
            "tcp", "udp", "udplite", "sctp", "dccp", "icmp", "icmpv6", "igmp", "ah", "esp", "comp", "gre", "arp");

    private NftablesValue() {}

    /** Whether the packet has no such field at all, as the port of TCP: then no comparison holds. */
    static boolean isAbsent(Object field, FirewallPacket packet) {
        String protocol = member(field, "payload", "protocol");
        return OTHER_PROTOCOLS.contains(protocol)
                || protocol.equals("ip") && packet.family() != IpFamily.IPV4
                || protocol.equals("ip6") && packet.family() != IpFamily.IPV6;
    }

    /** Whether a field has a value, or one of several. */
    static Truth compare(Object field, Object value, FirewallPacket packet) {
        if (isAbsent(field, packet)) {
            return Truth.NO;
        }
        if (value instanceof List<?> several) {
            return any(field, several, packet);
        }
        if (value instanceof Map<?, ?> object && object.get("set") != null) {
            Object elements = object.get("set");
            return elements instanceof List<?> several ? any(field, several, packet) : compare(field, elements, packet);
        }
        if (value instanceof Map<?, ?> object && object.get("elem") instanceof Map<?, ?> element) {
            return compare(field, element.get("val"), packet);
        }
        if (value instanceof String text && text.startsWith("@")) {
            return Truth.UNKNOWN;
        }
        if (value instanceof String text && text.equals("*")) {
            return Truth.YES;
        }
        String meta = member(field, "meta", "key");
        if (!meta.isEmpty()) {
            return compareMeta(meta, value, packet);
        }
        if (member(field, "ct", "key").equals("state")) {
            return PacketMatch.connectionState(packet, String.valueOf(value));
        }
        return comparePayload(member(field, "payload", "field"), value, packet);
    }

    private static Truth any(Object field, List<?> values, FirewallPacket packet) {
        return values.stream().map(value -> compare(field, value, packet)).reduce(Truth.NO, Truth::or);
    }

    private static Truth compareMeta(String key, Object value, FirewallPacket packet) {
        String text = String.valueOf(value);
        boolean isIpv4 = packet.family() == IpFamily.IPV4;
        return switch (key) {
            case "l4proto" -> number(value, FirewallPacket.PROTOCOL, PacketMatch.protocol(text));
            case "nfproto" -> Truth.of(text.equals(isIpv4 ? "ipv4" : "ipv6"));
            case "protocol" -> Truth.of(text.equals(isIpv4 ? "ip" : "ip6"));
            case "iifname", "iif" -> PacketMatch.interfaceName(packet, true, text, '*');
            case "oifname", "oif" -> PacketMatch.interfaceName(packet, false, text, '*');
            case "pkttype" -> packet.outgoing() ? Truth.UNKNOWN : PacketMatch.packetType(packet, text);
            default -> Truth.UNKNOWN;
        };
    }

    private static Truth comparePayload(String field, Object value, FirewallPacket packet) {
        return switch (field) {
            case "protocol", "nexthdr" ->
                number(value, FirewallPacket.PROTOCOL, PacketMatch.protocol(String.valueOf(value)));
            case "ttl", "hoplimit" -> number(value, FirewallPacket.TTL, Truth.UNKNOWN);
            case "saddr" -> address(packet.source(), value);
            case "daddr" -> address(Optional.of(packet.destination()), value);
            default -> Truth.UNKNOWN;
        };
    }

    private static Truth number(Object value, int actual, Truth otherwise) {
        if (value instanceof Number number) {
            return Truth.of(number.intValue() == actual);
        }
        if (range(value).isPresent()) {
            List<?> limits = range(value).get();
            return limits.get(0) instanceof Number from && limits.get(1) instanceof Number to
                    ? Truth.of(from.intValue() <= actual && actual <= to.intValue())
                    : Truth.UNKNOWN;
        }
        return value instanceof String ? otherwise : Truth.UNKNOWN;
    }

    private static Truth address(Optional<InetAddress> actual, Object value) {
        if (range(value).isPresent()) {
            List<?> limits = range(value).get();
            return PacketMatch.between(actual, String.valueOf(limits.get(0)), String.valueOf(limits.get(1)));
        }
        String prefix = member(value, "prefix", "addr");
        String text = prefix.isEmpty() ? String.valueOf(value) : prefix + "/" + member(value, "prefix", "len");
        return PacketMatch.address(actual, text);
    }

    private static Optional<List<?>> range(Object value) {
        return value instanceof Map<?, ?> object && object.get("range") instanceof List<?> limits && limits.size() == 2
                ? Optional.of(limits)
                : Optional.empty();
    }

    /** A member of a member, as text; empty if there is none. */
    private static String member(Object value, String outer, String inner) {
        if (value instanceof Map<?, ?> object
                && object.get(outer) instanceof Map<?, ?> found
                && found.get(inner) != null) {
            return found.get(inner).toString();
        }
        return "";
    }
}
