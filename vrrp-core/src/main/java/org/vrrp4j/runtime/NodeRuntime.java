package org.vrrp4j.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.vrrp4j.config.NamespaceName;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.NodeDifference;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.HandOverResult;
import org.vrrp4j.model.NodeStatus;
import org.vrrp4j.model.ReloadResult;
import org.vrrp4j.model.ReloadStatus;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.RouterId;
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

    private final EventLoop loop;
    private final RouterSet routers;
    private final GroupSet groups;
    private final Tracking tracking;
    private final StaticResources statics;
    private final Queue<Runnable> reloads = new ArrayDeque<>();
    private volatile NodeConfig config;
    private volatile Optional<ReloadStatus> lastReload = Optional.empty();
    private boolean reloading;
    private CompletableFuture<Void> stopped;

    /**
     * A node that does nothing yet.
     *
     * @param observers who hears of each router, be it one of the start or one that is added later
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
                platform,
                new RouterSet(
                        loop,
                        transport,
                        platform,
                        router -> EventLog.before(router.name(), observers.apply(router)),
                        config.pauseGrace(),
                        journalLimit));
    }

    private NodeRuntime(NodeConfig config, EventLoop loop, Platform platform, RouterSet routers) {
        this.config = config;
        this.loop = loop;
        this.routers = routers;
        this.groups =
                new GroupSet(loop, (router, change) -> routers.observer(router).onGroupChange(change));
        this.tracking = new Tracking(loop, platform, routers.links());
        this.statics = new StaticResources(platform.addresses(), loop, config.staticResources());
    }

    /**
     * Has something done whenever a takeover is near, some milliseconds before, for as many routers as it may be; it
     * must take a millisecond at most. Not after the start.
     */
    public void beforeTakeovers(Runnable task) {
        routers.beforeTakeovers(task);
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
        return new NodeRuntime(
                config,
                loop,
                platform,
                new RouterSet(loop, transport, platform, router -> nobody, config.pauseGrace(), journalLimit));
    }

    /**
     * Opens the channels and starts every router, as soon as what it tracks is known; those of an interface that does
     * not exist wait for it in FAULT, if the node is to wait.
     *
     * @throws IOException if a link cannot be read, an interface does not exist, or something cannot be tracked;
     *     nothing has been started then
     */
    public void start() throws IOException {
        NodeReload start = reload(config, NodeDifference.ofStart(config));
        start.prepare();
        start.start();
    }

    private NodeReload reload(NodeConfig next, NodeDifference difference) {
        return new NodeReload(loop, routers, groups, tracking, statics, next, difference);
    }

    /**
     * Stops every router: addresses go, peers are told, listeners are told. Completes when that is done, or after 2 s.
     */
    public CompletionStage<Void> stop() {
        if (stopped == null) {
            stopped = new CompletableFuture<>();
            tracking.stop();
            groups.stop();
            EventLoop.Scheduled limit = loop.schedule(loop.nanoTime() + STOP_NANOS, this::finishSoon);
            routers.stop().thenRun(() -> {
                limit.cancel();
                finishSoon();
            });
        }
        return stopped;
    }

    /** In a turn of its own, since a backend may be in the middle of its answer. */
    private void finishSoon() {
        loop.execute(() -> {
            if (!stopped.isDone()) {
                routers.end();
                statics.stop();
                stopped.complete(null);
            }
        });
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
        return routers.get(router).handOver(forced);
    }

    /**
     * Lets a router run with another configuration.
     *
     * @throws NoSuchElementException if there is no such router
     * @throws IllegalArgumentException if its name, version or virtual MAC address is another one, or something cannot
     *     be tracked, or the pause grace outlasts its lease
     */
    public void configure(RouterConfig next) {
        RouterConfig before = routers.get(next.id()).config();
        if (!next.name().equals(before.name())) {
            throw new IllegalArgumentException(
                    "the name stays while a router runs: " + before.name() + ", not " + next.name());
        }
        List<RouterConfig> changed = new ArrayList<>(config.routers());
        changed.replaceAll(router -> router.id().equals(next.id()) ? next : router);
        NodeConfig node = config.with(config.name(), changed);
        NodeReload update = reload(node, NodeDifference.ofChange(before, next));
        try {
            update.prepare();
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        config = node;
        update.update();
    }

    /**
     * Lets the node run with another configuration; one that is asked for meanwhile waits for it.
     *
     * @param comparison what it is, and what is different; compared anew, here on the loop, if what it was compared
     *     with is not the configuration of now
     * @param betweenTimes what is to happen when routers that end have been told it, and before anything else changes
     * @return completes when it is done. Fails with {@link IOException} if an interface is missing or something cannot
     *     be tracked, with {@link IllegalArgumentException} if the network namespace is another one, when nothing has
     *     changed; and with {@link IllegalStateException} if the node is stopped before it is done
     */
    public CompletionStage<ReloadResult> reload(Comparison comparison, Supplier<CompletionStage<Void>> betweenTimes) {
        CompletableFuture<ReloadResult> answer = new CompletableFuture<>();
        answer.whenComplete((result, failure) ->
                noteReload(failure == null, failure == null ? result.text() : BackendCalls.message(failure)));
        reloads.add(() -> begin(comparison, betweenTimes, answer));
        proceed();
        return answer;
    }

    /**
     * Two configurations.
     *
     * @param before that of now
     * @param after the one that is wanted, with the pause grace of now
     * @param difference what is different
     */
    public record Comparison(NodeConfig before, NodeConfig after, NodeDifference difference) {
        /**
         * Compares them, on any thread: that takes longer than most of a reload.
         *
         * @throws IllegalArgumentException if the pause grace of now outlasts a lease of the one that is wanted
         */
        public static Comparison between(NodeConfig before, NodeConfig after) {
            NodeConfig wanted = after.with(before.pauseGrace());
            return new Comparison(before, wanted, NodeDifference.between(before, wanted));
        }
    }

    /** A reload has been refused before it came here. On any thread. */
    public void noteRefusedReload(String text) {
        noteReload(false, text);
    }

    private void noteReload(boolean done, String text) {
        lastReload = Optional.of(new ReloadStatus(loop.wallTime(), done, text));
    }

    private void proceed() {
        Runnable reload = reloading ? null : reloads.poll();
        if (reload != null) {
            reloading = true;
            reload.run();
        }
    }

    private void begin(
            Comparison comparison,
            Supplier<CompletionStage<Void>> betweenTimes,
            CompletableFuture<ReloadResult> answer) {
        NodeConfig next = comparison.after();
        CompletionStage<ReloadResult> done;
        try {
            done = run(comparison.before() == config ? comparison : Comparison.between(config, next), betweenTimes);
        } catch (IOException | RuntimeException e) {
            done = CompletableFuture.failedFuture(e);
        }
        done.whenComplete((result, failure) -> {
            reloading = false;
            if (failure == null) {
                config = next.with(
                        next.name(),
                        routers.all().stream().map(RouterRuntime::config).toList());
                answer.complete(result);
            } else {
                answer.completeExceptionally(failure instanceof CompletionException ? failure.getCause() : failure);
            }
            loop.execute(this::proceed);
        });
    }

    private CompletionStage<ReloadResult> run(Comparison comparison, Supplier<CompletionStage<Void>> betweenTimes)
            throws IOException {
        NodeConfig next = comparison.after();
        if (stopped != null) {
            throw new IllegalStateException("the node has been closed");
        }
        Optional<String> namespace = next.namespace().map(NamespaceName::name);
        if (!namespace.equals(config.namespace().map(NamespaceName::name))) {
            throw new IllegalArgumentException(
                    next.namespace().map(name -> name.source() + ": ").orElse("")
                            + "the network namespace stays while a node runs: restart it");
        }
        NodeReload reload = reload(next, comparison.difference());
        reload.prepare();
        return reload.run(betweenTimes, () -> stopped == null);
    }

    /**
     * The last inputs of a router, and what came of them: one line each.
     *
     * @throws NoSuchElementException if there is no such router
     */
    public String journal(RouterId router) {
        return routers.get(router).journal();
    }

    /** The configuration of now. On any thread. */
    public NodeConfig config() {
        return config;
    }

    /**
     * The role of a router, as its machine has it.
     *
     * @throws NoSuchElementException if there is no such router
     */
    public Role role(RouterId router) {
        return routers.get(router).role();
    }

    /**
     * When that router would next act by itself.
     *
     * @throws NoSuchElementException if there is no such router
     */
    public OptionalLong nextDeadlineNanos(RouterId router) {
        return routers.get(router).machine().nextDeadlineNanos();
    }

    /**
     * How many packets that router has rejected.
     *
     * @throws NoSuchElementException if there is no such router
     */
    public long rejected(RouterId router) {
        return routers.get(router).rejected();
    }

    /** Every router that there is, as it is configured at this moment; in a reload those that are leaving too. */
    public List<RouterConfig> routers() {
        return routers.configs();
    }

    /** The status of now. On any thread. */
    public NodeStatus status() {
        return new NodeStatus(
                config.name(),
                routers.all().stream().map(RouterRuntime::status).collect(Collectors.toUnmodifiableList()),
                groups.status(),
                tracking.status(),
                routers.rejections(),
                lastReload,
                routers.sendingAhead(),
                tracking.bfdStatus());
    }
}
