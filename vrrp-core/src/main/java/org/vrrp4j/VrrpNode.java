package org.vrrp4j;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.config.ConfigException;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.keepalived.ConfigHost;
import org.vrrp4j.keepalived.KeepalivedConf;
import org.vrrp4j.model.HandOverResult;
import org.vrrp4j.model.NodeStatus;
import org.vrrp4j.model.ReloadResult;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.model.RouterStatus;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.runtime.NodeRuntime;
import org.vrrp4j.runtime.NodeRuntime.Comparison;
import org.vrrp4j.runtime.Rehearsal;
import org.vrrp4j.spi.AdvertisementTransport;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.Platform;

/**
 * A running node: its virtual routers take part in the election until it is closed. Safe for several threads; nothing
 * here but {@link #awaitMaster} and {@link #close} blocks.
 *
 * <p>There is no JVM shutdown hook: close the node where the application ends, before it stops to serve. A JVM that
 * dies without that loses its addresses all the same, a little later: they are leased (see {@link
 * RouterConfig#addressLease()}).
 */
public final class VrrpNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VrrpNode.class);
    private static final long CLOSE_SECONDS = 5;

    private final EventLoop loop;
    private final NodeObservers observers;
    private final Object roleChanged = new Object();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final NodeRuntime runtime;
    private final NodeReloads reloads;
    private Platform platform;
    private AdvertisementTransport transport;

    VrrpNode(NodeParts parts) {
        this.observers = new NodeObservers(parts, this::onRoleChanged);
        this.loop = parts.transport().newEventLoop("vrrp-" + parts.config().name());
        NodeRuntime started = null;
        try {
            started = onLoop(() -> start(parts));
        } finally {
            if (started == null) {
                closeParts();
            }
        }
        this.runtime = started;
        this.reloads = new NodeReloads(runtime, observers, loop, parts::scheduling);
    }

    /** Starts the description of a node. */
    public static NodeBuilder builder() {
        return new NodeBuilder();
    }

    private NodeRuntime start(NodeParts parts) throws IOException {
        loop.use(parts.scheduling(parts.config()));
        observers.open();
        transport = parts.transport().open(loop);
        platform = parts.openPlatform(loop);
        NodeRuntime node =
                new NodeRuntime(parts.config(), loop, transport, platform, observers::of, parts.journalSize());
        Rehearsal rehearsal = Rehearsal.begin(parts.config().routers().get(0), loop, parts.platform());
        node.beforeTakeovers(rehearsal::refresh);
        node.start();
        return node;
    }

    private void onRoleChanged() {
        synchronized (roleChanged) {
            roleChanged.notifyAll();
        }
    }

    /** The roles, counters and masters of now. Still answers after {@link #close()}. */
    public NodeStatus status() {
        return runtime.status();
    }

    /**
     * The status of one virtual router.
     *
     * @param name its configured name
     * @throws NoSuchElementException if no router has that name
     */
    public RouterStatus status(String name) {
        return status().routers().stream()
                .filter(router -> router.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no virtual router is named " + name));
    }

    /** Whether every virtual router is MASTER and holds its addresses. */
    public boolean isMaster() {
        return status().isMaster();
    }

    /**
     * Waits until {@link #isMaster()}.
     *
     * @return whether it is; false after the timeout or when the node is closed
     */
    public boolean awaitMaster(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        synchronized (roleChanged) {
            while (!isMaster()) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || closed.get()) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(roleChanged, left);
            }
            return true;
        }
    }

    /** The configuration that the node runs with now, with what was changed since. */
    public NodeConfig config() {
        return runtime.config();
    }

    /**
     * The configuration that a virtual router runs with now; {@link RouterConfig#toBuilder()} makes another one of it.
     *
     * @param name its configured name
     * @throws NoSuchElementException if no router has that name
     */
    public RouterConfig config(String name) {
        return config().routers().stream()
                .filter(router -> router.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no virtual router is named " + name));
    }

    /**
     * Lets a running virtual router go by another configuration, without leaving its role: a master advertises what is
     * new at once, puts new addresses in place and announces them, takes away what is no longer configured, and keeps
     * the others without a gap. A lower priority lets peers preempt it, a higher one lets it preempt them. Interface,
     * VRID, family, version, name and virtual MAC address stay.
     *
     * <p>In version 2, peers that have not got the new addresses yet drop the advertisements that list them, and take
     * over: where addresses of a running group change, version 3 or
     * {@link org.vrrp4j.config.AddressListCheck#REPORT} avoids that.
     *
     * @param router the whole configuration, not the difference
     * @return completes when the router goes by it; new addresses are in place as soon as the host has taken them. On
     *     the listener executor. Fails with {@link NoSuchElementException} if there is no router of that identity, with
     *     {@link IllegalArgumentException} if something was changed that must stay, and with
     *     {@link IllegalStateException} if the node has been closed
     */
    public CompletableFuture<Void> update(RouterConfig router) {
        return ask(() -> {
            runtime.configure(router);
            return CompletableFuture.completedFuture(null);
        });
    }

    /**
     * As {@link #update(RouterConfig)}; the listeners stay those of the start.
     *
     * @throws IllegalArgumentException if the configuration is not valid, or has listeners
     */
    public CompletableFuture<Void> update(VirtualRouter router) {
        if (!router.listeners().isEmpty()) {
            throw new IllegalArgumentException("listeners are given at the start and cannot be changed");
        }
        return update(router.config());
    }

    /**
     * Changes the priority of a running virtual router.
     *
     * @param name its configured name
     * @param priority 1 to 255
     * @return as {@link #update(RouterConfig)}
     * @throws IllegalArgumentException if the priority is out of range
     * @throws NoSuchElementException if no router has that name
     */
    public CompletableFuture<Void> priority(String name, int priority) {
        return update(config(name).toBuilder().priority(priority).build());
    }

    /**
     * Lets the node run with another configuration, as a whole: routers that are not in it leave the election and are
     * gone, new ones start, and of those that are in both each changes what differs while it runs. One that differs in
     * nothing notices nothing: no advertisement is missed and no address touched. Routers are told apart by interface,
     * VRID and family; one whose version or virtual MAC address differs is stopped and started again. An address may
     * go from one router to another.
     *
     * <p>Nothing changes if it cannot be done. Several reloads are done one after the other. Listeners and the
     * functions of health checks stay those of the start: a router has those that it was given, by its identity or
     * name, and those of the node.
     *
     * @param config the whole configuration, not the difference; {@link #config()} is that of now
     * @return what has changed, on the listener executor. Fails with {@link NodeStartException} if an interface does
     *     not exist or something cannot be tracked, with {@link IllegalArgumentException} if the network namespace is
     *     another one, and with {@link IllegalStateException} if the node has been closed
     */
    public CompletableFuture<ReloadResult> reload(NodeConfig config) {
        return compareAndReload(reloads.warned(config));
    }

    private CompletableFuture<ReloadResult> compareAndReload(NodeConfig config) {
        Comparison comparison = reloads.compare(config);
        return ask(() -> reloads.reload(comparison));
    }

    /**
     * As {@link #reload(NodeConfig)}, with a keepalived.conf that has been read. Its warnings are logged.
     *
     * @throws ConfigException if it has errors; all of them, with file and line
     */
    public CompletableFuture<ReloadResult> reload(KeepalivedConf conf) {
        return compareAndReload(reloads.usable(conf));
    }

    /**
     * As {@link #reload(KeepalivedConf)}, with a file and what it includes; blocks until they are read.
     *
     * @param host where the files are, such as {@link ConfigHost#ofThisHost()}
     * @throws IOException if the file cannot be read
     * @throws ConfigException if it has errors; all of them, with file and line
     */
    public CompletableFuture<ReloadResult> reload(Path keepalivedConf, ConfigHost host) throws IOException {
        return compareAndReload(reloads.read(keepalivedConf.toString(), host));
    }

    /**
     * Gives the MASTER role of a virtual router to a peer: the addresses go, the peers are told with priority 0, and
     * the next one takes over at once. This router then stays BACKUP while its successor works, although its priority
     * may be higher; it takes over when the successor fails or gives up, or after an {@link #update}. If nobody
     * has taken over after the longest time that a peer may wait, it is MASTER again, with {@link
     * VrrpEvent.HandOverUnanswered}.
     *
     * <p>Refused while no peer was ever heard ({@link HandOverResult.Outcome#NO_PEER_HEARD}): without one the service
     * would be gone for as long as that. A backup never speaks, so a master that was first has heard no peer, be they
     * well: whoever knows that they are there uses {@link #forceHandOver(String)}.
     *
     * @param name its configured name
     * @return completes when the addresses are gone and the peers told, or at once with the reason of a refusal; on the
     *     listener executor. Fails with {@link IllegalStateException} if the node has been closed
     * @throws NoSuchElementException if no router has that name
     */
    public CompletableFuture<HandOverResult> handOver(String name) {
        return handOver(name, false);
    }

    /** As {@link #handOver(String)}, even if no peer was ever heard. */
    public CompletableFuture<HandOverResult> forceHandOver(String name) {
        return handOver(name, true);
    }

    /** As {@link #handOver(String)}, for every virtual router. */
    public CompletableFuture<List<HandOverResult>> handOver() {
        List<CompletableFuture<HandOverResult>> all = status().routers().stream()
                .map(router -> handOver(router.name()))
                .collect(Collectors.toUnmodifiableList());
        return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
                .thenApply(
                        nothing -> all.stream().map(CompletableFuture::join).collect(Collectors.toUnmodifiableList()));
    }

    private CompletableFuture<HandOverResult> handOver(String name, boolean forced) {
        RouterId router = status(name).router();
        return ask(() -> runtime.handOver(router, forced));
    }

    /**
     * The last things that a virtual router was told by its surroundings, with their times, and the changes of its role
     * that came of them: one line each, without passwords. How many is {@link NodeBuilder#journalSize} to say. {@link
     * org.vrrp4j.sim.Replay} plays it again.
     *
     * @param name its configured name
     * @return the text, on the listener executor. Fails with {@link IllegalStateException} if the node has been closed
     * @throws NoSuchElementException if no router has that name
     */
    public CompletableFuture<String> journal(String name) {
        RouterId router = status(name).router();
        return ask(() -> CompletableFuture.completedFuture(runtime.journal(router)));
    }

    /** Does something on the loop; answers off it, so that what an application does then delays nothing. */
    private <T> CompletableFuture<T> ask(Supplier<CompletionStage<T>> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (closed.get()) {
            answer.completeExceptionally(new IllegalStateException("the node has been closed"));
            return answer;
        }
        loop.execute(() -> {
            CompletionStage<T> stage;
            try {
                stage = question.get();
            } catch (RuntimeException e) {
                stage = CompletableFuture.failedFuture(e);
            }
            stage.whenComplete((value, failure) -> observers.answer(() -> {
                if (failure == null) {
                    answer.complete(value);
                } else {
                    answer.completeExceptionally(failure);
                }
            }));
        });
        return answer;
    }

    /**
     * Leaves the election: addresses are taken away, peers are told with priority 0 so that the next one takes over at
     * once, listeners are told. Returns when that is done, after 5 seconds at most; called by a listener it does not
     * wait for that listener, nor, in a shutdown hook, for one that has called {@link System#exit}. Closing again does
     * nothing.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        loop.execute(() -> runtime.stop().whenComplete((nothing, failure) -> stopped.complete(null)));
        await(stopped, "leaving the election");
        closeParts();
        synchronized (roleChanged) {
            roleChanged.notifyAll();
        }
    }

    private void closeParts() {
        CompletableFuture<Void> partsClosed = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                if (platform != null) {
                    platform.close();
                }
                if (transport != null) {
                    transport.close();
                }
            } finally {
                partsClosed.complete(null);
            }
        });
        await(partsClosed, "closing sockets");
        loop.close();
        observers.close();
    }

    private void await(CompletableFuture<Void> done, String what) {
        if (loop.inEventLoop()) {
            return;
        }
        try {
            done.get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("{} did not end within {} s", what, CLOSE_SECONDS, e);
        }
    }

    private interface StartTask {
        NodeRuntime run() throws IOException;
    }

    private NodeRuntime onLoop(StartTask task) {
        CompletableFuture<NodeRuntime> result = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                result.complete(task.run());
            } catch (IOException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.join();
        } catch (CompletionException e) {
            throw NodeParts.startException(e.getCause());
        }
    }
}
