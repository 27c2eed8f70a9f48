package org.vrrp4j.runtime;

import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.vrrp4j.config.FileTracker;
import org.vrrp4j.config.Tracked;
import org.vrrp4j.config.Tracker;
import org.vrrp4j.model.BfdSessions;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.TrackerState;
import org.vrrp4j.model.TrackerStatus;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.protocol.Input;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.LinkMonitor;
import org.vrrp4j.spi.Platform;
import org.vrrp4j.tracking.Reading;
import org.vrrp4j.tracking.Standing;

/**
 * What the routers of a node track, each thing once for all that follow it, and what it makes of them. On the loop's
 * thread, but for {@link #status()} and {@link #bfdStatus()}.
 */
final class Tracking {
    private final EventLoop loop;
    private final Platform platform;
    private final LinkMonitor links;
    private final BfdRuntime bfd;
    private final Map<Tracker, TrackerRuntime> trackers = new ConcurrentHashMap<>();
    private final Map<RouterRuntime, Follower> followers = new LinkedHashMap<>();
    private Set<Tracker> held = Set.of();
    private boolean stopped;

    /** One router and what it follows. */
    private final class Follower {
        private final RouterRuntime router;
        private List<Tracked> followed;
        private Standing standing = Standing.UNTRACKED;
        private boolean started;
        private boolean waiting = true;

        Follower(RouterRuntime router, List<Tracked> followed) {
            this.router = router;
            this.followed = followed;
        }

        boolean follows(Tracker tracker) {
            return followed.stream().anyMatch(tracked -> tracked.tracker().equals(tracker));
        }

        /** The first time that all is known the router is started. */
        void update() {
            Standing before = standing;
            standing = Standing.of(followed, tracker -> trackers.get(tracker).reading());
            if (standing.adjustment() != before.adjustment()) {
                router.feed(new Input.PriorityAdjusted(standing.adjustment()));
            }
            if (!standing.fault().equals(before.fault())) {
                router.feed(
                        standing.fault().isEmpty()
                                ? new Input.FaultCleared(Fault.TRACKER)
                                : new Input.FaultRaised(Fault.TRACKER, standing.fault()));
            }
            if (waiting && standing.isKnown() && started && !stopped) {
                waiting = false;
                router.start();
            }
        }
    }

    Tracking(EventLoop loop, Platform platform, LinkMonitor links) {
        this.loop = loop;
        this.platform = platform;
        this.links = links;
        this.bfd = new BfdRuntime(loop, platform);
    }

    /**
     * Begins to follow what is not followed yet, for routers that are still to be added or configured. What was
     * followed under the same name is taken as known until it has its first result, so that nobody's priority moves
     * because an interval does.
     *
     * @throws IOException if something cannot be followed on this host; nothing has changed then
     */
    void prepare(Collection<Tracker> followed) throws IOException {
        try {
            for (Tracker tracker : followed) {
                follow(tracker);
            }
        } catch (IOException e) {
            forgetUnused();
            throw e;
        }
    }

    /** Follows these whether a router does or not, until told otherwise; they have been prepared. */
    void hold(Collection<? extends Tracker> trackers) {
        held = Set.copyOf(trackers);
    }

    /** A router that has not been started, and what it follows, which has been prepared. */
    void add(RouterRuntime router, List<Tracked> followed) {
        followers.put(router, new Follower(router, followed));
    }

    /** The router follows something else from now on, which has been prepared; answers whether that is so. */
    boolean use(RouterRuntime router, List<Tracked> followed) {
        Follower follower = followers.get(router);
        boolean changed = !follower.followed.equals(followed);
        follower.followed = followed;
        return changed;
    }

    /** The router is started as soon as all is known that it follows: at once if that is nothing. */
    void start(RouterRuntime router) {
        Follower follower = followers.get(router);
        follower.started = true;
        follower.update();
        if (follower.waiting) {
            EventLog.waitsForTrackers(router.config());
        }
    }

    /** After a change, once the router goes by the rest of the configuration. */
    void update(RouterRuntime router) {
        followers.get(router).update();
    }

    /** The router ends. */
    void remove(RouterRuntime router) {
        followers.remove(router);
    }

    /** Ends what nobody follows any more. */
    void forgetUnused() {
        Set<Tracker> used = new HashSet<>(held);
        followers.values().forEach(follower -> follower.followed.forEach(tracked -> used.add(tracked.tracker())));
        trackers.entrySet().removeIf(entry -> {
            boolean unused = !used.contains(entry.getKey());
            if (unused) {
                entry.getValue().stop();
            }
            return unused;
        });
    }

    /** Follows nothing any more; routers keep what they were told. */
    void stop() {
        stopped = true;
        trackers.values().forEach(TrackerRuntime::stop);
    }

    /** On any thread. */
    List<TrackerStatus> status() {
        return trackers.values().stream()
                .map(TrackerRuntime::status)
                .sorted(Comparator.comparing(TrackerStatus::tracker))
                .collect(Collectors.toUnmodifiableList());
    }

    /** On any thread. */
    BfdSessions bfdStatus() {
        return bfd.status();
    }

    private void follow(Tracker tracker) throws IOException {
        if (!trackers.containsKey(tracker)) {
            Reading known = trackers.entrySet().stream()
                    .filter(entry -> entry.getKey().getClass() == tracker.getClass())
                    .filter(entry -> entry.getKey().name().equals(tracker.name()))
                    .map(entry -> entry.getValue().reading())
                    .findFirst()
                    .orElse(Reading.UNKNOWN);
            TrackerRuntime runtime =
                    new TrackerRuntime(tracker, loop, known, (before, now) -> onReading(tracker, before, now));
            runtime.start(platform, links, bfd);
            trackers.put(tracker, runtime);
        }
    }

    private void onReading(Tracker tracker, Reading before, Reading reading) {
        boolean expected = !before.isKnown() && reading.state() == TrackerState.UP;
        boolean tells = !expected && (before.state() != reading.state() || tracker instanceof FileTracker);
        for (Follower follower : List.copyOf(followers.values())) {
            if (follower.follows(tracker)) {
                if (tells) {
                    follower.router.report(new VrrpEvent.TrackerChanged(
                            follower.router.config().id(), Standing.status(tracker, reading)));
                }
                follower.update();
            }
        }
    }
}
