package org.vrrp4j.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vrrp4j.config.AnnouncementLimits;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.EventLoop;

/**
 * Keeps the announcements of a node as far apart as its configuration wants. What has to wait does so once, in the
 * order of asking, and lets pass what need not. On the loop's thread.
 */
final class AnnouncementPace {
    private final EventLoop loop;
    private final Map<Object, Lane> lanes = new HashMap<>();
    private AnnouncementLimits limits = AnnouncementLimits.NONE;

    /** Who can announce later. */
    interface Waiting {
        /** What its addresses belong to, as long as one of them waits. */
        AddressClaim claim();

        /** Announces an address whose turn has come. */
        void announceNow(VirtualAddress address);
    }

    private record Entry(Waiting who, VirtualAddress address) {
        void announce() {
            who.announceNow(address);
        }
    }

    /** What is told apart: a group or an interface, and a family. */
    private record LaneKey(Object place, IpFamily family) {}

    /** Announcements that are counted together. */
    private final class Lane {
        private final long gapNanos;
        private final Set<Entry> waiting = new LinkedHashSet<>();
        private boolean used;
        private long freeNanos;
        private EventLoop.Scheduled timer;

        Lane(long gapNanos) {
            this.gapNanos = gapNanos;
        }

        boolean isFree(long now) {
            return waiting.isEmpty() && (!used || freeNanos - now <= 0);
        }

        void onSent(long now) {
            used = true;
            freeNanos = now + gapNanos;
        }

        boolean add(Entry entry) {
            boolean added = waiting.add(entry);
            arm();
            return added;
        }

        private void arm() {
            if (timer == null && !waiting.isEmpty()) {
                timer = loop.schedule(freeNanos, this::onTimer);
            }
        }

        private void onTimer() {
            timer = null;
            Entry next = waiting.stream().findFirst().orElse(null);
            if (next != null) {
                waiting.remove(next);
                onSent(loop.nanoTime());
                next.announce();
            }
            arm();
        }

        void stop() {
            if (timer != null) {
                timer.cancel();
                timer = null;
            }
        }
    }

    AnnouncementPace(EventLoop loop) {
        this.loop = loop;
    }

    /** From now on they are so far apart; what waits goes on waiting by the new measure. */
    void use(AnnouncementLimits next) {
        if (next.equals(limits)) {
            return;
        }
        limits = next;
        List<Entry> waiting = new ArrayList<>();
        for (Lane lane : lanes.values()) {
            lane.stop();
            waiting.addAll(lane.waiting);
        }
        lanes.clear();
        for (Entry entry : waiting) {
            AddressClaim claim = entry.who.claim();
            if (isFree(claim, entry.address)) {
                onSent(claim, entry.address);
                entry.announce();
            } else {
                lane(claim, entry.address).add(entry);
            }
        }
    }

    /** Whether an address may be announced now. */
    boolean isFree(AddressClaim claim, VirtualAddress address) {
        Lane lane = lane(claim, address);
        return lane == null || lane.isFree(loop.nanoTime());
    }

    /** It is announced now, as it may be. */
    void onSent(AddressClaim claim, VirtualAddress address) {
        Lane lane = lane(claim, address);
        if (lane != null) {
            lane.onSent(loop.nanoTime());
        }
    }

    /** It may not be announced now: it waits from now on; false if it did so already. */
    boolean await(Waiting who, VirtualAddress address) {
        return lane(who.claim(), address).add(new Entry(who, address));
    }

    /** Nothing of this one is to be announced any more. */
    void cancel(Waiting who) {
        lanes.values().forEach(lane -> lane.waiting.removeIf(entry -> entry.who == who));
    }

    /** Null if the address is announced whenever it is due. */
    private Lane lane(AddressClaim claim, VirtualAddress address) {
        if (limits.equals(AnnouncementLimits.NONE)) {
            return null;
        }
        String name = address.device().orElse(claim.router().interfaceName());
        AnnouncementLimits.Group group = limits.groupOf(name).orElse(null);
        IpFamily family = IpFamily.of(address.address());
        Duration gap = (group == null ? limits.each() : group.gaps()).of(family);
        if (gap.isZero()) {
            return null;
        }
        Object place = group == null ? name : group;
        return lanes.computeIfAbsent(new LaneKey(place, family), key -> new Lane(gap.toNanos()));
    }
}
