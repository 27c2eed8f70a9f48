package org.vrrp4j.sim;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.vrrp4j.config.FileTracker;
import org.vrrp4j.config.HealthTracker;
import org.vrrp4j.config.NotifySettings;
import org.vrrp4j.config.SyncGroupConfig;
import org.vrrp4j.config.TrackWeight;
import org.vrrp4j.config.Tracked;
import org.vrrp4j.config.Tracker;
import org.vrrp4j.sim.RandomNetwork.Virtual;

/**
 * What the virtual routers of a {@link RandomStory} depend on besides their peers: a sync group in some stories, and
 * trackers. With a stream of chance of its own, so that the rest of a story is the same with and without it.
 *
 * <p>A group is the same on every host, and each host has one priority for all its members. Where two hosts were each
 * the better one on one link only, none of them could be master of both, whatever the protocol.
 */
final class RandomTies {
    private static final Tracker SWITCH = new FileTracker("switch", "/run/switch", OptionalInt.empty(), false);
    private static final List<TrackWeight> WEIGHTS =
            List.of(TrackWeight.FAULT, new TrackWeight(-20, false), new TrackWeight(30, false));

    private final SplittableRandom random;
    private final Tracker web;
    private final Map<Virtual, List<Tracked>> trackers = new HashMap<>();
    private final List<Virtual> members;
    private final List<Tracked> groupTrackers;
    private final boolean weighted;

    /**
     * Decides who is in a group, and who follows what.
     *
     * @param interval what the times of the story are multiples of
     * @param candidates virtual routers that every host runs
     * @param others virtual routers that some hosts do not run
     */
    RandomTies(SplittableRandom random, Duration interval, List<Virtual> candidates, List<Virtual> others) {
        this.random = random;
        this.web = new HealthTracker(
                "web", interval, interval, 1 + random.nextInt(2), 1 + random.nextInt(2), random.nextInt(4) == 0);
        this.members = candidates.size() > 1 && random.nextInt(3) == 0 ? List.copyOf(candidates) : List.of();
        this.groupTrackers = someTrackers();
        this.weighted = random.nextBoolean();
        candidates.forEach(virtual -> trackers.put(virtual, isGrouped(virtual) ? List.of() : someTrackers()));
        others.forEach(virtual -> trackers.put(virtual, someTrackers()));
    }

    private List<Tracked> someTrackers() {
        return switch (random.nextInt(6)) {
            case 0 -> List.of(tracked(SWITCH));
            case 1 -> List.of(tracked(web));
            case 2 -> List.of(tracked(SWITCH), tracked(web));
            default -> List.of();
        };
    }

    private Tracked tracked(Tracker tracker) {
        return new Tracked(tracker, WEIGHTS.get(random.nextInt(WEIGHTS.size())));
    }

    /** Whether a virtual router is in the group. */
    boolean isGrouped(Virtual virtual) {
        return members.contains(virtual);
    }

    boolean hasGroup() {
        return !members.isEmpty();
    }

    /** The groups of a node: one or none. */
    List<SyncGroupConfig> groups() {
        if (members.isEmpty()) {
            return List.of();
        }
        List<String> names = members.stream().map(Virtual::name).collect(Collectors.toList());
        return List.of(new SyncGroupConfig("all", names, groupTrackers, weighted, NotifySettings.NONE));
    }

    /** What a virtual router follows by itself. */
    List<Tracked> trackers(Virtual virtual) {
        return trackers.get(virtual);
    }

    /** A priority for all members on a host; one host owns addresses, or none does. */
    int priority(boolean mayOwn) {
        return mayOwn && random.nextInt(12) == 0 ? 255 : 50 + 10 * random.nextInt(20);
    }

    /** An even chance. */
    boolean perhaps() {
        return random.nextBoolean();
    }

    /** Every now and then, something that is tracked on a host changes. */
    void interfere(SimulatedHost host) {
        switch (random.nextInt(12)) {
            case 0 -> host.trackers().number("switch", random.nextInt(3) - 1);
            case 1 -> host.trackers().probe("web", ProbeConduct.values()[random.nextInt(ProbeConduct.values().length)]);
            default -> {
                // nothing else happens
            }
        }
    }

    /** All is well on a host. */
    void repair(SimulatedHost host) {
        host.trackers().number("switch", 0);
        host.trackers().probe("web", ProbeConduct.PASSES);
    }
}
