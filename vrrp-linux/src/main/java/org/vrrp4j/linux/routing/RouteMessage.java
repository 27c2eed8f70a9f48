package org.vrrp4j.linux.routing;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vrrp4j.config.IpPrefix;
import org.vrrp4j.config.RouteMetric;
import org.vrrp4j.config.RouteNexthop;
import org.vrrp4j.config.VirtualRoute;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.netlink.AttributeReader;
import org.vrrp4j.linux.netlink.AttributeWriter;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;

/**
 * The payload of a route in rtnetlink(7), {@code struct rtmsg} and attributes.
 *
 * <pre>
 * +---------------+---------------+---------------+---------------+
 * |  Family (8)   | Dst. len. (8) | Src. len. (8) |    TOS (8)    |
 * +---------------+---------------+---------------+---------------+
 * |   Table (8)   | Protocol (8)  |   Scope (8)   |    Type (8)   |
 * +---------------+---------------+---------------+---------------+
 * |                          Flags (32)                           |
 * +---------------------------------------------------------------+
 * |                          Attributes                           |
 * +---------------------------------------------------------------+
 * </pre>
 */
final class RouteMessage {
    /** Message type: a route is there, or is to be. */
    static final int RTM_NEWROUTE = 24;

    /** Message type: a route has gone, or is to go. */
    static final int RTM_DELROUTE = 25;

    /** Message type: asks for routes. */
    static final int RTM_GETROUTE = 26;

    /** The tag of our routes and rules, as of our addresses: the number of the VRRP protocol. */
    static final int PROTOCOL_VRRP = 112;

    static final int HEADER_BYTES = 12;
    private static final int MAX_BYTES = 1024;
    private static final int MAX_NEXTHOP_BYTES = 256;
    private static final int PROTOCOL_OFFSET = 5;
    private static final int SCOPE_UNIVERSE = 0;
    private static final int SCOPE_LINK = 253;
    private static final int SCOPE_HOST = 254;
    private static final int RT_TABLE_UNSPEC = 0;
    private static final int IPV6_DEFAULT_METRIC = 1024;
    private static final int MAX_BYTE = 255;
    private static final int RTNH_F_ONLINK = 4;
    private static final int RTNEXTHOP_BYTES = 8;
    private static final int RTAX_LOCK = 1;
    private static final int RTAX_CC_ALGO = 16;

    private static final int RTA_DST = 1;
    private static final int RTA_SRC = 2;
    private static final int RTA_OIF = 4;
    private static final int RTA_GATEWAY = 5;
    private static final int RTA_PRIORITY = 6;
    private static final int RTA_PREFSRC = 7;
    private static final int RTA_METRICS = 8;
    private static final int RTA_MULTIPATH = 9;
    private static final int RTA_FLOW = 11;
    private static final int RTA_TABLE = 15;
    private static final int RTA_VIA = 18;
    private static final int RTA_PREF = 20;
    private static final int RTA_EXPIRES = 23;
    private static final int RTA_TTL_PROPAGATE = 26;

    private RouteMessage() {}

    static int family(IpFamily family) {
        return family == IpFamily.IPV4 ? Libc.AF_INET : Libc.AF_INET6;
    }

    /** A request for our routes of a family; kernels before 5.0 answer with all. */
    static ByteBuffer encodeDump(IpFamily family) {
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.nativeOrder());
        return out.put(0, (byte) family(family)).put(PROTOCOL_OFFSET, (byte) PROTOCOL_VRRP);
    }

    /**
     * The payload of a route.
     *
     * @param interfaces those that it may name
     */
    static ByteBuffer encode(VirtualRoute route, Interfaces interfaces) {
        ByteBuffer out = ByteBuffer.allocate(
                        MAX_BYTES + MAX_NEXTHOP_BYTES * route.nexthops().size())
                .order(ByteOrder.nativeOrder());
        List<RouteNexthop> nexthops = route.nexthops();
        RouteNexthop single = nexthops.size() == 1 ? nexthops.get(0) : null;
        int table = route.vrf().map(interfaces::vrfTable).orElse(route.table());
        out.put((byte) family(route.family()))
                .put((byte) route.destination().length())
                .put((byte) route.from().map(IpPrefix::length).orElse(0).intValue())
                .put((byte) route.tos())
                .put((byte) (table > 0 && table <= MAX_BYTE ? table : RT_TABLE_UNSPEC))
                .put((byte) route.protocol().orElse(PROTOCOL_VRRP))
                .put((byte) route.scope().orElse(scope(route)))
                .put((byte) route.type().number())
                .putInt(single != null && single.onLink() ? RTNH_F_ONLINK : 0);
        AttributeWriter attributes = new AttributeWriter(out);
        if (route.destination().length() > 0) {
            attributes.put(RTA_DST, route.destination().address().getAddress());
        }
        route.from().ifPresent(from -> attributes.put(RTA_SRC, from.address().getAddress()));
        attributes.putInt(RTA_TABLE, table);
        route.source().ifPresent(source -> attributes.put(RTA_PREFSRC, source.getAddress()));
        route.metric().ifPresent(metric -> attributes.putInt(RTA_PRIORITY, (int) metric));
        if (single != null) {
            single.device().ifPresent(name -> attributes.putInt(RTA_OIF, interfaces.index(name)));
            putNexthop(attributes, route, single);
        } else if (!nexthops.isEmpty()) {
            attributes.putNested(
                    RTA_MULTIPATH, inner -> nexthops.forEach(hop -> putNexthop(out, route, hop, interfaces)));
        }
        if (route.realms() != 0) {
            attributes.putInt(RTA_FLOW, route.realms());
        }
        putMetrics(attributes, route);
        route.expires().ifPresent(seconds -> attributes.putInt(RTA_EXPIRES, (int) seconds));
        route.preference().ifPresent(preference -> attributes.putByte(RTA_PREF, preference.number()));
        route.ttlPropagate().ifPresent(flag -> attributes.putByte(RTA_TTL_PROPAGATE, flag ? 1 : 0));
        return out.flip();
    }

    /** What ip-route(8) takes if it is not said. */
    private static int scope(VirtualRoute route) {
        if (route.family() == IpFamily.IPV6) {
            return SCOPE_UNIVERSE;
        }
        boolean direct =
                route.nexthops().stream().allMatch(nexthop -> nexthop.gateway().isEmpty());
        return switch (route.type()) {
            case LOCAL -> SCOPE_HOST;
            case BROADCAST, MULTICAST, ANYCAST -> SCOPE_LINK;
            case UNICAST -> direct ? SCOPE_LINK : SCOPE_UNIVERSE;
            default -> SCOPE_UNIVERSE;
        };
    }

    private static void putNexthop(AttributeWriter attributes, VirtualRoute route, RouteNexthop nexthop) {
        nexthop.gateway().ifPresent(gateway -> putGateway(attributes, route, gateway));
        if (nexthop.realms() != 0) {
            attributes.putInt(RTA_FLOW, nexthop.realms());
        }
        nexthop.encapsulation().ifPresent(encapsulation -> EncapsulationAttributes.put(attributes, encapsulation));
    }

    /** {@code struct rtvia} names a gateway of another family. */
    private static void putGateway(AttributeWriter attributes, VirtualRoute route, InetAddress gateway) {
        byte[] address = gateway.getAddress();
        if (IpFamily.of(gateway) == route.family()) {
            attributes.put(RTA_GATEWAY, address);
        } else {
            ByteBuffer via = ByteBuffer.allocate(Short.BYTES + address.length).order(ByteOrder.nativeOrder());
            via.putShort((short) family(IpFamily.of(gateway))).put(address);
            attributes.put(RTA_VIA, via.array());
        }
    }

    /** {@code struct rtnexthop}: length, flags, weight - 1, interface, then attributes. */
    private static void putNexthop(ByteBuffer out, VirtualRoute route, RouteNexthop nexthop, Interfaces interfaces) {
        int start = out.position();
        out.putShort((short) RTNEXTHOP_BYTES)
                .put((byte) (nexthop.onLink() ? RTNH_F_ONLINK : 0))
                .put((byte) (nexthop.weight() - 1))
                .putInt(nexthop.device().map(interfaces::index).orElse(0));
        putNexthop(new AttributeWriter(out), route, nexthop);
        out.putShort(start, (short) (out.position() - start));
    }

    private static void putMetrics(AttributeWriter attributes, VirtualRoute route) {
        if (route.metrics().isEmpty() && route.congestionControl().isEmpty()) {
            return;
        }
        Map<Integer, Long> values = new TreeMap<>();
        int lock = route.congestionControlLocked() ? 1 << RTAX_CC_ALGO : 0;
        for (RouteMetric metric : route.metrics().keySet()) {
            values.put(metric.number(), route.metrics().get(metric));
            lock |= route.locked().contains(metric) ? 1 << metric.number() : 0;
        }
        if (lock != 0) {
            values.put(RTAX_LOCK, (long) lock);
        }
        attributes.putNested(RTA_METRICS, metrics -> {
            values.forEach((number, value) -> metrics.putInt(number, value.intValue()));
            route.congestionControl()
                    .ifPresent(name -> metrics.put(RTAX_CC_ALGO, name.getBytes(StandardCharsets.US_ASCII)));
        });
    }

    /** The tag of a route; -1 if the payload is damaged. */
    static int protocol(ByteBuffer payload) {
        return payload.remaining() < HEADER_BYTES ? -1 : payload.get(payload.position() + PROTOCOL_OFFSET) & MAX_BYTE;
    }

    /**
     * What a route is told apart by from others that the kernel has: {@code 198.51.100.0/24 tos 0 table 254 metric 0},
     * also as a charge; empty if the payload is damaged or of another family than IP.
     */
    static Optional<String> key(ByteBuffer message) {
        ByteBuffer payload = message.duplicate().order(ByteOrder.nativeOrder());
        int start = payload.position();
        int family = payload.remaining() < HEADER_BYTES ? 0 : payload.get(start) & MAX_BYTE;
        if (family != Libc.AF_INET && family != Libc.AF_INET6) {
            return Optional.empty();
        }
        boolean ipv6 = family == Libc.AF_INET6;
        byte[] destination = new byte[(ipv6 ? IpFamily.IPV6 : IpFamily.IPV4).addressBytes()];
        byte[] source = destination.clone();
        int table = payload.get(start + 4) & MAX_BYTE;
        long metric = 0;
        AttributeReader attributes =
                new AttributeReader(payload.slice(start + HEADER_BYTES, payload.remaining() - HEADER_BYTES));
        while (attributes.next()) {
            switch (attributes.type()) {
                case RTA_DST -> destination = attributes.bytes();
                case RTA_SRC -> source = attributes.bytes();
                case RTA_TABLE -> table = attributes.intValue(0);
                case RTA_PRIORITY -> metric = attributes.intValue(0) & 0xffff_ffffL;
                default -> {}
            }
        }
        int sourceLength = payload.get(start + 2) & MAX_BYTE;
        return Optional.of(IpAddresses.text(IpAddresses.of(destination)) + "/" + (payload.get(start + 1) & MAX_BYTE)
                + (sourceLength == 0 ? "" : " from " + IpAddresses.text(IpAddresses.of(source)) + "/" + sourceLength)
                + " tos " + (payload.get(start + 3) & MAX_BYTE)
                + " table " + (table & 0xffff_ffffL)
                + " metric " + (ipv6 && metric == 0 ? IPV6_DEFAULT_METRIC : metric));
    }
}
