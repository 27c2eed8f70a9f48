package org.vrrp4j.config;

import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;

/**
 * Between which addresses a BFD session is, and over how many hops (RFC 5881, RFC 5883).
 *
 * @param neighbor the address of the neighbour, no link-local one
 * @param source the address of this host to send from; empty for that which the kernel takes
 * @param multihop whether there may be routers between: UDP port 4784 instead of 3784. Both sides must agree
 * @param hopLimit the TTL or hop limit that packets are sent with, 1 to 255. RFC 5881 wants 255
 * @param maxHops by how much less than {@code hopLimit} received packets may have, 0 to 254; {@link #ANY_HOPS} for all
 */
public record BfdPath(InetAddress neighbor, Optional<InetAddress> source, boolean multihop, int hopLimit, int maxHops) {
    /** The TTL or hop limit that says by itself that a packet came over no router (RFC 5082). */
    public static final int MAX_HOP_LIMIT = 255;

    /** As {@code maxHops}: the TTL or hop limit of received packets is not looked at. */
    public static final int ANY_HOPS = 255;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a number is out of range, an address is none of a single host or is
     *     link-local, or the families differ
     */
    public BfdPath {
        Objects.requireNonNull(source, "source");
        checkHost("neighbor", neighbor);
        source.ifPresent(address -> checkHost("source", address));
        if (source.isPresent() && IpFamily.of(source.get()) != IpFamily.of(neighbor)) {
            throw new IllegalArgumentException("source and neighbour must be of one family: source="
                    + IpAddresses.text(source.get()) + " neighbor=" + IpAddresses.text(neighbor));
        }
        if (hopLimit < 1 || hopLimit > MAX_HOP_LIMIT) {
            throw new IllegalArgumentException("hopLimit must be 1 to " + MAX_HOP_LIMIT + ": hopLimit=" + hopLimit);
        }
        if (maxHops < 0 || maxHops > ANY_HOPS) {
            throw new IllegalArgumentException("maxHops must be 0 to " + ANY_HOPS + ": maxHops=" + maxHops);
        }
    }

    private static void checkHost(String name, InetAddress address) {
        Objects.requireNonNull(address, name);
        if (address.isAnyLocalAddress() || address.isMulticastAddress() || address.isLinkLocalAddress()) {
            throw new IllegalArgumentException(name + " must be the address of one host, and not link-local: " + name
                    + "=" + IpAddresses.text(address));
        }
    }

    /** To a neighbour on a network of this host. */
    public static BfdPath to(InetAddress neighbor) {
        return new BfdPath(neighbor, Optional.empty(), false, MAX_HOP_LIMIT, 0);
    }

    /** The family of both addresses. */
    public IpFamily family() {
        return IpFamily.of(neighbor);
    }

    /** Whether a packet with this TTL or hop limit may have come from the neighbour. */
    public boolean accepts(int receivedHopLimit) {
        return maxHops == ANY_HOPS || receivedHopLimit >= hopLimit - maxHops;
    }

    /** Whether it is the same path, however many hops it may have. */
    public boolean isSameWayAs(BfdPath other) {
        return neighbor.equals(other.neighbor) && source.equals(other.source) && multihop == other.multihop;
    }
}
