package org.vrrp4j.sim;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.config.VirtualRoute;
import org.vrrp4j.model.NodeStatus;
import org.vrrp4j.model.ReloadResult;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.model.RouterStatus;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.sim.Occurrence.NodeFate;
import org.vrrp4j.spi.PlatformProvider;
import org.vrrp4j.spi.TransportProvider;

/**
 * A host on a simulated network: its interfaces, its clock, its node, and what can go wrong. Without a node it is a
 * client. What is asked or done without naming an interface is about all of them together.
 *
 * <p>Nodes run on it in two ways: started here from a configuration ({@link #start}), with the runtime that every node
 * has and listeners that are told within the event; or, in real time, as a whole {@code VrrpNode} that is given
 * {@link #transport()} and {@link #platform()}.
 *
 * <p><b>Thread:</b> in virtual time the one that runs the simulation; in real time any.
 */
public final class SimulatedHost {
    /** The name of the first interface. */
    public static final String INTERFACE = "eth0";

    private final SimulatedNetwork network;
    private final Timeline timeline;
    private final String name;
    private final HostClock clock;
    private final List<SimulatedInterface> interfaces = new ArrayList<>();
    private final List<SimulatedProcess> processes = new ArrayList<>();
    private final List<SimulatedPlatform> platforms = new ArrayList<>();
    private final List<RoleChange> changes = new ArrayList<>();
    private final List<VrrpEvent> events = new ArrayList<>();
    private final SimulatedTrackers trackers;
    private BackendConditions backendConditions = BackendConditions.IDEAL;
    private SimulatedNode node;
    private NodeConfig lastConfig;

    /** A host without an interface, which it has to get before anybody sees it. */
    SimulatedHost(SimulatedNetwork network, String name) {
        this.network = network;
        this.timeline = network.timeline();
        this.name = name;
        this.clock = new HostClock(timeline);
        this.trackers = new SimulatedTrackers(this);
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** The primary IPv4 address of its first interface. */
    public InetAddress address() {
        return first().address();
    }

    /** Its interfaces: {@code eth0}, and one more for each further {@link SimulatedLan#attach}. */
    public List<SimulatedInterface> interfaces() {
        return timeline.ask(() -> List.copyOf(interfaces));
    }

    /** Its interface on a LAN; empty if it has none there. */
    public Optional<SimulatedInterface> on(SimulatedLan lan) {
        return timeline.ask(() -> Optional.ofNullable(lan.interfaceOf(this)));
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

    /** Lets the running node run with another configuration, as {@code VrrpNode.reload} does. */
    public CompletionStage<ReloadResult> reload(NodeConfig config) {
        return timeline.ask(() -> running().reload(config));
    }

    /** Lets the node's first router hand over, even if it has heard no peer; without effect if it is not MASTER. */
    public void handOver() {
        timeline.call(() -> Optional.ofNullable(node)
                .ifPresent(started -> handOver(started.config().routers().get(0).id())));
    }

    /** The same for any router of the running node. */
    public void handOver(RouterId router) {
        timeline.call(() -> {
            if (node != null) {
                node.handOver(router);
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
            network.interfered(this, "stalls for " + duration.toMillis() + " ms");
            processes.forEach(process -> process.stall(duration.toNanos()));
        });
    }

    /** Lets every process on this host stall as by SIGSTOP: the kernel does not send what it was given ahead either. */
    public void freeze(Duration duration) {
        timeline.call(() -> {
            network.interfered(this, "is frozen for " + duration.toMillis() + " ms");
            processes.forEach(process -> process.freeze(duration.toNanos()));
        });
    }

    /** Takes the carrier of every interface away: nothing comes in or goes out, and processes are told. */
    public void linkDown() {
        timeline.call(() -> interfaces.forEach(SimulatedInterface::linkDown));
    }

    /** Gives the carrier of every interface back. */
    public void linkUp() {
        timeline.call(() -> interfaces.forEach(SimulatedInterface::linkUp));
    }

    /** Lets every send fail while the links stay up, as a packet filter does; or work again. */
    public void failSends(boolean fail) {
        timeline.call(() -> interfaces.forEach(nic -> nic.failSends(fail)));
    }

    /**
     * Lets the clock of this host, which decides when its timers and leases end, gain or lose time from now on.
     *
     * @param partsPerMillion how many microseconds it gains in a second; negative if it loses them, 0 for the true time
     * @throws IllegalArgumentException if that is more than 100,000 either way
     */
    public void driftClock(int partsPerMillion) {
        if (Math.abs((long) partsPerMillion) > HostClock.MAX_DRIFT) {
            throw new IllegalArgumentException("a clock gains or loses at most " + HostClock.MAX_DRIFT
                    + " parts in a million: partsPerMillion=" + partsPerMillion);
        }
        timeline.call(() -> {
            clock.drift(partsPerMillion);
            network.interfered(this, "its clock gains " + partsPerMillion + " microseconds a second");
        });
    }

    /** What there is to track on it. */
    public SimulatedTrackers trackers() {
        return trackers;
    }

    /** From now on address backends on this host work like this. */
    public void backend(BackendConditions conditions) {
        timeline.call(() -> backendConditions = conditions);
    }

    /**
     * Somebody else puts a virtual address on the first interface.
     *
     * @throws IllegalStateException if it is there already
     */
    public void addForeignAddress(InetAddress virtual) {
        first().addForeignAddress(virtual);
    }

    /** Somebody else takes an address away, whoever put it there. Without effect if it is not on this host. */
    public void removeAddress(InetAddress virtual) {
        timeline.call(() -> interfaces.forEach(nic -> nic.removeAddress(virtual)));
    }

    /** The virtual addresses that are on this host now, whoever put them there. */
    public Set<InetAddress> addresses() {
        return timeline.ask(() ->
                interfaces.stream().flatMap(nic -> nic.addresses().stream()).collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether a virtual address is on this host now. */
    public boolean has(InetAddress virtual) {
        return timeline.ask(() -> interfaces.stream().anyMatch(nic -> nic.has(virtual)));
    }

    /** The host that this one would send packets for an address to: the last that announced it, if it heard any. */
    public Optional<SimulatedHost> neighbour(InetAddress virtual) {
        return timeline.ask(() -> interfaces.stream()
                .flatMap(nic -> nic.neighbour(virtual).stream())
                .findFirst());
    }

    /**
     * What the node reports of itself.
     *
     * @throws IllegalStateException if none is running
     */
    public NodeStatus status() {
        return timeline.ask(() -> running().status());
    }

    private SimulatedNode running() {
        if (node == null) {
            throw new IllegalStateException("no node is running on " + name);
        }
        return node;
    }

    /** Replays what the running node's first router has been through since its start. */
    public Replay replay() {
        return replay(router().router());
    }

    /**
     * Replays what a router of the running node has been through since its start.
     *
     * @throws IllegalStateException if no node is running
     */
    public Replay replay(RouterId router) {
        return timeline.ask(() -> running().replay(router));
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

    HostClock clock() {
        return clock;
    }

    SimulatedInterface addInterface(SimulatedLan lan, int index, InetAddress address) {
        SimulatedInterface added = new SimulatedInterface(this, lan, index, interfaces.size(), address);
        interfaces.add(added);
        return added;
    }

    SimulatedInterface first() {
        return interfaces.get(0);
    }

    /** The interface of a name, or null. */
    SimulatedInterface nic(String interfaceName) {
        for (SimulatedInterface candidate : interfaces) {
            if (candidate.name().equals(interfaceName)) {
                return candidate;
            }
        }
        return null;
    }

    /** The virtual routes that its nodes have in place; there are no routing tables behind them. */
    public Set<VirtualRoute> routes() {
        Set<VirtualRoute> routes = new LinkedHashSet<>();
        platforms().forEach(platform -> routes.addAll(platform.backend().routes()));
        return routes;
    }

    /** The interface that an address of a router belongs to, or null. */
    SimulatedInterface nicOf(RouterId router, VirtualAddress address) {
        return nic(address.device().orElse(router.interfaceName()));
    }

    BackendConditions backendConditions() {
        return backendConditions;
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

    void ended(SimulatedProcess process) {
        processes.remove(process);
    }

    void add(SimulatedPlatform platform) {
        platforms.add(platform);
    }

    void remove(SimulatedPlatform platform) {
        platforms.remove(platform);
    }

    /** What its processes see of it; a copy. */
    List<SimulatedPlatform> platforms() {
        return List.copyOf(platforms);
    }
}
