package org.vrrp4j.config;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.vrrp4j.model.IpAddresses;

/**
 * A neighbour with which a BFD session is held (RFC 5880), up while both hear each other; keepalived's {@code
 * bfd_instance}. It is unknown until the session has come up for the first time, and down if that has not happened
 * after three times {@link BfdTimers#idleTx}. A session that the neighbour ends administratively is down too.
 *
 * <pre>{@code
 * VirtualRouter.on("eth0").vrid(51).address("192.0.2.100/24")
 *         .track(BfdTracker.to("192.0.2.1").withInterval(Duration.ofMillis(100)).withMultiplier(3))
 * }</pre>
 *
 * <p>Routers that follow the same neighbour from the same source share one session; what they ask of it should be the
 * same, or what was asked last counts.
 *
 * @param name what the configuration calls it
 * @param path between which addresses
 * @param timers how often packets come
 * @param passive whether nothing is sent before the neighbour has sent something (RFC 5880, 6.1). One side at least
 *     must be active
 */
public record BfdTracker(String name, BfdPath path, BfdTimers timers, boolean passive) implements Tracker {

    /** Checks that nothing is missing. */
    public BfdTracker {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(timers, "timers");
    }

    /**
     * A session with a neighbour on a network of this host, named by its address, with keepalived's defaults: a packet
     * every 10 ms, down after five missing ones.
     *
     * @throws IllegalArgumentException if it is no address of a single host, or a link-local one
     */
    public static BfdTracker to(String neighbor) {
        return new BfdTracker(neighbor, BfdPath.to(parse(neighbor)), BfdTimers.DEFAULT, false);
    }

    private static InetAddress parse(String address) {
        return IpAddresses.parse(address)
                .orElseThrow(() -> new IllegalArgumentException("not an IP address: " + address));
    }

    /** The same under another name. */
    public BfdTracker named(String newName) {
        return new BfdTracker(newName, path, timers, passive);
    }

    /** The same from this address of the host. */
    public BfdTracker withSource(String address) {
        return with(new BfdPath(
                path.neighbor(), Optional.of(parse(address)), path.multihop(), path.hopLimit(), path.maxHops()));
    }

    /**
     * The same to a neighbour behind other routers (RFC 5883): on UDP port 4784, as the neighbour must too.
     *
     * @param maxHops how many hops packets may come over, 1 to 254; {@link BfdPath#ANY_HOPS} for any
     */
    public BfdTracker withMultihop(int maxHops) {
        return with(new BfdPath(path.neighbor(), path.source(), true, path.hopLimit(), maxHops));
    }

    /** The same with this time between packets in both directions, as far as the neighbour agrees. */
    public BfdTracker withInterval(Duration value) {
        return with(new BfdTimers(value, value, timers.idleTx(), timers.multiplier()));
    }

    /** The same with so many packets that may be missing, 1 to 255; see {@link BfdTimers}. */
    public BfdTracker withMultiplier(int value) {
        return with(new BfdTimers(timers.desiredMinTx(), timers.requiredMinRx(), timers.idleTx(), value));
    }

    /** The same with other times. */
    public BfdTracker with(BfdTimers value) {
        return new BfdTracker(name, path, value, passive);
    }

    /** The same, which waits for the neighbour to begin. */
    public BfdTracker withPassive() {
        return new BfdTracker(name, path, timers, true);
    }

    private BfdTracker with(BfdPath value) {
        return new BfdTracker(name, value, timers, passive);
    }

    /** Such as {@code bfd gateway}. */
    @Override
    public String toString() {
        return "bfd " + name;
    }
}
