package org.vrrp4j.linux.lab;

import java.util.List;

/**
 * Shell scripts that make and change hosts, switches and cables with {@code ip}.
 *
 * <p>All switches are bridges in one namespace; a cable is a veth pair between a host and a bridge. A cut cable's port
 * is moved to another bridge: that loses all traffic, and the host keeps its carrier.
 */
final class Topology {
    /** No host can have this name. */
    static final String SWITCH_NAMESPACE = "_switches";

    private static final String IN_SWITCHES = "ip -n " + SWITCH_NAMESPACE + " ";

    private Topology() {}

    /** Without snooping multicast reaches every port; without spanning tree a port forwards as soon as it is up. */
    static String addSwitch(String bridge) {
        return """
               set -e
               %1$s link add %2$s type bridge stp_state 0 forward_delay 0 mcast_snooping 0
               %1$s link set %2$s addrgenmode none up
               """.formatted(IN_SWITCHES, bridge);
    }

    /**
     * A network namespace with a number, by which the events of its addresses are told apart. Duplicate address
     * detection would keep IPv6 addresses from use for a second; where /proc/sys is read-only, it does.
     */
    static String addHost(String host, int namespaceId) {
        return """
               set -e
               ip netns add %1$s
               ip netns set %1$s %2$d
               ip netns exec %1$s sh -c 'for each in all default lo; do
                 echo 0 >/proc/sys/net/ipv6/conf/$each/accept_dad
               done' 2>/dev/null || true
               ip -n %1$s link set lo up
               """.formatted(host, namespaceId);
    }

    static String addCable(String host, Cable cable, List<String> addresses) {
        StringBuilder script =
                new StringBuilder("""
                set -e
                %1$s -batch - <<END
                link add %2$s type veth peer name %3$s address %4$s netns %5$s
                link set %2$s addrgenmode none up
                END
                ip -n %5$s -batch - <<END
                link set %3$s up
                """.formatted(IN_SWITCHES, cable.port(), cable.interfaceName(), cable.mac(), host));
        for (String address : addresses) {
            boolean ipv6 = address.contains(":");
            script.append("addr add %s dev %s%s%n"
                    .formatted(address, cable.interfaceName(), ipv6 ? " nodad" : " broadcast +"));
        }
        return script.append("END\n%s link set %s master %s%n"
                        .formatted(
                                IN_SWITCHES, cable.port(), cable.connectedTo().bridge()))
                .toString();
    }

    static String setPort(Cable cable, boolean up) {
        return IN_SWITCHES + "link set " + cable.port() + (up ? " up" : " down");
    }

    static String movePort(Cable cable, String bridge) {
        return IN_SWITCHES + "link set " + cable.port() + " master " + bridge;
    }

    /**
     * One network interface of a host and where it is plugged in.
     *
     * @param port the other end, in the namespace of the switches
     */
    record Cable(String interfaceName, String port, String mac, LabSwitch connectedTo) {}
}
