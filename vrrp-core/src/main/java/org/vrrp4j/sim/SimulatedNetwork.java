package org.vrrp4j.sim;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.AdvertisementCodec;

/**
 * One link and the hosts on it. In virtual time it belongs to a {@link Simulation}; {@link #realTime()} makes one that
 * runs by itself.
 *
 * <p><b>Thread:</b> in virtual time the one that runs the simulation; in real time any.
 */
public final class SimulatedNetwork implements AutoCloseable {
    private final Timeline timeline;
    private final Consumer<Occurrence> observer;
    private final List<SimulatedHost> hosts = new ArrayList<>();
    private LinkConditions conditions = LinkConditions.IDEAL;
    private long deliveries;

    SimulatedNetwork(Timeline timeline, Consumer<Occurrence> observer) {
        this.timeline = timeline;
        this.observer = observer;
    }

    /** A network that a daemon thread runs in real time until it is closed. */
    public static SimulatedNetwork realTime() {
        return new SimulatedNetwork(new RealTime(), occurrence -> {});
    }

    /** Adds a host with the next address of 192.0.2.0/24. */
    public SimulatedHost host(String name) {
        return host(name, "192.0.2." + (hosts.size() + 1));
    }

    /**
     * Adds a host.
     *
     * @param address the IPv4 address of its interface
     * @throws IllegalArgumentException if it is no IPv4 address, or name or address is taken
     */
    public SimulatedHost host(String name, String address) {
        InetAddress parsed = IpAddresses.parse(address)
                .filter(found -> IpFamily.of(found) == IpFamily.IPV4)
                .orElseThrow(() -> new IllegalArgumentException("not an IPv4 address: " + address));
        return timeline.ask(() -> {
            for (SimulatedHost other : hosts) {
                if (other.name().equals(name) || other.address().equals(parsed)) {
                    throw new IllegalArgumentException("there is a host " + other + " at " + other.address()
                            + " already: name=" + name + " address=" + address);
                }
            }
            byte[] linkLocal = {(byte) 0xfe, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
            System.arraycopy(parsed.getAddress(), 0, linkLocal, 12, 4);
            SimulatedHost host = new SimulatedHost(this, name, hosts.size(), parsed, IpAddresses.of(linkLocal));
            hosts.add(host);
            return host;
        });
    }

    /** The hosts in the order they were added. */
    public List<SimulatedHost> hosts() {
        return timeline.ask(() -> List.copyOf(hosts));
    }

    /** From now on the link works like this. */
    public void conditions(LinkConditions value) {
        Objects.requireNonNull(value, "conditions");
        timeline.call(() -> conditions = value);
    }

    /** Two hosts hear nothing of each other any more. */
    public void cut(SimulatedHost a, SimulatedHost b) {
        cutOneWay(a, b);
        cutOneWay(b, a);
    }

    /** One host hears nothing of another any more. */
    public void cutOneWay(SimulatedHost from, SimulatedHost to) {
        timeline.call(() -> {
            from.cutOff().set(to.index());
            occur(new Occurrence.Interference(from, "is not heard by " + to));
        });
    }

    /** Cuts some hosts off from all the others, but not from each other. Further calls make further parts. */
    public void partition(SimulatedHost... part) {
        List<SimulatedHost> members = List.of(part);
        timeline.call(() -> {
            for (SimulatedHost member : members) {
                hosts.stream().filter(other -> !members.contains(other)).forEach(other -> cut(member, other));
            }
        });
    }

    /** Ends every cut. */
    public void heal() {
        timeline.call(() -> hosts.forEach(host -> {
            if (!host.cutOff().isEmpty()) {
                host.cutOff().clear();
                occur(new Occurrence.Interference(host, "is heard by all"));
            }
        }));
    }

    /** Whether packets of one host reach another, but for their luck. */
    public boolean reaches(SimulatedHost from, SimulatedHost to) {
        return timeline.ask(
                () -> from.nic().isUp() && to.nic().isUp() && !from.cutOff().get(to.index()));
    }

    /** How many packets have arrived at hosts so far. */
    public long deliveries() {
        return timeline.ask(() -> deliveries);
    }

    /**
     * Sends a message that no node has sent, from a host's address to the VRRP group.
     *
     * @param message from position to limit
     * @param hopLimit the TTL or hop limit it arrives with
     */
    public void forge(SimulatedHost from, IpFamily family, ByteBuffer message, int hopLimit) {
        InetAddress source =
                family == IpFamily.IPV4 ? from.address() : from.nic().linkLocal();
        forge(from, source, family.multicastGroup(), message, hopLimit);
    }

    /**
     * Sends a message that no node has sent, with any addresses.
     *
     * @param from the host on whose interface it goes out
     * @param message from position to limit
     * @param hopLimit the TTL or hop limit it arrives with
     */
    public void forge(
            SimulatedHost from, InetAddress source, InetAddress destination, ByteBuffer message, int hopLimit) {
        Packet packet = Packet.copy(source, destination, hopLimit, message, true);
        timeline.call(() -> carry(from, packet));
    }

    /** Sends an advertisement that no node has sent, well formed, from a host's IPv4 address. */
    public void forge(SimulatedHost from, Advertisement advertisement) {
        InetAddress destination = IpFamily.IPV4.multicastGroup();
        ByteBuffer message =
                AdvertisementCodec.encode(advertisement, ChecksumForm.PSEUDO_HEADER, from.address(), destination);
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

    void carry(SimulatedHost from, Packet packet) {
        if (!from.nic().isUp()) {
            return;
        }
        for (SimulatedHost to : hosts) {
            if (to == from ? conditions.echo() : to.nic().isFor(packet.destination())) {
                transmit(from, to, packet);
            }
        }
    }

    private void transmit(SimulatedHost from, SimulatedHost to, Packet packet) {
        if (isLost(from, to)) {
            return;
        }
        boolean damaged = chance(conditions.damage());
        Packet arriving = damaged
                ? packet.damaged(timeline.random().nextInt(packet.message().capacity() * 8))
                : packet;
        Runnable delivery = () -> {
            deliveries++;
            to.deliver(arriving);
        };
        timeline.after(delayNanos(), delivery);
        if (chance(conditions.duplicate())) {
            timeline.after(delayNanos(), delivery);
        }
    }

    void announce(SimulatedProcess process, InetAddress address) {
        SimulatedHost from = process.host();
        boolean held = from.kernel().has(address) || process.hasUnreadNews();
        occur(new Occurrence.Announced(from, address, held));
        for (SimulatedHost to : hosts) {
            if (to != from && !isLost(from, to)) {
                timeline.after(delayNanos(), () -> to.hearAnnouncement(address, from));
            }
        }
    }

    private boolean isLost(SimulatedHost from, SimulatedHost to) {
        return from.cutOff().get(to.index()) || chance(conditions.loss());
    }

    private long delayNanos() {
        long jitter = conditions.jitter().toNanos();
        return conditions.delay().toNanos()
                + (jitter == 0 ? 0 : timeline.random().nextLong(jitter));
    }

    private boolean chance(double share) {
        return share > 0 && timeline.random().nextDouble() < share;
    }
}
