package org.vrrp4j.config;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Builds a {@link VirtualRoute}. Not safe for several threads. Values are checked by {@link #build()}. */
public final class VirtualRouteBuilder {
    IpPrefix destination;
    RouteType type = RouteType.UNICAST;
    IpPrefix from;
    int table = VirtualRoute.TABLE_MAIN;
    String vrf;
    OptionalInt protocol = OptionalInt.empty();
    OptionalInt scope = OptionalInt.empty();
    OptionalLong metric = OptionalLong.empty();
    int tos;
    InetAddress source;
    final List<RouteNexthop> nexthops = new ArrayList<>();
    final Map<RouteMetric, Long> metrics = new EnumMap<>(RouteMetric.class);
    final Set<RouteMetric> locked = EnumSet.noneOf(RouteMetric.class);
    String congestionControl;
    boolean congestionControlLocked;
    OptionalLong expires = OptionalLong.empty();
    VirtualRoute.Preference preference;
    Boolean ttlPropagate;
    int realms;
    VirtualRoute.Placement placement = VirtualRoute.Placement.ADD;
    boolean tracked = true;
    String trackGroup;

    VirtualRouteBuilder(IpPrefix destination) {
        this.destination = destination;
    }

    /** What is done with the packets. Default: they are sent on. */
    public VirtualRouteBuilder type(RouteType value) {
        type = Objects.requireNonNull(value, "type");
        return this;
    }

    /** The sources that it is for (IPv6). Default: all. */
    public VirtualRouteBuilder from(IpPrefix value) {
        from = value;
        return this;
    }

    /** The routing table, 1 to 4294967295 as an int. Default: main, 254. */
    public VirtualRouteBuilder table(int value) {
        table = value;
        return this;
    }

    /** The VRF whose routing table it is in, by the name of its interface. Default: none. */
    public VirtualRouteBuilder vrf(String value) {
        vrf = value;
        return this;
    }

    /** A tag of its own, 0 to 255, for a route that is not watched. Default: 112. */
    public VirtualRouteBuilder protocol(int value) {
        protocol = OptionalInt.of(inRange("protocol", value, 255));
        return this;
    }

    /** How far the destination is, 0 to 255. Default: what goes with the type. */
    public VirtualRouteBuilder scope(int value) {
        scope = OptionalInt.of(inRange("scope", value, 255));
        return this;
    }

    /** The metric, 0 to 4294967295. Default: the kernel's, 0 for IPv4 and 1024 for IPv6. */
    public VirtualRouteBuilder metric(long value) {
        if (value < 0 || value > WordReader.MAX_UNSIGNED) {
            throw new IllegalArgumentException("metric must be 0 to 4294967295: metric=" + value);
        }
        metric = OptionalLong.of(value);
        return this;
    }

    /** Only packets with this TOS (IPv4), 0 to 255. Default: 0 for all. */
    public VirtualRouteBuilder tos(int value) {
        tos = inRange("tos", value, 255);
        return this;
    }

    /** The address that packets come from which do not say. Default: the kernel chooses. */
    public VirtualRouteBuilder source(InetAddress value) {
        source = value;
        return this;
    }

    /** Where packets go; several share them. */
    public VirtualRouteBuilder nexthop(RouteNexthop value) {
        nexthops.add(Objects.requireNonNull(value, "nexthop"));
        return this;
    }

    /** Says something about connections. */
    public VirtualRouteBuilder metric(RouteMetric what, long value, boolean lock) {
        metrics.put(what, value);
        if (lock) {
            locked.add(what);
        } else {
            locked.remove(what);
        }
        return this;
    }

    /** The TCP congestion control. Default: the host's. */
    public VirtualRouteBuilder congestionControl(String value, boolean lock) {
        congestionControl = Objects.requireNonNull(value, "congestionControl");
        congestionControlLocked = lock;
        return this;
    }

    /** After how many seconds the kernel removes it (IPv6). Default: never. */
    public VirtualRouteBuilder expires(long seconds) {
        expires = OptionalLong.of(seconds);
        return this;
    }

    /** Its preference (IPv6). Default: medium. */
    public VirtualRouteBuilder preference(VirtualRoute.Preference value) {
        preference = value;
        return this;
    }

    /** Whether the TTL goes over into an MPLS label and back. Default: the system's setting. */
    public VirtualRouteBuilder ttlPropagate(boolean value) {
        ttlPropagate = value;
        return this;
    }

    /** Realms: from in the upper 16 bits, to in the lower (IPv4). Default: none. */
    public VirtualRouteBuilder realms(int value) {
        realms = value;
        return this;
    }

    /** How it comes to others for the same. Default: {@link VirtualRoute.Placement#ADD}. */
    public VirtualRouteBuilder placement(VirtualRoute.Placement value) {
        placement = Objects.requireNonNull(value, "placement");
        return this;
    }

    /** Whether it is put back if somebody removes it. Default: true. */
    public VirtualRouteBuilder tracked(boolean value) {
        tracked = value;
        return this;
    }

    /** The name of a track group. Default: none. */
    public VirtualRouteBuilder trackGroup(String value) {
        trackGroup = value;
        return this;
    }

    private static int inRange(String name, int value, int max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(name + " must be 0 to " + max + ": " + name + "=" + value);
        }
        return value;
    }

    /**
     * The route.
     *
     * @throws IllegalArgumentException if two values do not fit together; the message names them
     */
    public VirtualRoute build() {
        return new VirtualRoute(this);
    }
}
