package org.vrrp4j.config;

import java.net.InetAddress;
import java.util.Optional;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;

/**
 * Where packets of a route go, or some of them.
 *
 * @param gateway {@code via}: the next router; for an IPv4 route it may be an IPv6 one
 * @param device {@code dev}: the interface; empty for the one that the gateway is on
 * @param weight the share among several, 1 to 256
 * @param onLink {@code onlink}: the gateway is reached directly although no prefix says so
 * @param encapsulation {@code encap}
 * @param realms {@code realms}: from in the upper 16 bits, to in the lower; 0 for none
 */
public record RouteNexthop(
        Optional<InetAddress> gateway,
        Optional<String> device,
        int weight,
        boolean onLink,
        Optional<RouteEncapsulation> encapsulation,
        int realms) {
    /** The largest weight: the kernel has a byte for it. */
    public static final int MAX_WEIGHT = 256;

    /** By an interface alone. */
    public static RouteNexthop dev(String device) {
        return new RouteNexthop(Optional.empty(), Optional.of(device), 1, false, Optional.empty(), 0);
    }

    /** By a router. */
    public static RouteNexthop via(InetAddress gateway) {
        return new RouteNexthop(Optional.of(gateway), Optional.empty(), 1, false, Optional.empty(), 0);
    }

    /**
     * Checks the range of the weight.
     *
     * @throws IllegalArgumentException if it is not 1 to 256, or neither gateway nor device is there
     */
    public RouteNexthop {
        if (weight < 1 || weight > MAX_WEIGHT) {
            throw new IllegalArgumentException("weight must be 1 to " + MAX_WEIGHT + ": weight=" + weight);
        }
        if (gateway.isEmpty() && device.isEmpty()) {
            throw new IllegalArgumentException("a nexthop needs 'via GATEWAY' or 'dev INTERFACE'");
        }
    }

    /** The words of ip-route(8) for it, but for the weight, in a route of a family. */
    String words(IpFamily family) {
        StringBuilder text = new StringBuilder();
        encapsulation.ifPresent(value -> text.append(" encap ").append(value));
        gateway.ifPresent(address -> text.append(" via ")
                .append(IpFamily.of(address) == family ? "" : "inet6 ")
                .append(IpAddresses.text(address)));
        device.ifPresent(name -> text.append(" dev ").append(name));
        text.append(onLink ? " onlink" : "");
        text.append(realms == 0 ? "" : " realms " + VirtualRule.realmsText(realms));
        return text.toString();
    }
}
