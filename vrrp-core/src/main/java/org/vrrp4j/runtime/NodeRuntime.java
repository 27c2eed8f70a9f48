package org.vrrp4j.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.PauseGrace;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.SyncGroupConfig;
import org.vrrp4j.config.Tracked;
import org.vrrp4j.model.HandOverResult;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.NodeStatus;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.model.SendingAhead;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.spi.AdvertisementTransport;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.Platform;

/**
 * A node: its virtual routers on one event loop. It owns neither loop, transport nor platform. On the loop's thread,
 * but for {@link #status()}.
 */
public final class NodeRuntime {
    /** How long a backend may take to give the addresses up before a stop goes on without it. */
    private static final long STOP_NANOS = Duration.ofSeconds(2).toNanos();

    private record PortKey(String interfaceName, IpFamily family) {}

    private final NodeConfig config;
    private final EventLoop loop;
    private final Platform platform;
    private final Map<PortKey, InterfacePort> ports = new LinkedHashMap<>();
    private final List<RouterRuntime> routers = new ArrayList<>();
    private final List<GroupRuntime> groups = new ArrayList<>();
    private final Tracking tracking;
    private final UnassignedPackets unassigned;
    private final StaticResources statics;
    private final SendingAhead sendingAhead;
    private CompletableFuture<Void> stopped;

    /**
     * A node that does nothing yet.
     *
     * @param observers who hears of each router
     * @param journalLimit how many inputs of each router are remembered
     */
    public NodeRuntime(
            NodeConfig config,
            EventLoop loop,
            AdvertisementTransport transport,
            Platform platform,
            Function<RouterConfig, RouterObserver> observers,
            int journalLimit) {
        this(
                config,
                loop,
                transport,
                platform,
                journalLimit,
                router -> EventLog.before(router.name(), observers.apply(router)));
    }

    private NodeRuntime(
            NodeConfig config,
            EventLoop loop,
            AdvertisementTransport transport,
            Platform platform,
            int journalLimit,
            Function<RouterConfig, RouterObserver> observers) {
        this.config = config;
        this.loop = loop;
        this.platform = platform;
        this.tracking = new Tracking(loop, platform);
        this.sendingAhead = sendingAhead(config, transport);
        this.unassigned = new UnassignedPackets(
                loop, config.logsUnknownRouters() ? EventLog::unknownRouter : UnassignedPackets.Listener.NONE);
        Map<String, RouterObserver> byName = new HashMap<>();
        this.statics = new StaticResources(platform.addresses(), loop, config.staticResources());
        AnnouncementTurns turns = new AnnouncementTurns(platform.announcer(), loop);
        for (RouterConfig router : config.routers()) {
            PortKey key = new PortKey(router.id().interfaceName(), router.id().family());
            InterfacePort port = ports.computeIfAbsent(
                    key, k -> new InterfacePort(k.interfaceName(), k.family(), loop, transport, unassigned));
            RouterObserver observer = observers.apply(router);
            RouterRuntime runtime =
                    new RouterRuntime(router, loop, port, platform, turns, observer, config.pauseGrace(), journalLimit);
            port.add(runtime);
            routers.add(runtime);
            byName.put(router.name(), observer);
        }
        for (SyncGroupConfig group : config.groups()) {
            List<RouterRuntime> members = routers.stream()
                    .filter(router -> group.members().contains(router.name()))
                    .collect(Collectors.toUnmodifiableList());
            groups.add(new GroupRuntime(
                    group, loop, members, byName.get(group.members().get(0))));
        }
    }

    private static SendingAhead sendingAhead(NodeConfig config, AdvertisementTransport transport) {
        PauseGrace grace = config.pauseGrace();
        if (grace.equals(PauseGrace.NONE)) {
            return SendingAhead.OFF;
        }
        return new SendingAhead(grace.duration(), transport.queueUnavailability());
    }

    /** A node whose routers write no log. */
    static NodeRuntime silent(
            NodeConfig config, EventLoop loop, AdvertisementTransport transport, Platform platform, int journalLimit) {
        RouterObserver nobody = new RouterObserver() {
            @Override
            public void onRoleChange(RoleChange change) {
                // there is nobody to be told
            }

            @Override
            public void onEvent(VrrpEvent event) {
                // there is nobody to be told
            }
        };
        return new NodeRuntime(config, loop, transport, platform, journalLimit, router -> nobody);
    }

    /**
     * Opens the channels and starts every router, as soon as what it tracks is known; those of an interface that does
     * not exist wait for it in FAULT, if the node is to wait.
     *
     * @throws IOException if a link cannot be read, an interface does not exist, or something cannot be tracked;
     *     nothing has been started then
     */
    public void start() throws IOException {
        for (InterfacePort port : ports.values()) {
            platform.links().watch(port.interfaceName(), port);
            if (!port.isPresent() && !config.waitsForInterfaces()) {
                closeChannels();
                throw new MissingInterfaceException(port.routers().get(0).config());
            }
            if (!port.isPresent()) {
                port.routers().forEach(router -> EventLog.waitsForInterface(router.config()));
            }
        }
        try {
            for (RouterRuntime router : routers) {
                tracking.add(router, followed(router, router.config()));
            }
        } catch (IOException e) {
            tracking.stop();
            closeChannels();
            throw e;
        }
        EventLog.sendsAhead(config, sendingAhead);
        statics.start();
        groups.forEach(GroupRuntime::start);
        tracking.startRouters();
    }

    private List<Tracked> followed(RouterRuntime router, RouterConfig next) {
        return groups.stream()
                .filter(group -> group.has(router))
                .findFirst()
                .map(group -> group.followed(next))
                .orElse(next.trackers());
    }

    /**
     * Stops every router: addresses go, peers are told, listeners are told. Completes when that is done, or after 2 s.
     */
    public CompletionStage<Void> stop() {
        if (stopped == null) {
            stopped = new CompletableFuture<>();
            tracking.stop();
            groups.forEach(GroupRuntime::stop);
            EventLoop.Scheduled limit = loop.schedule(loop.nanoTime() + STOP_NANOS, this::finishSoon);
            CompletableFuture<?>[] atRest =
                    routers.stream().map(RouterRuntime::stop).toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(atRest).thenRun(() -> {
                limit.cancel();
                finishSoon();
            });
        }
        return stopped;
    }

    /**
     * Lets a router give the MASTER role to a peer.
     *
     * @param router which
     * @param forced even if no peer was ever heard
     * @return completes when that is done or refused
     * @throws NoSuchElementException if there is no such router
     */
    public CompletionStage<HandOverResult> handOver(RouterId router, boolean forced) {
        return runtime(router).handOver(forced);
    }

    /**
     * Lets a router run with another configuration.
     *
     * @throws NoSuchElementException if there is no such router
     * @throws IllegalArgumentException if its name, version or virtual MAC address is another one, or something cannot
     *     be tracked, or the pause grace outlasts its lease
     */
    public void configure(RouterConfig next) {
        RouterRuntime router = runtime(next.id());
        RouterConfig config = router.config();
        if (!next.name().equals(config.name())
                || next.version() != config.version()
                || !next.virtualMac().equals(config.virtualMac())) {
            throw new IllegalArgumentException(
                    "name and version stay while a router runs, and so does its virtual MAC address: " + config
                            + ", not " + next);
        }
        this.config.pauseGrace().check(next);
        tracking.configure(router, followed(router, next));
        router.configure(next);
        tracking.update(router);
    }

    /**
     * The last inputs of a router, and what came of them: one line each.
     *
     * @throws NoSuchElementException if there is no such router
     */
    public String journal(RouterId router) {
        return runtime(router).journal();
    }

    /** The configurations that the routers run with now. On any thread. */
    public List<RouterConfig> configs() {
        return routers.stream().map(RouterRuntime::config).collect(Collectors.toUnmodifiableList());
    }

    private RouterRuntime runtime(RouterId router) {
        return routers.stream()
                .filter(candidate -> candidate.config().id().equals(router))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no virtual router is " + router));
    }

    /** In a turn of its own, since a backend may be in the middle of its answer. */
    private void finishSoon() {
        loop.execute(() -> {
            if (!stopped.isDone()) {
                routers.forEach(RouterRuntime::unregister);
                statics.stop();
                closeChannels();
                stopped.complete(null);
            }
        });
    }

    private void closeChannels() {
        ports.values().forEach(InterfacePort::close);
    }

    /** The role of the router at an index of the configuration, as its machine has it. */
    public Role role(int index) {
        return routers.get(index).role();
    }

    /** When that router would next act by itself. */
    public OptionalLong nextDeadlineNanos(int index) {
        return routers.get(index).nextDeadlineNanos();
    }

    /** How many packets that router has rejected. */
    public long rejected(int index) {
        return routers.get(index).rejected();
    }

    /** The status of now. On any thread. */
    public NodeStatus status() {
        return new NodeStatus(
                config.name(),
                routers.stream().map(RouterRuntime::status).collect(Collectors.toUnmodifiableList()),
                groups.stream().map(GroupRuntime::status).collect(Collectors.toUnmodifiableList()),
                tracking.status(),
                unassigned.snapshot(),
                sendingAhead);
    }
}
