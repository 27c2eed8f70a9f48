package org.vrrp4j.protocol;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.vrrp4j.config.RouterConfig;

/**
 * How far the announcements of an occasion have come: becoming master, or a conflict. The refresh goes on after both;
 * that of interfaces counts from becoming master.
 */
final class Announcements {
    private static final Effect ANNOUNCE = new Effect.Announce();
    private static final Effect ANNOUNCE_INTERFACES = new Effect.AnnounceInterfaces();

    private final Timers timers;
    private final List<Effect> effects;
    private RouterConfig config;
    private long refreshNanos;
    private long interfaceRefreshNanos;
    private List<Duration> offsets = List.of();
    private int done;
    private long occasionNanos;
    private long lastNanos;
    private long lastInterfacesNanos;

    Announcements(Timers timers, List<Effect> effects) {
        this.timers = timers;
        this.effects = effects;
    }

    /** From now on the refreshes are those of this configuration, and the schedules from the next occasion on. */
    void use(RouterConfig next) {
        config = next;
        refreshNanos = next.announcements().refresh().toNanos();
        interfaceRefreshNanos = next.interfaceRefresh().interval().toNanos();
    }

    /** An occasion: announces what is due at once. */
    void start(long now, boolean conflict) {
        offsets = (conflict ? config.conflictAnnouncements() : config.announcements()).offsets();
        done = 0;
        occasionNanos = now;
        lastNanos = now;
        if (!conflict) {
            lastInterfacesNanos = now;
        }
        onTimer(now);
    }

    /** Announces what is due. */
    void onTimer(long now) {
        while (takeDue(now)) {
            effects.add(ANNOUNCE);
        }
        if (interfaceRefreshNanos != 0 && lastInterfacesNanos + interfaceRefreshNanos - now <= 0) {
            lastInterfacesNanos = now;
            effects.add(ANNOUNCE_INTERFACES);
        }
        arm();
    }

    private boolean takeDue(long now) {
        OptionalLong next = next();
        if (next.isEmpty() || next.getAsLong() - now > 0) {
            return false;
        }
        done = Math.min(done + 1, offsets.size());
        lastNanos = now;
        return true;
    }

    private OptionalLong next() {
        if (done < offsets.size()) {
            return OptionalLong.of(occasionNanos + offsets.get(done).toNanos());
        }
        return refreshNanos == 0 ? OptionalLong.empty() : OptionalLong.of(lastNanos + refreshNanos);
    }

    /** Sets the timer for what is due next, if anything is. */
    void arm() {
        OptionalLong next = next();
        long interfaces = lastInterfacesNanos + interfaceRefreshNanos;
        if (interfaceRefreshNanos != 0 && (next.isEmpty() || interfaces - next.getAsLong() < 0)) {
            next = OptionalLong.of(interfaces);
        }
        if (next.isPresent()) {
            timers.arm(Timer.ANNOUNCE, next.getAsLong());
        } else {
            pause();
        }
    }

    /** Nothing is announced until the next occasion. */
    void pause() {
        timers.cancel(Timer.ANNOUNCE);
    }
}
