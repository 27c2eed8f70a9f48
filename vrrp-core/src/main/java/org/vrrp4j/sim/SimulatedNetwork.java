package org.vrrp4j.sim;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.AdvertisementCodec;

/**
 * Hosts, and the LANs that connect them: one at the beginning. In virtual time it belongs to a {@link Simulation};
 * {@link #realTime()} makes one that runs by itself.
 *
 * <p><b>Thread:</b> in virtual time the one that runs the simulation; in real time any.
 */
public final class SimulatedNetwork implements AutoCloseable {
    /** The networks for documentation (RFC 5737). */
    private static final List<String> PREFIXES = List.of("192.0.2.", "198.51.100.", "203.0.113.");

    private final Timeline timeline;
    private final Consumer<Occurrence> observer;
    private final List<SimulatedHost> hosts = new ArrayList<>();
    private final List<SimulatedLan> lans = new ArrayList<>();

    SimulatedNetwork(Timeline timeline, Consumer<Occurrence> observer) {
        this.timeline = timeline;
        this.observer = observer;
        this.lans.add(new SimulatedLan(this, "lan", PREFIXES.get(0)));
    }

    /** A network that a daemon thread runs in real time until it is closed. */
    public static SimulatedNetwork realTime() {
        return new SimulatedNetwork(new RealTime(), occurrence -> {});
    }

    /** Adds a host to the first LAN, with the next address of 192.0.2.0/24. */
    public SimulatedHost host(String name) {
        return host(name, lan());
    }

    /**
     * Adds a host to the first LAN.
     *
     * @param address the IPv4 address of its interface
     * @throws IllegalArgumentException if it is no IPv4 address, or name or address is taken
     */
    public SimulatedHost host(String name, String address) {
        return timeline.ask(() -> {
            SimulatedHost host = newHost(name);
            lan().attach(host, address);
            hosts.add(host);
            return host;
        });
    }

    /**
     * Adds a host with one interface, {@code eth0}; {@link SimulatedLan#attach} adds more.
     *
     * @param lan what {@code eth0} is on
     * @throws IllegalArgumentException if the name is taken
     */
    public SimulatedHost host(String name, SimulatedLan lan) {
        return timeline.ask(() -> {
            SimulatedHost host = newHost(name);
            lan.attach(host);
            hosts.add(host);
            return host;
        });
    }

    private SimulatedHost newHost(String name) {
        if (hosts.stream().anyMatch(other -> other.name().equals(name))) {
            throw new IllegalArgumentException("there is a host " + name + " already");
        }
        return new SimulatedHost(this, name);
    }

    /** The hosts in the order they were added. */
    public List<SimulatedHost> hosts() {
        return timeline.ask(() -> List.copyOf(hosts));
    }

    /** The first LAN, called {@code lan}. */
    public SimulatedLan lan() {
        return lans.get(0);
    }

    /**
     * Adds a LAN: the second has addresses of 198.51.100.0/24, the third of 203.0.113.0/24.
     *
     * @throws IllegalArgumentException if the name is taken
     * @throws IllegalStateException if there are three already
     */
    public SimulatedLan addLan(String name) {
        return timeline.ask(() -> {
            if (lans.stream().anyMatch(other -> other.name().equals(name))) {
                throw new IllegalArgumentException("there is a LAN " + name + " already");
            }
            if (lans.size() == PREFIXES.size()) {
                throw new IllegalStateException("there are at most " + PREFIXES.size() + " LANs: name=" + name);
            }
            SimulatedLan lan = new SimulatedLan(this, name, PREFIXES.get(lans.size()));
            lans.add(lan);
            return lan;
        });
    }

    /** The LANs in the order they were added. */
    public List<SimulatedLan> lans() {
        return timeline.ask(() -> List.copyOf(lans));
    }

    /** From now on every LAN works like this. */
    public void conditions(LinkConditions value) {
        timeline.call(() -> lans.forEach(lan -> lan.conditions(value)));
    }

    /** Two hosts hear nothing of each other any more, on no LAN. */
    public void cut(SimulatedHost a, SimulatedHost b) {
        timeline.call(() -> lans.forEach(lan -> lan.cut(a, b)));
    }

    /** One host hears nothing of another any more, on no LAN. */
    public void cutOneWay(SimulatedHost from, SimulatedHost to) {
        timeline.call(() -> lans.forEach(lan -> lan.cutOneWay(from, to)));
    }

    /** Cuts some hosts off from all the others, but not from each other. Further calls make further parts. */
    public void partition(SimulatedHost... part) {
        timeline.call(() -> lans.forEach(lan -> lan.partition(part)));
    }

    /** Ends every cut on every LAN. */
    public void heal() {
        timeline.call(() -> lans.forEach(SimulatedLan::heal));
    }

    /** Whether packets of one host reach another on some LAN, but for their luck. */
    public boolean reaches(SimulatedHost from, SimulatedHost to) {
        return timeline.ask(() -> lans.stream().anyMatch(lan -> lan.reaches(from, to)));
    }

    /** How many packets have arrived at hosts that listened for them. */
    public long deliveries() {
        return timeline.ask(
                () -> lans.stream().mapToLong(SimulatedLan::deliveries).sum());
    }

    /**
     * Sends a message that no node has sent, from a host's {@code eth0} and its address to the VRRP group.
     *
     * @param message from position to limit
     * @param hopLimit the TTL or hop limit it arrives with
     */
    public void forge(SimulatedHost from, IpFamily family, ByteBuffer message, int hopLimit) {
        from.first().forge(family, message, hopLimit);
    }

    /**
     * Sends a message that no node has sent, with any addresses, on a host's {@code eth0}.
     *
     * @param message from position to limit
     * @param hopLimit the TTL or hop limit it arrives with
     */
    public void forge(
            SimulatedHost from, InetAddress source, InetAddress destination, ByteBuffer message, int hopLimit) {
        from.first().forge(source, destination, message, hopLimit);
    }

    /** Sends an advertisement that no node has sent, well formed, from a host's {@code eth0} and its IPv4 address. */
    public void forge(SimulatedHost from, Advertisement advertisement) {
        ByteBuffer message = AdvertisementCodec.encode(
                advertisement, ChecksumForm.PSEUDO_HEADER, from.address(), IpFamily.IPV4.multicastGroup());
        forge(from, IpFamily.IPV4, message, AdvertisementCodec.HOP_LIMIT);
    }

    /** Ends the thread of a network in real time; nodes that still run are cut off. Does nothing in virtual time. */
    @Override
    public void close() {
        if (timeline instanceof RealTime realTime) {
            realTime.close();
        }
    }

    Timeline timeline() {
        return timeline;
    }

    void occur(Occurrence occurrence) {
        observer.accept(occurrence);
    }

    void interfered(SimulatedHost host, String text) {
        occur(new Occurrence.Interference(host, text));
    }
}
