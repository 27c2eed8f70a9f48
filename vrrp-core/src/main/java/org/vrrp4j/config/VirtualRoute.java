package org.vrrp4j.config;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;

/**
 * A route that a host has while it is master, or, as a static one, while its node runs: keepalived's {@code
 * virtual_routes} and {@code static_routes}, ip-route(8). Read from words with {@link #parse(String)}, or built with
 * {@link #to(IpPrefix)}. Two routes are equal if they say the same.
 */
public final class VirtualRoute {
    /** The table of the host itself, {@code main}. */
    public static final int TABLE_MAIN = 254;

    /** How a route comes to those that the host has for the same destination, table, TOS and metric. */
    public enum Placement {
        /** Only if there is none: somebody else's is never covered up. */
        ADD,
        /** Before them, so that it is the one that is used (IPv4). */
        PREPEND,
        /** Behind them (IPv4). */
        APPEND
    }

    /** How routers that announced a route are compared (IPv6, RFC 4191). The number is the kernel's. */
    public enum Preference {
        /** {@code medium}. */
        MEDIUM(0),
        /** {@code high}. */
        HIGH(1),
        /** {@code low}. */
        LOW(3);

        private final int number;

        Preference(int number) {
            this.number = number;
        }

        /** The kernel's number. */
        public int number() {
            return number;
        }
    }

    private final RouteType type;
    private final IpPrefix destination;
    private final Optional<IpPrefix> from;
    private final int table;
    private final Optional<String> vrf;
    private final OptionalInt protocol;
    private final OptionalInt scope;
    private final OptionalLong metric;
    private final int tos;
    private final Optional<InetAddress> source;
    private final List<RouteNexthop> nexthops;
    private final Map<RouteMetric, Long> metrics;
    private final Set<RouteMetric> locked;
    private final Optional<String> congestionControl;
    private final boolean congestionControlLocked;
    private final OptionalLong expires;
    private final Optional<Preference> preference;
    private final Optional<Boolean> ttlPropagate;
    private final int realms;
    private final Placement placement;
    private final boolean tracked;
    private final Optional<String> trackGroup;
    private final String text;

    VirtualRoute(VirtualRouteBuilder builder) {
        type = builder.type;
        destination = builder.destination;
        from = Optional.ofNullable(builder.from);
        table = builder.table;
        vrf = Optional.ofNullable(builder.vrf);
        protocol = builder.protocol;
        scope = builder.scope;
        metric = builder.metric;
        tos = builder.tos;
        source = Optional.ofNullable(builder.source);
        nexthops = List.copyOf(builder.nexthops);
        metrics = Map.copyOf(builder.metrics);
        locked = Set.copyOf(builder.locked);
        congestionControl = Optional.ofNullable(builder.congestionControl);
        congestionControlLocked = builder.congestionControlLocked;
        expires = builder.expires;
        preference = Optional.ofNullable(builder.preference);
        ttlPropagate = Optional.ofNullable(builder.ttlPropagate);
        realms = builder.realms;
        placement = builder.placement;
        tracked = builder.tracked;
        trackGroup = Optional.ofNullable(builder.trackGroup);
        check();
        text = RouteWords.of(this);
    }

    private void check() {
        boolean ipv6 = family() == IpFamily.IPV6;
        require(
                type.needsNexthop() != nexthops.isEmpty(),
                type.needsNexthop()
                        ? "a route of type " + type + " needs 'via GATEWAY' or 'dev INTERFACE'"
                        : "a route of type " + type + " has neither 'via' nor 'dev'");
        require(vrf.isEmpty() || table == TABLE_MAIN, "'vrf' says the table: 'table' does not go with it");
        require(from.isEmpty() || ipv6, "only IPv6 routes have 'from'");
        require(from.isEmpty() || from.get().family() == family(), "'from' must be of the family of the destination");
        require(source.isEmpty() || IpFamily.of(source.get()) == family(), "'src' must be of the family of the route");
        require(tos == 0 || !ipv6, "only IPv4 routes have 'tos'");
        require(expires.isEmpty() || ipv6, "only IPv6 routes have 'expires'");
        require(preference.isEmpty() || ipv6, "only IPv6 routes have 'pref'");
        require(
                realms == 0 && nexthops.stream().allMatch(hop -> hop.realms() == 0) || !ipv6,
                "only IPv4 routes have 'realms'");
        for (RouteNexthop nexthop : nexthops) {
            nexthop.gateway()
                    .ifPresent(gateway -> require(
                            IpFamily.of(gateway) == family() || !ipv6,
                            "an IPv6 route must have an IPv6 gateway: via " + IpAddresses.text(gateway)));
        }
        require(
                protocol.isEmpty() || !tracked,
                "'protocol' goes with 'no_track' only: what is watched and removed must be recognised by its own");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /**
     * A route as ip-route(8) and keepalived write it, such as {@code 198.51.100.0/24 via 192.0.2.254 dev eth0 metric
     * 10}, with the names that every host knows.
     *
     * @throws IllegalArgumentException if a word is unknown, or its value is wrong; the message names it
     */
    public static VirtualRoute parse(String words) {
        return parse(words, RoutingNames.BUILT_IN);
    }

    /**
     * The same with the names of a host.
     *
     * @throws IllegalArgumentException if a word is unknown, or its value is wrong; the message names it
     */
    public static VirtualRoute parse(String words, RoutingNames names) {
        return new RouteParser(words, names).parse();
    }

    /** Starts a unicast route in the table {@code main}. */
    public static VirtualRouteBuilder to(IpPrefix destination) {
        return new VirtualRouteBuilder(destination);
    }

    /** The family of its destination. */
    public IpFamily family() {
        return destination.family();
    }

    /** What is done with the packets. */
    public RouteType type() {
        return type;
    }

    /** Which packets it is for. */
    public IpPrefix destination() {
        return destination;
    }

    /** {@code from}: the sources that it is for (IPv6). */
    public Optional<IpPrefix> from() {
        return from;
    }

    /** The routing table, unless it is in a VRF. */
    public int table() {
        return table;
    }

    /** {@code vrf}: the VRF whose table it is in, whichever that has when the route is put there. */
    public Optional<String> vrf() {
        return vrf;
    }

    /** {@code protocol}: the tag, if it is not that of this library. */
    public OptionalInt protocol() {
        return protocol;
    }

    /** How far the destination is; empty for what goes with the type. */
    public OptionalInt scope() {
        return scope;
    }

    /** {@code metric}: of several routes to a destination the lowest is used; empty for the kernel's default. */
    public OptionalLong metric() {
        return metric;
    }

    /** {@code tos}: only for packets with this TOS (IPv4); 0 for all. */
    public int tos() {
        return tos;
    }

    /** {@code src}: the address that packets come from which do not say. */
    public Optional<InetAddress> source() {
        return source;
    }

    /** Where packets go; several share them. */
    public List<RouteNexthop> nexthops() {
        return nexthops;
    }

    /** What it says about connections, in the kernel's units. */
    public Map<RouteMetric, Long> metrics() {
        return metrics;
    }

    /** Which of the metrics the kernel must not adjust. */
    public Set<RouteMetric> locked() {
        return locked;
    }

    /** {@code congctl}: the TCP congestion control. */
    public Optional<String> congestionControl() {
        return congestionControl;
    }

    /** Whether applications cannot choose another one. */
    public boolean congestionControlLocked() {
        return congestionControlLocked;
    }

    /** {@code expires}: after how many seconds the kernel removes it (IPv6). */
    public OptionalLong expires() {
        return expires;
    }

    /** {@code pref} (IPv6). */
    public Optional<Preference> preference() {
        return preference;
    }

    /** {@code ttl-propagate}: whether the TTL goes over into an MPLS label and back; empty for the system's setting. */
    public Optional<Boolean> ttlPropagate() {
        return ttlPropagate;
    }

    /** {@code realms} of the whole route: from in the upper 16 bits, to in the lower; 0 for none. */
    public int realms() {
        return realms;
    }

    /** How it comes to others for the same. */
    public Placement placement() {
        return placement;
    }

    /** Whether it is put back if somebody removes it: not with {@code no_track}. */
    public boolean tracked() {
        return tracked;
    }

    /** {@code track_group}: whose loss of a static route counts; nothing follows from it yet. */
    public Optional<String> trackGroup() {
        return trackGroup;
    }

    /** The words of ip-route(8), in an order of their own, with numbers for names. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VirtualRoute route
                && text.equals(route.text)
                && placement == route.placement
                && tracked == route.tracked
                && trackGroup.equals(route.trackGroup);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text);
    }
}
