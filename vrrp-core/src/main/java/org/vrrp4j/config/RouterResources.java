package org.vrrp4j.config;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a host has as long as it is master, or, for the static resources of a node, as long as the node runs: all or
 * none of it.
 *
 * @param addresses the addresses: first those that are advertised, then the excluded ones, each in its order
 * @param routes the routes, put in place after the addresses, in this order
 * @param rules the rules, put in place after the routes, in this order
 * @param accept whether packets to the addresses are accepted: Accept_Mode of RFC 9568, 6.1, and always so for the
 *     owner
 * @param settings what is set on the host, not only while it is master but as long as the router runs
 */
public record RouterResources(
        List<VirtualAddress> addresses,
        List<VirtualRoute> routes,
        List<VirtualRule> rules,
        boolean accept,
        Set<HostSetting> settings) {

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if an address, a route or a rule is given twice
     */
    public RouterResources {
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
        rules = List.copyOf(rules);
        settings = Set.copyOf(settings);
        requireOnce("address", addresses.stream().map(VirtualAddress::address), addresses.size());
        requireOnce("route", routes.stream(), routes.size());
        requireOnce("rule", rules.stream(), rules.size());
    }

    /**
     * Without settings.
     *
     * @throws IllegalArgumentException if an address, a route or a rule is given twice
     */
    public RouterResources(
            List<VirtualAddress> addresses, List<VirtualRoute> routes, List<VirtualRule> rules, boolean accept) {
        this(addresses, routes, rules, accept, Set.of());
    }

    private static void requireOnce(String what, Stream<?> values, int count) {
        if (values.distinct().count() != count) {
            throw new IllegalArgumentException("a virtual " + what + " is given twice");
        }
    }

    /**
     * These and then others.
     *
     * @throws IllegalArgumentException if an address, a route or a rule is in both
     */
    public RouterResources plus(RouterResources more) {
        return new RouterResources(
                concat(addresses, more.addresses),
                concat(routes, more.routes),
                concat(rules, more.rules),
                accept && more.accept,
                Set.copyOf(concat(settings, more.settings)));
    }

    private static <T> List<T> concat(Collection<T> first, Collection<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** Addresses alone, which answer. */
    public static RouterResources of(List<VirtualAddress> addresses) {
        return new RouterResources(addresses, List.of(), List.of(), true);
    }

    /** Whether there is nothing in it. */
    public boolean isEmpty() {
        return addresses.isEmpty() && routes.isEmpty() && rules.isEmpty() && settings.isEmpty();
    }

    /** Whether there is more than addresses that answer, which not every address backend can do. */
    public boolean isMoreThanAddresses() {
        return !routes.isEmpty() || !rules.isEmpty() || !accept || !settings.isEmpty();
    }
}
