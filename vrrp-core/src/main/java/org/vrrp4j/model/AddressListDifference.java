package org.vrrp4j.model;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the addresses in an advertisement differ from the configured ones.
 *
 * @param onlyThere those that only the sender has
 * @param onlyHere those that only this router has
 */
public record AddressListDifference(List<InetAddress> onlyThere, List<InetAddress> onlyHere) {
    /** How many addresses of each list {@link #text()} names. */
    public static final int NAMED = 4;

    /** Keeps copies. */
    public AddressListDifference {
        onlyThere = List.copyOf(onlyThere);
        onlyHere = List.copyOf(onlyHere);
    }

    /** The difference of two lists, in their orders. */
    public static AddressListDifference of(List<InetAddress> there, List<InetAddress> here) {
        return new AddressListDifference(without(there, new HashSet<>(here)), without(here, new HashSet<>(there)));
    }

    private static List<InetAddress> without(List<InetAddress> addresses, Set<InetAddress> others) {
        return addresses.stream().filter(address -> !others.contains(address)).toList();
    }

    /** In words, such as {@code only there 192.0.2.101, only here 192.0.2.100}; long lists are cut. */
    public String text() {
        if (onlyThere.isEmpty() && onlyHere.isEmpty()) {
            return "one of them is there more than once";
        }
        String there = onlyThere.isEmpty() ? "" : "only there " + text(onlyThere);
        String here = onlyHere.isEmpty() ? "" : "only here " + text(onlyHere);
        return there + (there.isEmpty() || here.isEmpty() ? "" : ", ") + here;
    }

    private static String text(List<InetAddress> addresses) {
        String named =
                addresses.stream().limit(NAMED).map(InetAddress::getHostAddress).collect(Collectors.joining(" "));
        int more = addresses.size() - NAMED;
        return more > 0 ? named + " and " + more + " more" : named;
    }
}
