package org.vrrp4j.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.NodeDifference;
import org.vrrp4j.config.NodeDifference.Change;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.SyncGroupConfig;
import org.vrrp4j.config.Tracked;
import org.vrrp4j.config.Tracker;
import org.vrrp4j.model.ReloadResult;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.EventLoop;

/**
 * Takes a running node from one configuration to another. On the loop's thread.
 *
 * <p>The order: what cannot be done is found out first, and then nothing is done. Groups let go of routers that end;
 * these leave the election; who is told of the rest is told of the new configuration; routers change; those follow that
 * get addresses of others; and new ones are made, join their groups and start. A router that stays as it is gets no
 * input in all this.
 */
final class NodeReload {
    /** How long an address backend may take before the reload goes on without its answer. */
    private static final long WAIT_NANOS = Duration.ofSeconds(2).toNanos();

    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(5).toNanos();

    private final EventLoop loop;
    private final RouterSet routers;
    private final GroupSet groups;
    private final Tracking tracking;
    private final StaticResources statics;
    private final NodeConfig next;
    private final NodeDifference difference;
    private final Map<String, SyncGroupConfig> groupOf = new HashMap<>();
    private final List<RouterConfig> ending = new ArrayList<>();
    private final List<RouterConfig> beginning = new ArrayList<>();

    NodeReload(
            EventLoop loop,
            RouterSet routers,
            GroupSet groups,
            Tracking tracking,
            StaticResources statics,
            NodeConfig next,
            NodeDifference difference) {
        this.loop = loop;
        this.routers = routers;
        this.groups = groups;
        this.tracking = tracking;
        this.statics = statics;
        this.next = next;
        this.difference = difference;
        next.groups().forEach(group -> group.members().forEach(member -> groupOf.put(member, group)));
        ending.addAll(difference.removed());
        difference.restarted().forEach(change -> ending.add(change.before()));
        Set<RouterId> started = new HashSet<>();
        difference.added().forEach(router -> started.add(router.id()));
        difference.restarted().forEach(change -> started.add(change.after().id()));
        next.routers().stream().filter(router -> started.contains(router.id())).forEach(beginning::add);
    }

    /**
     * Finds out whether it can be done, and gets ready.
     *
     * @throws IOException if an interface is missing, or something cannot be tracked; nothing has changed then
     */
    void prepare() throws IOException {
        try {
            for (RouterConfig router : beginning) {
                routers.prepare(router, next.waitsForInterfaces());
            }
            Set<Tracker> followed = new HashSet<>(next.bfdSessions());
            next.routers().forEach(router -> followed(router).forEach(tracked -> followed.add(tracked.tracker())));
            tracking.prepare(followed);
        } catch (IOException e) {
            routers.closeUnused();
            throw e;
        }
    }

    private List<Tracked> followed(RouterConfig router) {
        SyncGroupConfig group = groupOf.get(router.name());
        return group == null ? router.trackers() : group.followed(router, next.routers());
    }

    /** For a node that does nothing yet. */
    void start() {
        groups.configure(next.groups(), Map.of());
        statics.start();
        begin();
    }

    /** For routers that change while they run. */
    void update() {
        routers.sendAhead(next);
        difference.changed().forEach(this::change);
        follow();
        tracking.forgetUnused();
    }

    /**
     * Does it, for a node that runs.
     *
     * @param betweenTimes what is to happen when those that end have been told it and before anything else
     * @param running whether the node still runs; if not, the rest is left undone
     * @return completes when it is done; at once, if there is nothing to wait for
     */
    CompletionStage<ReloadResult> run(Supplier<CompletionStage<Void>> betweenTimes, BooleanSupplier running) {
        Map<String, RouterRuntime> staying = new LinkedHashMap<>();
        Set<RouterId> ended = ending.stream().map(RouterConfig::id).collect(Collectors.toSet());
        for (RouterConfig router : next.routers()) {
            if (!ended.contains(router.id()) && routers.has(router.id())) {
                staying.put(router.name(), routers.get(router.id()));
            }
        }
        groups.configure(next.groups(), staying);
        return end().thenCompose(nothing -> betweenTimes.get())
                .thenCompose(nothing -> change(running))
                .thenApply(nothing -> {
                    if (!running.getAsBoolean()) {
                        throw new IllegalStateException("the node was closed during the reload");
                    }
                    begin();
                    return result();
                });
    }

    private CompletionStage<Void> end() {
        List<RouterRuntime> leaving =
                ending.stream().map(router -> routers.get(router.id())).toList();
        if (leaving.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        leaving.forEach(tracking::remove);
        CompletableFuture<Void> atRest =
                CompletableFuture.allOf(leaving.stream().map(routers::remove).toArray(CompletableFuture<?>[]::new));
        CompletableFuture<Void> done = new CompletableFuture<>();
        EventLoop.Scheduled limit = loop.schedule(loop.nanoTime() + WAIT_NANOS, () -> done.complete(null));
        // in a turn of its own, since a backend may be in the middle of its answer
        atRest.thenRun(() -> loop.execute(() -> done.complete(null)));
        return done.thenRun(() -> {
            limit.cancel();
            leaving.forEach(routers::end);
        });
    }

    private CompletionStage<Void> change(BooleanSupplier running) {
        if (!running.getAsBoolean()) {
            return CompletableFuture.completedFuture(null);
        }
        statics.change(next.staticResources());
        List<Change> first = difference.changed().stream()
                .filter(change -> !change.receives())
                .toList();
        List<Change> second =
                difference.changed().stream().filter(Change::receives).toList();
        first.forEach(this::change);
        if (second.isEmpty()) {
            follow();
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> given = new CompletableFuture<>();
        List<RouterRuntime> givers =
                first.stream().map(change -> routers.get(change.after().id())).toList();
        awaitChanged(givers, loop.nanoTime() + WAIT_NANOS, given);
        return given.thenRun(() -> {
            if (running.getAsBoolean()) {
                second.forEach(this::change);
                follow();
            }
        });
    }

    private void change(Change change) {
        routers.get(change.after().id()).configure(change.after());
    }

    private void awaitChanged(List<RouterRuntime> givers, long limitNanos, CompletableFuture<Void> done) {
        boolean changing = givers.stream().anyMatch(router -> router.machine().isChanging());
        if (changing && loop.nanoTime() - limitNanos < 0) {
            loop.schedule(loop.nanoTime() + LOOK_AGAIN_NANOS, () -> awaitChanged(givers, limitNanos, done));
        } else {
            done.complete(null);
        }
    }

    /** Whoever follows something else from now on, be it that its group does. */
    private void follow() {
        for (RouterRuntime router : routers.all()) {
            if (tracking.use(router, followed(router.config()))) {
                tracking.update(router);
            }
        }
    }

    private void begin() {
        tracking.hold(next.bfdSessions());
        routers.sendAhead(next);
        routers.logUnknown(next.logsUnknownRouters());
        routers.delayLinks(next.linkDelays());
        routers.limitAnnouncements(next.announcementLimits());
        List<RouterRuntime> added = beginning.stream().map(routers::add).toList();
        routers.order(next.routers());
        for (RouterRuntime router : added) {
            tracking.add(router, followed(router.config()));
            groups.join(router.name(), router);
        }
        added.forEach(tracking::start);
        tracking.forgetUnused();
        routers.closeUnused();
    }

    private ReloadResult result() {
        return new ReloadResult(
                names(difference.added()),
                names(difference.removed()),
                settings(difference.restarted()),
                settings(difference.changed()),
                names(difference.unchanged()),
                difference.others());
    }

    private static List<String> names(List<RouterConfig> configs) {
        return configs.stream().map(RouterConfig::name).toList();
    }

    private static Map<String, List<String>> settings(List<Change> changes) {
        Map<String, List<String>> settings = new HashMap<>();
        changes.forEach(change -> settings.put(change.after().name(), change.settings()));
        return settings;
    }
}
