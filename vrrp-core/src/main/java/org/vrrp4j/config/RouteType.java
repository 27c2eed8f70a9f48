package org.vrrp4j.config;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What the kernel does with packets that a route is for (ip-route(8), rtnetlink(7)). */
public enum RouteType {
    /** Sends them on. */
    UNICAST(1, true),
    /** Takes them as its own. */
    LOCAL(2, true),
    /** Takes them as its own, sent as link broadcasts. */
    BROADCAST(3, true),
    /** Takes them as its own; one of several hosts that would (IPv6). */
    ANYCAST(4, true),
    /** Multicast. */
    MULTICAST(5, true),
    /** Drops them without a word. */
    BLACKHOLE(6, false),
    /** Drops them; the sender hears that the host is unreachable. */
    UNREACHABLE(7, false),
    /** Drops them; the sender hears that this is prohibited. */
    PROHIBIT(8, false),
    /** Ends the lookup in this table, as if no route had been found. */
    THROW(9, false);

    private final int number;
    private final boolean needsNexthop;

    RouteType(int number, boolean needsNexthop) {
        this.number = number;
        this.needsNexthop = needsNexthop;
    }

    /** The kernel's number, {@code RTN_}. */
    public int number() {
        return number;
    }

    /** Whether a route of this type must say where packets go. */
    public boolean needsNexthop() {
        return needsNexthop;
    }

    /** The type that a word of ip-route(8) names. */
    public static Optional<RouteType> of(String word) {
        return Stream.of(values()).filter(type -> type.toString().equals(word)).findFirst();
    }

    /** The word of ip-route(8). */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
