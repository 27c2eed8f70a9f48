package org.vrrp4j.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.vrrp4j.config.AnnouncementLimits;
import org.vrrp4j.config.LinkDelays;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.PauseGrace;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RejectionReason;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.model.SendingAhead;
import org.vrrp4j.spi.AdvertisementTransport;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.LinkMonitor;
import org.vrrp4j.spi.Platform;

/**
 * The virtual routers of a node, and what those of one interface and family share. On the loop's thread, but for
 * {@link #all()} and {@link #rejections()}.
 */
final class RouterSet {
    private record PortKey(String interfaceName, IpFamily family) {
        static PortKey of(RouterConfig router) {
            return new PortKey(router.id().interfaceName(), router.id().family());
        }
    }

    private record Entry(RouterRuntime router, RouterObserver observer, InterfacePort port) {}

    private final EventLoop loop;
    private final AdvertisementTransport transport;
    private final Platform platform;
    private final Function<RouterConfig, RouterObserver> observers;
    private final PauseGrace grace;
    private final int journalLimit;
    private final AnnouncementTurns turns;
    private final UnassignedPackets unassigned;
    private final DelayedLinks links;
    private final Map<PortKey, InterfacePort> ports = new LinkedHashMap<>();
    private final Map<RouterId, Entry> entries = new LinkedHashMap<>();
    private final List<RouterRuntime> leaving = new ArrayList<>();
    // the highest of routers that are no more: one of the same identity or name goes on from there
    private long lastEpoch;
    private volatile List<RouterRuntime> all = List.of();
    private volatile SendingAhead sendingAhead = SendingAhead.OFF;
    private Runnable readying = () -> {};

    RouterSet(
            EventLoop loop,
            AdvertisementTransport transport,
            Platform platform,
            Function<RouterConfig, RouterObserver> observers,
            PauseGrace grace,
            int journalLimit) {
        this.loop = loop;
        this.transport = transport;
        this.platform = platform;
        this.observers = observers;
        this.grace = grace;
        this.journalLimit = journalLimit;
        this.turns = new AnnouncementTurns(platform.announcer(), loop);
        this.links = new DelayedLinks(platform.links(), loop);
        this.unassigned = new UnassignedPackets(loop, UnassignedPackets.Listener.NONE);
    }

    /** Has something done whenever a takeover by one of them is near. */
    void beforeTakeovers(Runnable task) {
        readying = task;
    }

    /** Decides whether the advertisements of a node are sent ahead from now on; the log tells if that is new. */
    void sendAhead(NodeConfig node) {
        if (grace.equals(PauseGrace.NONE)) {
            return;
        }
        SendingAhead next = new SendingAhead(
                grace.duration(), transport.queueUnavailability().or(() -> grace.excess(node.routers())));
        if (!next.equals(sendingAhead)) {
            sendingAhead = next;
            EventLog.sendsAhead(node, next);
        }
    }

    private PauseGrace graceOfNow() {
        return sendingAhead.isActive() ? grace : PauseGrace.NONE;
    }

    /** Whether their advertisements go on while the process is paused. On any thread. */
    SendingAhead sendingAhead() {
        return sendingAhead;
    }

    /** In the order of the configuration. On any thread. */
    List<RouterRuntime> all() {
        return all;
    }

    /** Whether the log tells of routers on the network that are none of these. */
    void logUnknown(boolean logs) {
        unassigned.tell(logs ? EventLog::unknownRouter : UnassignedPackets.Listener.NONE);
    }

    /** The interfaces as routers and trackers are told of them. */
    LinkMonitor links() {
        return links;
    }

    /** For how long interfaces must be down or up before that counts, by their names. */
    void delayLinks(Map<String, LinkDelays> delays) {
        links.use(delays);
    }

    /** How far apart their announcements are from now on. */
    void limitAnnouncements(AnnouncementLimits limits) {
        turns.pace().use(limits);
    }

    /** Packets that belong to no router. On any thread. */
    Map<RejectionReason, Long> rejections() {
        return unassigned.snapshot();
    }

    /**
     * The router of that identity.
     *
     * @throws NoSuchElementException if there is none
     */
    RouterRuntime get(RouterId router) {
        Entry entry = entries.get(router);
        if (entry == null) {
            throw new NoSuchElementException("no virtual router is " + router);
        }
        return entry.router();
    }

    /** How each is configured, those that are leaving included. */
    List<RouterConfig> configs() {
        return entries.values().stream().map(entry -> entry.router().config()).toList();
    }

    boolean has(RouterId router) {
        return entries.containsKey(router);
    }

    RouterObserver observer(RouterRuntime router) {
        return entries.get(router.config().id()).observer();
    }

    /**
     * Looks at the interface of a router that is to be added, and opens a channel there.
     *
     * @param waits whether the interface may be missing
     * @throws IOException if it is and may not, or cannot be read; {@link #closeUnused()} is the caller's then
     */
    void prepare(RouterConfig router, boolean waits) throws IOException {
        PortKey key = PortKey.of(router);
        InterfacePort port = ports.get(key);
        if (port == null) {
            port = new InterfacePort(key.interfaceName(), key.family(), loop, transport, unassigned);
            ports.put(key, port);
            links.watch(key.interfaceName(), port);
        }
        if (!port.isPresent() && !waits) {
            throw new MissingInterfaceException(router);
        }
    }

    /** Makes a router that has been prepared. It hears of its interface and is not started. */
    RouterRuntime add(RouterConfig config) {
        InterfacePort port = ports.get(PortKey.of(config));
        if (!port.isPresent()) {
            EventLog.waitsForInterface(config);
        }
        RouterObserver observer = observers.apply(config);
        RouterRuntime router = new RouterRuntime(
                config, loop, port, platform, turns, observer, () -> readying.run(), this::graceOfNow, journalLimit);
        router.continueFrom(lastEpoch);
        entries.put(config.id(), new Entry(router, observer, port));
        port.add(router);
        return router;
    }

    /** From now on they are told of in this order. */
    void order(List<RouterConfig> routers) {
        all = routers.stream().map(router -> get(router.id())).toList();
    }

    /**
     * Takes a router out and lets it leave the election; completes when nothing of it is left, and {@link #end} is to
     * be called.
     */
    CompletableFuture<Void> remove(RouterRuntime router) {
        observer(router).onRemoved();
        leaving.add(router);
        all = all.stream().filter(other -> other != router).toList();
        return router.stop();
    }

    /** Ends a router that has been removed. */
    void end(RouterRuntime router) {
        if (leaving.remove(router)) {
            router.unregister();
            lastEpoch = Math.max(lastEpoch, router.status().epoch());
            entries.remove(router.config().id()).port().remove(router);
        }
    }

    /** Closes the channels of interfaces that no router is on. */
    void closeUnused() {
        ports.values().removeIf(port -> {
            boolean unused = port.routers().isEmpty();
            if (unused) {
                links.unwatch(port);
                port.close();
            }
            return unused;
        });
    }

    /** Lets all of them leave the election, and completes when nothing of them is left. */
    CompletableFuture<Void> stop() {
        return CompletableFuture.allOf(
                entries.values().stream().map(entry -> entry.router().stop()).toArray(CompletableFuture<?>[]::new));
    }

    /** Ends all of them. */
    void end() {
        entries.values().forEach(entry -> entry.router().unregister());
        ports.values().forEach(InterfacePort::close);
        links.close();
    }
}
