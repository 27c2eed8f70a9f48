package org.vrrp4j.sim;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.NodeStatus;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.RouterStatus;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.sim.Occurrence.NodeFate;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.PlatformProvider;
import org.vrrp4j.spi.TransportProvider;

/**
 * A host on a simulated network: an interface, the addresses on it, what it knows of its neighbours, and what can go
 * wrong. Without a node it is a client.
 *
 * <p>Nodes run on it in two ways: started here from a configuration ({@link #start}), with the runtime that every node
 * has and listeners that are told within the event; or, in real time, as a whole {@code VrrpNode} that is given
 * {@link #transport()} and {@link #platform()}.
 *
 * <p><b>Thread:</b> in virtual time the one that runs the simulation; in real time any.
 */
public final class SimulatedHost {
    /** The name of the one interface. */
    public static final String INTERFACE = "eth0";

    private final SimulatedNetwork network;
    private final Timeline timeline;
    private final String name;
    private final int index;
    private final HostAddresses kernel;
    private final HostInterface nic;
    private final BitSet cutOff = new BitSet();
    private final List<SimulatedProcess> processes = new ArrayList<>();
    private final List<SimulatedPlatform> platforms = new ArrayList<>();
    private final Map<InetAddress, SimulatedHost> neighbours = new HashMap<>();
    private final List<RoleChange> changes = new ArrayList<>();
    private final List<VrrpEvent> events = new ArrayList<>();
    private BackendConditions backendConditions = BackendConditions.IDEAL;
    private SimulatedNode node;
    private NodeConfig lastConfig;

    SimulatedHost(SimulatedNetwork network, String name, int index, InetAddress address, InetAddress linkLocal) {
        this.network = network;
        this.timeline = network.timeline();
        this.name = name;
        this.index = index;
        this.kernel = new HostAddresses(this);
        this.nic = new HostInterface(address, linkLocal, kernel);
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** The primary IPv4 address of its interface. */
    public InetAddress address() {
        return nic.address();
    }

    /** Event loops and sockets for a node on this host; each loop is a process. */
    public TransportProvider transport() {
        return new SimulatedTransport.Provider(this);
    }

    /** Addresses, announcements and links for a node on this host, to be used together with {@link #transport()}. */
    public PlatformProvider platform() {
        return new SimulatedPlatform.Provider(this);
    }

    /**
     * Starts a node.
     *
     * @throws IllegalStateException if one is running
     */
    public void start(NodeConfig config) {
        timeline.call(() -> {
            if (node != null) {
                throw new IllegalStateException("a node is running on " + name);
            }
            lastConfig = config;
            node = new SimulatedNode(config, this, changes, events);
        });
    }

    /** Starts a node of one router. */
    public void start(RouterConfig router) {
        start(new NodeConfig(name, List.of(router)));
    }

    /** Starts the node again that ran last. */
    public void restart() {
        start(lastConfig);
    }

    /** Lets the node leave gracefully; it has when {@link #isRunning()} is false. */
    public void stop() {
        timeline.call(() -> {
            if (node != null) {
                node.stop(() -> node = null);
            }
        });
    }

    /** Lets the running node's router of that identity run with another configuration; without effect if none runs. */
    public void configure(RouterConfig router) {
        timeline.call(() -> {
            if (node != null) {
                node.configure(router);
            }
        });
    }

    /** Lets the node's first router hand over, even if it has heard no peer; without effect if it is not MASTER. */
    public void handOver() {
        timeline.call(() -> {
            if (node != null) {
                node.handOver();
            }
        });
    }

    /** Whether a node started here is running, in whatever role, or is still leaving. */
    public boolean isRunning() {
        return timeline.ask(() -> node != null);
    }

    /**
     * Lets every process on this host die at once: it sends and hears nothing any more, and the addresses that it
     * leased stay until their lease ends.
     */
    public void crash() {
        timeline.call(() -> {
            processes.forEach(SimulatedProcess::die);
            processes.clear();
            platforms.clear();
            node = null;
            network.occur(new Occurrence.NodeChanged(this, NodeFate.CRASHED));
        });
    }

    /** Lets every process on this host do nothing for a while; what happens meanwhile waits for it. */
    public void stall(Duration duration) {
        timeline.call(() -> {
            network.occur(new Occurrence.Interference(this, "stalls for " + duration.toMillis() + " ms"));
            processes.forEach(process -> process.stall(duration.toNanos()));
        });
    }

    /** Takes the carrier away: nothing comes in or goes out, and processes are told. */
    public void linkDown() {
        setLink(false);
    }

    /** Gives the carrier back. */
    public void linkUp() {
        setLink(true);
    }

    private void setLink(boolean up) {
        timeline.call(() -> {
            nic.setUp(up);
            network.occur(new Occurrence.Interference(this, up ? "link up" : "link down"));
            List.copyOf(platforms).forEach(platform -> platform.onLink(nic.state()));
        });
    }

    /** Lets every send fail while the link stays up, as a packet filter does; or work again. */
    public void failSends(boolean fail) {
        timeline.call(() -> {
            nic.failSends(fail);
            network.occur(new Occurrence.Interference(this, fail ? "sends fail" : "sends work"));
        });
    }

    /** From now on address backends on this host work like this. */
    public void backend(BackendConditions conditions) {
        timeline.call(() -> backendConditions = conditions);
    }

    /**
     * Somebody else puts a virtual address on this host.
     *
     * @throws IllegalStateException if it is there already
     */
    public void addForeignAddress(InetAddress virtual) {
        timeline.call(() -> {
            if (kernel.has(virtual)) {
                throw new IllegalStateException(virtual.getHostAddress() + " is on " + name + " already");
            }
            kernel.addForeign(virtual);
            List.copyOf(platforms).forEach(platform -> platform.backend().onForeignChange());
        });
    }

    /** Somebody else takes an address away, whoever put it there. Without effect if it is not on this host. */
    public void removeAddress(InetAddress virtual) {
        timeline.call(() -> {
            if (kernel.remove(virtual, "by somebody else")) {
                onVanished(virtual);
                List.copyOf(platforms).forEach(platform -> platform.backend().onForeignChange());
            }
        });
    }

    /** The virtual addresses that are on this host now, whoever put them there. */
    public Set<InetAddress> addresses() {
        return timeline.ask(kernel::present);
    }

    /** Whether a virtual address is on this host now. */
    public boolean has(InetAddress virtual) {
        return timeline.ask(() -> kernel.has(virtual));
    }

    /** The host that this one would send packets for an address to: the last that announced it, if it heard any. */
    public Optional<SimulatedHost> neighbour(InetAddress virtual) {
        return timeline.ask(() -> Optional.ofNullable(neighbours.get(virtual)));
    }

    /**
     * What the node reports of itself.
     *
     * @throws IllegalStateException if none is running
     */
    public NodeStatus status() {
        return timeline.ask(() -> {
            if (node == null) {
                throw new IllegalStateException("no node is running on " + name);
            }
            return node.status();
        });
    }

    /** Replays what the running node's first router has been through since its start. */
    public Replay replay() {
        return timeline.ask(() -> node.replay());
    }

    /** The status of the node's first router. */
    public RouterStatus router() {
        return status().routers().get(0);
    }

    /** Whether the node's first router is MASTER and holds its addresses; false without a node. */
    public boolean isMaster() {
        return timeline.ask(() -> node != null && router().isMaster());
    }

    /** Every role that listeners of nodes started here were told, the oldest first. */
    public List<RoleChange> changes() {
        return timeline.ask(() -> List.copyOf(changes));
    }

    /** Every event that they were told. */
    public List<VrrpEvent> events() {
        return timeline.ask(() -> List.copyOf(events));
    }

    @Override
    public String toString() {
        return name;
    }

    SimulatedNetwork network() {
        return network;
    }

    Timeline timeline() {
        return timeline;
    }

    int index() {
        return index;
    }

    HostAddresses kernel() {
        return kernel;
    }

    BitSet cutOff() {
        return cutOff;
    }

    BackendConditions backendConditions() {
        return backendConditions;
    }

    HostInterface nic() {
        return nic;
    }

    /** The node that was started here, or null. */
    SimulatedNode node() {
        return node;
    }

    SimulatedProcess newProcess() {
        return timeline.ask(() -> {
            SimulatedProcess process = new SimulatedProcess(this);
            processes.add(process);
            return process;
        });
    }

    SimulatedProcess process(EventLoop loop) {
        if (loop instanceof SimulatedProcess process && process.host() == this) {
            return process;
        }
        throw new IllegalArgumentException("transport and platform must be of the same host: loop=" + loop);
    }

    void ended(SimulatedProcess process) {
        processes.remove(process);
    }

    void add(SimulatedPlatform platform) {
        platforms.add(platform);
    }

    void remove(SimulatedPlatform platform) {
        platforms.remove(platform);
    }

    void onVanished(InetAddress virtual) {
        List.copyOf(platforms).forEach(platform -> platform.backend().onVanished(virtual));
    }

    void deliver(Packet packet) {
        if (!nic.isUp()) {
            return;
        }
        if (packet.suspicious() && node != null && !node.isStalled()) {
            deliverWatched(packet);
            return;
        }
        for (int i = processes.size() - 1; i >= 0; i--) {
            processes.get(i).deliver(packet);
        }
    }

    private void deliverWatched(Packet packet) {
        SimulatedNode watched = node;
        List<Occurrence.RouterState> before = watched.routerStates();
        watched.process().deliver(packet);
        network.occur(new Occurrence.SuspiciousPacket(this, before, watched.routerStates()));
    }

    void hearAnnouncement(InetAddress virtual, SimulatedHost owner) {
        if (nic.isUp()) {
            neighbours.put(virtual, owner);
        }
    }
}
