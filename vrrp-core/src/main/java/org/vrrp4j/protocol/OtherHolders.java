package org.vrrp4j.protocol;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.ConflictOutcome;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.model.VrrpEvent;

/** The other hosts that claim an address of this master, each from its first claim to the end of the conflict. */
final class OtherHolders {
    /** Senders can be forged: further ones are not told as long as there are so many. */
    private static final int MAX = 64;
    /** Neighbours ask again within a minute at the latest, and a host that answers them is heard again at times. */
    private static final long SILENCE_NANOS = Duration.ofMinutes(1).toNanos();

    private static final long TELL_AGAIN_NANOS = Duration.ofMinutes(10).toNanos();

    /** DEFEND_INTERVAL of RFC 5227, 1.1. */
    private static final long DEFEND_NANOS = Duration.ofSeconds(10).toNanos();

    private static final Effect ANNOUNCE = new Effect.Announce();

    private record Claim(InetAddress address, MacAddress holder) {}

    private static final class Conflict {
        private final long sinceNanos;
        private long heardNanos;
        private long toldNanos;

        Conflict(long nowNanos) {
            this.sinceNanos = nowNanos;
        }
    }

    private final Timers timers;
    private final List<Effect> effects;
    private final Map<Claim, Conflict> conflicts = new LinkedHashMap<>();
    private RouterConfig config;
    private boolean defended;
    private long defendedNanos;

    OtherHolders(RouterConfig config, Timers timers, List<Effect> effects) {
        this.config = config;
        this.timers = timers;
        this.effects = effects;
    }

    void configure(long now, RouterConfig next) {
        config = next;
        end(now, claim -> !isOurs(claim.address()), ConflictOutcome.NOT_OURS);
    }

    /** Whether this router may hold an address. */
    boolean isOurs(InetAddress address) {
        return config.resources().addresses().stream()
                .anyMatch(own -> own.address().equals(address));
    }

    void onHeard(long now, InetAddress address, MacAddress holder) {
        defend(now);
        Claim claim = new Claim(address, holder);
        Conflict conflict = conflicts.get(claim);
        if (conflict == null) {
            if (conflicts.size() == MAX) {
                return;
            }
            conflict = new Conflict(now);
            conflicts.put(claim, conflict);
            tell(now, claim, conflict);
        } else if (now - conflict.toldNanos >= TELL_AGAIN_NANOS) {
            tell(now, claim, conflict);
        }
        conflict.heardNanos = now;
        arm();
    }

    /**
     * RFC 5227, 2.4: one announcement in DEFEND_INTERVAL. A claim in between is answered at its end, as neighbours
     * would go on believing it.
     */
    private void defend(long now) {
        if (!defended || now - defendedNanos >= DEFEND_NANOS) {
            defended = true;
            defendedNanos = now;
            effects.add(ANNOUNCE);
        } else {
            timers.arm(Timer.DEFEND, defendedNanos + DEFEND_NANOS);
        }
    }

    void onDefendTimer(long now, boolean undisputed) {
        timers.cancel(Timer.DEFEND);
        if (undisputed) {
            defend(now);
        }
    }

    private void tell(long now, Claim claim, Conflict conflict) {
        conflict.toldNanos = now;
        Duration since = Duration.ofNanos(now - conflict.sinceNanos);
        effects.add(
                new Effect.Report(new VrrpEvent.AddressConflict(config.id(), claim.address(), claim.holder(), since)));
    }

    void onTimer(long now) {
        Iterator<Map.Entry<Claim, Conflict>> each = conflicts.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<Claim, Conflict> entry = each.next();
            long heard = entry.getValue().heardNanos;
            if (now - heard >= SILENCE_NANOS) {
                each.remove();
                tellEnd(entry.getKey(), heard - entry.getValue().sinceNanos, ConflictOutcome.RIVAL_SILENT);
            }
        }
        arm();
    }

    /** This router is no master any more. */
    void endAll(long now, ConflictOutcome outcome) {
        defended = false;
        timers.cancel(Timer.DEFEND);
        end(now, claim -> true, outcome);
    }

    private void end(long now, Predicate<Claim> which, ConflictOutcome outcome) {
        conflicts.forEach((claim, conflict) -> {
            if (which.test(claim)) {
                tellEnd(claim, now - conflict.sinceNanos, outcome);
            }
        });
        conflicts.keySet().removeIf(which);
        arm();
    }

    private void tellEnd(Claim claim, long nanos, ConflictOutcome outcome) {
        effects.add(new Effect.Report(new VrrpEvent.AddressConflictEnded(
                config.id(), claim.address(), claim.holder(), Duration.ofNanos(nanos), outcome)));
    }

    private void arm() {
        timers.cancel(Timer.HOLDER);
        for (Conflict conflict : conflicts.values()) {
            long deadline = conflict.heardNanos + SILENCE_NANOS;
            if (!timers.isArmed(Timer.HOLDER) || deadline - timers.deadline(Timer.HOLDER) < 0) {
                timers.arm(Timer.HOLDER, deadline);
            }
        }
    }
}
