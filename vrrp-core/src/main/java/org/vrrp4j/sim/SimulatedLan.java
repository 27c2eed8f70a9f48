package org.vrrp4j.sim;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;

/**
 * One link layer network and the interfaces on it. What is sent reaches every other interface, but for cuts and the
 * luck that its {@link LinkConditions} allow.
 *
 * <p>Packets go only to hosts that have a socket open for them when they are sent, as through a switch that follows
 * group memberships.
 *
 * <p><b>Thread:</b> as of its {@link SimulatedNetwork}.
 */
public final class SimulatedLan {
    private final SimulatedNetwork network;
    private final Timeline timeline;
    private final String name;
    private final String prefix;
    private final List<SimulatedInterface> interfaces = new ArrayList<>();
    private LinkConditions conditions = LinkConditions.IDEAL;
    private long delayNanos = conditions.delay().toNanos();
    private long jitterNanos;
    private long holdBackNanos;
    private long deliveries;

    /** A LAN whose hosts have addresses of a prefix of 24 bits, such as {@code 192.0.2.}. */
    SimulatedLan(SimulatedNetwork network, String name, String prefix) {
        this.network = network;
        this.timeline = network.timeline();
        this.name = name;
        this.prefix = prefix;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** The network that it is part of. */
    public SimulatedNetwork network() {
        return network;
    }

    /**
     * Puts a host on this LAN, with its next interface ({@code eth0}, {@code eth1} and so on) and the next address of
     * the LAN.
     *
     * @throws IllegalArgumentException if it is on this LAN already
     */
    public SimulatedInterface attach(SimulatedHost host) {
        return attach(host, prefix + (interfaces.size() + 1));
    }

    /**
     * Puts a host on this LAN.
     *
     * @param address the IPv4 address of its new interface
     * @throws IllegalArgumentException if that is no IPv4 address or taken, or the host is on this LAN already
     */
    public SimulatedInterface attach(SimulatedHost host, String address) {
        InetAddress parsed = IpAddresses.parse(address)
                .filter(found -> IpFamily.of(found) == IpFamily.IPV4)
                .orElseThrow(() -> new IllegalArgumentException("not an IPv4 address: " + address));
        return timeline.ask(() -> {
            for (SimulatedInterface other : interfaces) {
                if (other.host() == host || other.address().equals(parsed)) {
                    throw new IllegalArgumentException(other.host() + " is on " + name + " at " + other.address()
                            + " already: host=" + host + " address=" + address);
                }
            }
            SimulatedInterface added = host.addInterface(this, interfaces.size(), parsed);
            interfaces.add(added);
            return added;
        });
    }

    /** The interfaces on it, in the order they were attached. */
    public List<SimulatedInterface> interfaces() {
        return timeline.ask(() -> List.copyOf(interfaces));
    }

    /** From now on it works like this. */
    public void conditions(LinkConditions value) {
        Objects.requireNonNull(value, "conditions");
        timeline.call(() -> {
            conditions = value;
            delayNanos = value.delay().toNanos();
            jitterNanos = value.jitter().toNanos();
            holdBackNanos = value.holdBack().toNanos();
        });
    }

    /** Two hosts hear nothing of each other here any more. Without effect if one is not on this LAN. */
    public void cut(SimulatedHost a, SimulatedHost b) {
        cutOneWay(a, b);
        cutOneWay(b, a);
    }

    /** One host hears nothing of another here any more. Without effect if one is not on this LAN. */
    public void cutOneWay(SimulatedHost from, SimulatedHost to) {
        timeline.call(() -> {
            SimulatedInterface sender = interfaceOf(from);
            SimulatedInterface receiver = interfaceOf(to);
            if (sender != null && receiver != null && sender != receiver) {
                sender.cutOff().set(receiver.index());
                network.interfered(from, "is not heard by " + to + sender.place());
            }
        });
    }

    /** Cuts some hosts off from all the others, but not from each other. Further calls make further parts. */
    public void partition(SimulatedHost... part) {
        List<SimulatedHost> members = List.of(part);
        timeline.call(() -> {
            for (SimulatedHost member : members) {
                for (SimulatedInterface other : interfaces) {
                    if (!members.contains(other.host())) {
                        cut(member, other.host());
                    }
                }
            }
        });
    }

    /** Ends every cut. */
    public void heal() {
        timeline.call(() -> {
            for (SimulatedInterface member : interfaces) {
                if (!member.cutOff().isEmpty()) {
                    member.cutOff().clear();
                    network.interfered(member.host(), "is heard by all" + member.place());
                }
            }
        });
    }

    /** Whether packets of one host reach another here, but for their luck. */
    public boolean reaches(SimulatedHost from, SimulatedHost to) {
        return timeline.ask(() -> {
            SimulatedInterface sender = interfaceOf(from);
            SimulatedInterface receiver = interfaceOf(to);
            return sender != null && receiver != null && sender.reaches(receiver);
        });
    }

    /** How many packets have arrived at hosts that listened for them. */
    public long deliveries() {
        return timeline.ask(() -> deliveries);
    }

    @Override
    public String toString() {
        return name;
    }

    /** The interface of a host on this LAN, or null. */
    SimulatedInterface interfaceOf(SimulatedHost host) {
        for (SimulatedInterface candidate : interfaces) {
            if (candidate.host() == host) {
                return candidate;
            }
        }
        return null;
    }

    void carry(SimulatedInterface from, Packet packet) {
        if (!from.isUp()) {
            return;
        }
        boolean multicast = packet.destination().isMulticastAddress();
        for (int i = 0; i < interfaces.size(); i++) {
            SimulatedInterface to = interfaces.get(i);
            boolean wanted = to == from ? conditions.echo() : multicast || to.isFor(packet.destination());
            if (wanted && to.listens() && !isLost(from, to)) {
                transmit(to, packet);
            }
        }
    }

    private void transmit(SimulatedInterface to, Packet packet) {
        Packet arriving = timeline.chance(conditions.damage())
                ? packet.damaged(timeline.random().nextInt(packet.message().capacity() * 8))
                : packet;
        timeline.after(nextDelayNanos(), new Delivery(to, arriving));
        if (timeline.chance(conditions.duplicate())) {
            timeline.after(nextDelayNanos(), new Delivery(to, arriving));
        }
    }

    private final class Delivery extends Task {
        private final SimulatedInterface to;
        private final Packet packet;

        Delivery(SimulatedInterface to, Packet packet) {
            this.to = to;
            this.packet = packet;
        }

        @Override
        void run() {
            deliveries++;
            to.deliver(packet);
        }
    }

    /** Tells the neighbours that an address is at this interface. */
    void announce(SimulatedInterface from, InetAddress address) {
        for (SimulatedInterface to : interfaces) {
            if (to != from && !isLost(from, to)) {
                timeline.after(nextDelayNanos(), () -> to.hearAnnouncement(address, from.host()));
            }
        }
    }

    private boolean isLost(SimulatedInterface from, SimulatedInterface to) {
        return from.cutOff().get(to.index()) || timeline.chance(conditions.loss());
    }

    private long nextDelayNanos() {
        long jitter = jitterNanos == 0 ? 0 : timeline.random().nextLong(jitterNanos);
        return delayNanos + jitter + (timeline.chance(conditions.reorder()) ? holdBackNanos : 0);
    }
}
