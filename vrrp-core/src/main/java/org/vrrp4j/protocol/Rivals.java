package org.vrrp4j.protocol;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.ConflictOutcome;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.packet.ReceivedAdvertisement;

/** The other masters that this master hears, each from its first advertisement to the end of the conflict. */
final class Rivals {
    private static final int MAX = 64;
    private static final long TELL_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long MIN_SILENCE_NANOS = Duration.ofSeconds(1).toNanos();

    private static final class Rival {
        private final boolean told;
        private final long sinceNanos;
        private long heardNanos;
        private long silenceNanos;
        private boolean over;

        Rival(long nowNanos, boolean told) {
            this.sinceNanos = nowNanos;
            this.told = told;
        }
    }

    private final Timers timers;
    private final List<Effect> effects;
    private final Map<InetAddress, Rival> rivals = new LinkedHashMap<>();
    private RouterConfig config;

    Rivals(RouterConfig config, Timers timers, List<Effect> effects) {
        this.config = config;
        this.timers = timers;
        this.effects = effects;
    }

    void configure(RouterConfig next) {
        config = next;
    }

    /** A conflict that comes back within a minute is told neither when it begins nor when it ends. */
    void onHeard(long now, ReceivedAdvertisement received) {
        InetAddress source = received.source();
        Rival rival = rivals.remove(source);
        if (rival == null || rival.over || now - rival.heardNanos >= TELL_AGAIN_NANOS) {
            boolean tell = rival == null || now - rival.heardNanos >= TELL_AGAIN_NANOS;
            rival = new Rival(now, tell);
            if (tell) {
                effects.add(new Effect.Report(new VrrpEvent.MasterConflict(
                        config.id(), source, received.advertisement().priority())));
            }
        }
        rival.heardNanos = now;
        long interval = received.advertisement().interval().toNanos();
        rival.silenceNanos = Math.max(MIN_SILENCE_NANOS, (config.downTimerAdverts() + 1) * interval);
        rivals.put(source, rival);
        // senders can be forged
        if (rivals.size() > MAX) {
            rivals.remove(rivals.keySet().iterator().next());
        }
        arm();
    }

    void onReleased(long now, InetAddress source) {
        Rival rival = rivals.get(source);
        if (rival != null && !rival.over) {
            end(source, rival, now, ConflictOutcome.RIVAL_GAVE_UP);
            arm();
        }
    }

    void onTimer(long now) {
        rivals.forEach((source, rival) -> {
            if (!rival.over && now - rival.heardNanos >= rival.silenceNanos) {
                end(source, rival, rival.heardNanos, ConflictOutcome.RIVAL_SILENT);
            }
        });
        arm();
    }

    /** This router is no master any more. */
    void endAll(long now, ConflictOutcome outcome) {
        rivals.forEach((source, rival) -> {
            if (!rival.over) {
                end(source, rival, now, outcome);
            }
        });
        arm();
    }

    private void end(InetAddress source, Rival rival, long endNanos, ConflictOutcome outcome) {
        rival.over = true;
        if (rival.told) {
            effects.add(new Effect.Report(new VrrpEvent.ConflictEnded(
                    config.id(), source, Duration.ofNanos(endNanos - rival.sinceNanos), outcome)));
        }
    }

    private void arm() {
        timers.cancel(Timer.RIVAL);
        for (Rival rival : rivals.values()) {
            long deadline = rival.heardNanos + rival.silenceNanos;
            boolean sooner = !timers.isArmed(Timer.RIVAL) || deadline - timers.deadline(Timer.RIVAL) < 0;
            if (!rival.over && sooner) {
                timers.arm(Timer.RIVAL, deadline);
            }
        }
    }
}
