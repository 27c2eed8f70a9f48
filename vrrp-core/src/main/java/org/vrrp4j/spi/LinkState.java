package org.vrrp4j.spi;

import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vrrp4j.model.IpFamily;

/**
 * An interface at one moment.
 *
 * @param name its name
 * @param present whether it exists
 * @param index its number; 0 if it does not exist
 * @param up whether it is administratively up and has a carrier
 * @param ipv4 its primary IPv4 address, virtual addresses not counted
 * @param ipv6LinkLocal its link-local IPv6 address, usable and no virtual address
 * @param incarnation another number than before says that it may be another interface, though with this name and index:
 *     sockets opened on the earlier one hear nothing any more
 * @param addresses all its addresses, virtual ones not counted
 */
public record LinkState(
        String name,
        boolean present,
        int index,
        boolean up,
        Optional<InetAddress> ipv4,
        Optional<InetAddress> ipv6LinkLocal,
        long incarnation,
        Set<InetAddress> addresses) {

    /** Copies the set. */
    public LinkState {
        addresses = Set.copyOf(addresses);
    }

    /** An interface with no other addresses than those that advertisements are sent from. */
    public LinkState(
            String name,
            boolean present,
            int index,
            boolean up,
            Optional<InetAddress> ipv4,
            Optional<InetAddress> ipv6LinkLocal,
            long incarnation) {
        this(
                name,
                present,
                index,
                up,
                ipv4,
                ipv6LinkLocal,
                incarnation,
                Stream.concat(ipv4.stream(), ipv6LinkLocal.stream()).collect(Collectors.toSet()));
    }

    /** An interface that is never deleted and created anew unnoticed. */
    public LinkState(
            String name,
            boolean present,
            int index,
            boolean up,
            Optional<InetAddress> ipv4,
            Optional<InetAddress> ipv6LinkLocal) {
        this(name, present, index, up, ipv4, ipv6LinkLocal, 0);
    }

    /** An interface that does not exist. */
    public static LinkState missing(String name) {
        return new LinkState(name, false, 0, false, Optional.empty(), Optional.empty());
    }

    /** The address that advertisements of a family are sent from. */
    public Optional<InetAddress> source(IpFamily family) {
        return family == IpFamily.IPV4 ? ipv4 : ipv6LinkLocal;
    }
}
