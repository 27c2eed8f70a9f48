package org.vrrp4j.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Which numbers stand behind the names that routes and rules may use: what a host has in {@code /etc/iproute2}, see
 * ip-route(8) and ip-rule(8).
 *
 * @param numbers the number of each name, for each kind of name
 */
public record RoutingNames(Map<Kind, Map<String, Integer>> numbers) {

    /** A kind of name. */
    public enum Kind {
        /** Routing tables, {@code rt_tables}. */
        TABLE("rt_tables"),
        /** Who made a route, {@code rt_protos}. */
        PROTOCOL("rt_protos"),
        /** How far a destination is, {@code rt_scopes}. */
        SCOPE("rt_scopes"),
        /** Values of the TOS or traffic class byte, {@code rt_dsfield}. */
        DSFIELD("rt_dsfield"),
        /** Realms, {@code rt_realms}. */
        REALM("rt_realms"),
        /** Groups of interfaces, {@code group}. */
        GROUP("group");

        private final String fileName;

        Kind(String fileName) {
            this.fileName = fileName;
        }

        /** The file in {@code /etc/iproute2}. */
        public String fileName() {
            return fileName;
        }
    }

    /** What every kernel and iproute2 know without a file. */
    public static final RoutingNames BUILT_IN = new RoutingNames(Map.of(
            Kind.TABLE, Map.of("unspec", 0, "default", 253, "main", 254, "local", 255),
            Kind.PROTOCOL, Map.of("redirect", 1, "kernel", 2, "boot", 3, "static", 4, "keepalived", 18),
            Kind.SCOPE, Map.of("global", 0, "universe", 0, "site", 200, "link", 253, "host", 254, "nowhere", 255),
            Kind.DSFIELD, Map.of("default", 0),
            Kind.REALM, Map.of("cosmos", 0),
            Kind.GROUP, Map.of("default", 0)));

    /** Copies the maps. */
    public RoutingNames {
        Objects.requireNonNull(numbers, "numbers");
        Map<Kind, Map<String, Integer>> copy = new HashMap<>();
        numbers.forEach((kind, names) -> copy.put(kind, Map.copyOf(names)));
        numbers = Map.copyOf(copy);
    }

    /** The same names, and more of one kind, of which a later one counts. */
    public RoutingNames with(Kind kind, Map<String, Integer> more) {
        Map<String, Integer> names = new HashMap<>(numbers.getOrDefault(kind, Map.of()));
        names.putAll(more);
        Map<Kind, Map<String, Integer>> all = new HashMap<>(numbers);
        all.put(kind, names);
        return new RoutingNames(all);
    }

    /** The number of a name, or null. */
    Integer number(Kind kind, String name) {
        return numbers.getOrDefault(kind, Map.of()).get(name);
    }
}
