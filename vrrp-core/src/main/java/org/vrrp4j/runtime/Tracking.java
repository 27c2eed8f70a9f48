package org.vrrp4j.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.vrrp4j.config.FileTracker;
import org.vrrp4j.config.Tracked;
import org.vrrp4j.config.Tracker;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.TrackerState;
import org.vrrp4j.model.TrackerStatus;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.protocol.Input;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.Platform;
import org.vrrp4j.tracking.Reading;
import org.vrrp4j.tracking.Standing;

/**
 * What the routers of a node track, each thing once for all that follow it, and what it makes of them. On the loop's
 * thread, but for {@link #status()}.
 */
final class Tracking {
    private final EventLoop loop;
    private final Platform platform;
    private final Map<Tracker, TrackerRuntime> trackers = new ConcurrentHashMap<>();
    private final List<Follower> followers = new ArrayList<>();
    private boolean started;
    private boolean stopped;

    /** One router and what it follows. */
    private final class Follower {
        private final RouterRuntime router;
        private List<Tracked> followed;
        private Standing standing = Standing.UNTRACKED;
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

    Tracking(EventLoop loop, Platform platform) {
        this.loop = loop;
        this.platform = platform;
    }

    /**
     * Follows what a router does.
     *
     * @throws IOException if something cannot be followed on this host
     */
    void add(RouterRuntime router, List<Tracked> followed) throws IOException {
        follow(followed);
        followers.add(new Follower(router, followed));
    }

    /** Starts each router as soon as all is known that it follows: at once if that is nothing. */
    void startRouters() {
        started = true;
        for (Follower follower : followers) {
            follower.update();
            if (follower.waiting) {
                EventLog.waitsForTrackers(follower.router.config());
            }
        }
    }

    /**
     * The router follows something else from now on.
     *
     * @throws IllegalArgumentException if something cannot be followed on this host; nothing has changed then
     */
    void configure(RouterRuntime router, List<Tracked> followed) {
        try {
            follow(followed);
        } catch (IOException e) {
            forgetUnused();
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        for (Follower follower : followers) {
            if (follower.router == router) {
                follower.followed = followed;
            }
        }
        forgetUnused();
    }

    /** After a {@link #configure}, once the router goes by the rest of the configuration. */
    void update(RouterRuntime router) {
        followers.stream().filter(follower -> follower.router == router).forEach(Follower::update);
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

    private void follow(List<Tracked> followed) throws IOException {
        for (Tracked tracked : followed) {
            Tracker tracker = tracked.tracker();
            if (trackers.containsKey(tracker)) {
                continue;
            }
            TrackerRuntime runtime =
                    new TrackerRuntime(tracker, loop, (before, reading) -> onReading(tracker, before, reading));
            runtime.start(platform);
            trackers.put(tracker, runtime);
        }
    }

    private void forgetUnused() {
        trackers.entrySet().removeIf(entry -> {
            boolean unused = followers.stream().noneMatch(follower -> follower.follows(entry.getKey()));
            if (unused) {
                entry.getValue().stop();
            }
            return unused;
        });
    }

    private void onReading(Tracker tracker, Reading before, Reading reading) {
        boolean expected = !before.isKnown() && reading.state() == TrackerState.UP;
        boolean tells = !expected && (before.state() != reading.state() || tracker instanceof FileTracker);
        for (Follower follower : followers) {
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
