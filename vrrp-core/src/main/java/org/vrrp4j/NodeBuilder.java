package org.vrrp4j;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.config.LinkDelays;
import org.vrrp4j.config.LoopScheduling;
import org.vrrp4j.config.NamespaceName;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.NodeNotification;
import org.vrrp4j.config.NotifySettings;
import org.vrrp4j.config.PauseGrace;
import org.vrrp4j.config.ProcessSettings;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.RouterResources;
import org.vrrp4j.config.SyncGroupConfig;
import org.vrrp4j.config.TrackingTraps;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.config.VirtualRoute;
import org.vrrp4j.config.VirtualRule;
import org.vrrp4j.keepalived.KeepalivedConf;
import org.vrrp4j.runtime.Rehearsal;
import org.vrrp4j.spi.AddressBackend;
import org.vrrp4j.spi.PlatformProvider;
import org.vrrp4j.spi.Probe;
import org.vrrp4j.spi.TransportProvider;

/** Describes and starts a {@link VrrpNode}. Not safe for several threads. */
public final class NodeBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(NodeBuilder.class);

    /** How many inputs of each virtual router its journal remembers, unless said otherwise. */
    public static final int DEFAULT_JOURNAL_SIZE = 1000;

    private static final int MAX_JOURNAL_SIZE = 1_000_000;

    private final List<RouterConfig> routers = new ArrayList<>();
    private final Map<RouterConfig, List<VrrpListener>> routerListeners = new HashMap<>();
    private final List<VrrpListener> listeners = new ArrayList<>();
    private final Map<String, Probe> healthChecks = new HashMap<>();
    private final List<SyncGroupConfig> groups = new ArrayList<>();
    private final Map<String, LinkDelays> linkDelays = new HashMap<>();
    private String name;
    private boolean waitsForInterfaces;
    private boolean logsUnknownRouters;
    private Optional<NamespaceName> namespace = Optional.empty();
    private RouterResources staticResources = RouterResources.of(List.of());
    private Executor listenerExecutor;
    private TransportProvider transport;
    private PlatformProvider platform;
    private AddressBackend addressBackend;
    private NodeNotification notification = NodeNotification.NONE;
    private Optional<Duration> scriptLimit = Optional.empty();
    private PauseGrace pauseGrace;
    private ProcessSettings process = ProcessSettings.NONE;
    private LoopScheduling loopScheduling = LoopScheduling.URGENT;
    private int journalSize = DEFAULT_JOURNAL_SIZE;
    private final Set<String> shownTraps = new HashSet<>();

    NodeBuilder() {}

    /** What the node calls itself in logs and thread names. Default: the name of its first router. */
    public NodeBuilder name(String value) {
        this.name = Objects.requireNonNull(value, "name");
        return this;
    }

    /**
     * Adds a virtual router with its listeners.
     *
     * @throws IllegalArgumentException if its configuration is not valid, the message names value and bound; or if
     *     another router has a health check of the same name with another function
     */
    public NodeBuilder router(VirtualRouter router) {
        RouterConfig config = router.config();
        routers.add(config);
        routerListeners.put(config, router.listeners());
        router.healthChecks().forEach((tracker, probe) -> {
            Probe other = healthChecks.put(tracker.name(), probe);
            if (other != null && other != probe) {
                throw new IllegalArgumentException(
                        tracker + " is there twice, with two functions: give each a name of its own");
            }
        });
        return this;
    }

    /**
     * Lets routers be MASTER together or not at all, as the two sides of a firewall must be; keepalived's
     * {@code vrrp_sync_group}. The hosts should have the same order of priorities for each of them.
     *
     * @param group what it is called in events and log lines
     * @param members the names of the routers, each in no other group
     * @throws IllegalArgumentException if there is none, or one is given twice
     */
    public NodeBuilder syncGroup(String group, String... members) {
        groups.add(new SyncGroupConfig(group, List.of(members), List.of(), false, NotifySettings.NONE));
        return this;
    }

    /**
     * Lets the routers of an interface that does not exist at the start wait for it in FAULT; keepalived's
     * {@code dynamic_interfaces}. Default: the start is refused. An interface that goes while the node runs is waited
     * for in any case.
     */
    public NodeBuilder waitForInterfaces() {
        this.waitsForInterfaces = true;
        return this;
    }

    /**
     * Lets what follows an interface hear of its going down or coming up only when that has lasted; keepalived's
     * {@code interface_up_down_delays}. A delay of going down should be less than the peers' Master_Down_Interval, or
     * they take over all the same. Default: none.
     */
    public NodeBuilder linkDelays(String interfaceName, LinkDelays delays) {
        linkDelays.put(
                Objects.requireNonNull(interfaceName, "interfaceName"), Objects.requireNonNull(delays, "delays"));
        return this;
    }

    /**
     * Logs advertisements for virtual routers that this node does not have, at most ten in a row and then one in ten
     * seconds; keepalived's {@code log_unknown_vrids}. Default: they are counted in {@link VrrpNode#status} only.
     */
    public NodeBuilder logUnknownRouters() {
        this.logsUnknownRouters = true;
        return this;
    }

    /**
     * Adds all routers of a configuration, and takes its name unless one is given. Its network namespace, if it has
     * one, becomes that of the whole node, instead of one that the platform was given.
     *
     * @throws IllegalArgumentException if another configuration had another namespace: each needs a node of its own
     */
    public NodeBuilder config(NodeConfig config) {
        config.namespace().ifPresent(this::setNamespace);
        waitsForInterfaces |= config.waitsForInterfaces();
        logsUnknownRouters |= config.logsUnknownRouters();
        linkDelays.putAll(config.linkDelays());
        if (name == null) {
            name = config.name();
        }
        if (pauseGrace == null) {
            pauseGrace = config.pauseGrace();
        }
        notification = notification.plus(config.notification());
        process = process.orElse(config.process());
        routers.addAll(config.routers());
        groups.addAll(config.groups());
        addStatic(config.staticResources());
        return this;
    }

    private void addStatic(RouterResources more) {
        staticResources = new RouterResources(
                concat(staticResources.addresses(), more.addresses()),
                concat(staticResources.routes(), more.routes()),
                concat(staticResources.rules(), more.rules()),
                true);
    }

    private static <T> List<T> concat(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /**
     * Adds an address that is there as long as the node runs, whoever is MASTER; keepalived's {@code static_ipaddress}.
     * It names its device and is not announced. Put back if somebody removes it.
     */
    public NodeBuilder staticAddress(VirtualAddress value) {
        addStatic(RouterResources.of(List.of(value)));
        return this;
    }

    /** Adds a route that is there as long as the node runs; keepalived's {@code static_routes}. */
    public NodeBuilder staticRoute(VirtualRoute value) {
        addStatic(new RouterResources(List.of(), List.of(value), List.of(), true));
        return this;
    }

    /** Adds a rule that is there as long as the node runs; keepalived's {@code static_rules}. */
    public NodeBuilder staticRule(VirtualRule value) {
        addStatic(new RouterResources(List.of(), List.of(), List.of(value), true));
        return this;
    }

    private void setNamespace(NamespaceName next) {
        if (namespace.isPresent() && !namespace.get().name().equals(next.name())) {
            throw new IllegalArgumentException("a node lives in one network namespace, not in "
                    + namespace.get().name() + " and " + next.name() + ": start a node for each");
        }
        namespace = Optional.of(next);
    }

    /**
     * Adds the virtual routers of a keepalived.conf, as {@link #config} does. Its warnings are logged.
     *
     * @throws IOException if the file cannot be read
     * @throws org.vrrp4j.config.ConfigException if it has errors; all of them, with file and line
     */
    public NodeBuilder keepalivedConf(Path file) throws IOException {
        KeepalivedConf conf = KeepalivedConf.read(file);
        keepalivedConf(conf);
        conf.problems().forEach(problem -> LOG.warn("{}", problem));
        return this;
    }

    /**
     * Adds the virtual routers of a keepalived.conf that has been read, as {@link #config} does. Its warnings are for
     * the caller to show, and are not logged.
     *
     * @throws org.vrrp4j.config.ConfigException if it has errors; all of them, with file and line
     */
    public NodeBuilder keepalivedConf(KeepalivedConf conf) {
        NodeConfig config = conf.nodeConfig();
        shownTraps.addAll(TrackingTraps.of(config));
        return config(config);
    }

    /** The traps that no reader has warned of. */
    List<String> newTraps(NodeConfig config) {
        return TrackingTraps.of(config).stream()
                .filter(trap -> !shownTraps.contains(trap))
                .toList();
    }

    /**
     * Runs the notify scripts of the configurations and feeds their pipes, as keepalived does, but those of one router
     * one after the other and in order. Listeners are told besides, and neither waits for the other. Default: no
     * program is run, as an application has listeners, and the log says so. Mails are not sent by a node in any case.
     * {@link VrrpNode#reload} changes what is run, {@link VrrpNode#update} does not.
     *
     * @param limit how long one run may take; then the program and its children are ended
     * @throws IllegalArgumentException if the limit is not positive
     */
    public NodeBuilder runNotifyScripts(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("limit must be positive: limit=" + limit);
        }
        this.scriptLimit = Optional.of(limit);
        return this;
    }

    /** Adds a listener of every router, told after the routers' own ones. */
    public NodeBuilder listener(VrrpListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Where listeners run. Default: daemon threads of the node's own. The executor may have any number of threads; it
     * is not shut down by the node.
     */
    public NodeBuilder listenerExecutor(Executor executor) {
        this.listenerExecutor = Objects.requireNonNull(executor, "listenerExecutor");
        return this;
    }

    /**
     * What carries advertisements. Default: the one that {@link java.util.ServiceLoader} finds and that is available.
     */
    public NodeBuilder transport(TransportProvider provider) {
        this.transport = Objects.requireNonNull(provider, "transport");
        return this;
    }

    /**
     * The host's addresses and links. Default: the one that {@link java.util.ServiceLoader} finds and that is
     * available.
     */
    public NodeBuilder platform(PlatformProvider provider) {
        this.platform = Objects.requireNonNull(provider, "platform");
        return this;
    }

    /** Puts the addresses in place instead of the platform, such as the API of a cloud. Closed with the node. */
    public NodeBuilder addressBackend(AddressBackend backend) {
        this.addressBackend = Objects.requireNonNull(backend, "addressBackend");
        return this;
    }

    /**
     * How many inputs of each virtual router {@link VrrpNode#journal} remembers at least; it forgets when there are
     * twice as many. An advertisement, sent or received, is one input; one of them takes about 100 bytes. Default:
     * {@value #DEFAULT_JOURNAL_SIZE}.
     *
     * @throws IllegalArgumentException if it is not 1 to 1,000,000
     */
    public NodeBuilder journalSize(int inputs) {
        if (inputs < 1 || inputs > MAX_JOURNAL_SIZE) {
            throw new IllegalArgumentException(
                    "journalSize must be 1 to " + MAX_JOURNAL_SIZE + ": journalSize=" + inputs);
        }
        this.journalSize = inputs;
        return this;
    }

    /**
     * For how long the node goes on advertising while its process is paused, as by a garbage collection. {@link
     * PauseGrace} shows what that means and how it goes with intervals, leases and stalls. Default: 400 ms, or what a
     * configuration says. Where the kernel does not offer it, the loop sends each advertisement; {@link
     * VrrpNode#status()} says why.
     *
     * @param grace zero to send nothing ahead
     * @throws IllegalArgumentException if it is neither zero nor 10 ms to 1 min; {@link #start()} refuses one that
     *     outlasts the lease of the addresses of a router
     */
    public NodeBuilder pauseGrace(Duration grace) {
        this.pauseGrace = new PauseGrace(grace);
        return this;
    }

    /**
     * How the thread of the loop is scheduled, where no configuration says it. Default: {@link LoopScheduling#URGENT},
     * on a busy machine before other threads if the process may do that; {@link LoopScheduling#AS_OTHERS} turns it off.
     */
    public NodeBuilder loopScheduling(LoopScheduling scheduling) {
        this.loopScheduling = Objects.requireNonNull(scheduling, "scheduling");
        return this;
    }

    /**
     * Starts the node: when it returns, its routers take part in the election, or are in FAULT and wait for their link.
     *
     * @throws IllegalArgumentException if there is no router, or two are the same, or the pause grace contradicts the
     *     lease of an address
     * @throws NodeStartException if the node cannot be started; the message says what to do
     */
    public VrrpNode start() {
        return new VrrpNode(parts());
    }

    /**
     * Plays once what {@link #start} rehearses: a router becomes master and leaves again, and nothing of it reaches the
     * host or the network. Only for the training run of an archive of classes ({@code java -XX:ArchiveClassesAtExit});
     * a node does it by itself.
     *
     * @throws NodeStartException if the node could not be started either
     */
    public void rehearse() {
        NodeParts parts = parts();
        parts.transport().newEventLoop("vrrp-" + parts.config().name()).close();
        Rehearsal.once(parts.config().routers().get(0), parts.platform());
    }

    private NodeParts parts() {
        String nodeName =
                name != null || routers.isEmpty() ? name : routers.get(0).name();
        NodeConfig config = new NodeConfig(
                nodeName == null ? "node" : nodeName,
                routers,
                waitsForInterfaces,
                namespace,
                groups,
                notification,
                staticResources,
                logsUnknownRouters,
                linkDelays,
                pauseGrace == null ? PauseGrace.DEFAULT : pauseGrace,
                process);
        newTraps(config).forEach(trap -> LOG.warn("{}", trap));
        return new NodeParts(
                config,
                routerListeners,
                listeners,
                listenerExecutor,
                NodeParts.transport(transport),
                NodeParts.platform(platform, namespace),
                addressBackend,
                healthChecks,
                scriptLimit,
                journalSize,
                loopScheduling);
    }
}
