package org.vrrp4j.protocol;

import java.net.InetAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.ConflictOutcome;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.Role;

/** The parts of a router, and how it comes into a role and leaves it; {@link Transitions} says at which input. */
abstract class RoleChanges {
    final RoleHistory history;
    final Peers peers;
    final Mastership mastership;
    final Map<Fault, String> faults = new EnumMap<>(Fault.class);
    final CurrentConfig current;
    /** Whether it may become master only if its group says so. */
    boolean heldBack;

    RouterConfig config;
    final Timers timers;
    final List<Effect> effects;
    final Backup backup;
    final Rivals rivals;
    final OtherHolders otherHolders;
    AdvertisementCheck check;
    long now;
    InetAddress source;

    RoleChanges(RouterConfig config, Timers timers, List<Effect> effects) {
        this.current = new CurrentConfig(config);
        this.config = config;
        this.timers = timers;
        this.effects = effects;
        this.check = new AdvertisementCheck(config);
        this.peers = new Peers(config, effects);
        this.backup = new Backup(config, timers, peers);
        this.rivals = new Rivals(config, timers, effects);
        this.otherHolders = new OtherHolders(config, timers, effects);
        this.history = new RoleHistory(effects);
        this.mastership = new Mastership(config, timers, effects);
    }

    /** It is so late now. */
    final void advance(long nowNanos) {
        now = nowNanos;
    }

    final void configure() {
        config = current.get();
        check = new AdvertisementCheck(config);
        peers.configure(config);
        rivals.configure(config);
        otherHolders.configure(now, config);
        backup.configure(config);
        mastership.configure(now, config, history.is(Role.MASTER));
    }

    final void join() {
        timers.cancel(Timer.START);
        if (faults.isEmpty()) {
            enterElection(Cause.STARTUP);
        } else {
            becomeFault(faults.keySet().iterator().next());
        }
    }

    final void enterElection(Cause why) {
        if (source == null) {
            throw new IllegalStateException("the source address must be known before the election: " + config.id());
        }
        if (config.isOwner() && !heldBack) {
            backup.skip(now);
            becomeMaster(Cause.OWNER);
            return;
        }
        change(Role.BACKUP, why, "");
        backup.begin(now);
        if (config.isOwner()) {
            backup.end();
        }
        tell();
    }

    /** A backup whose Master_Down_Timer has fired, or an owner that has none. */
    final boolean wantsMaster() {
        return heldBack && history.is(Role.BACKUP) && !timers.isArmed(Timer.MASTER_DOWN);
    }

    final void becomeMaster(Cause why) {
        change(Role.MASTER, why, "");
        backup.end();
        mastership.begin(now);
    }

    final void becomeFault(Fault fault) {
        leave(Role.FAULT, fault.cause(), faults.get(fault), fault.canAdvertise());
        if (faults.containsKey(Fault.ADDRESS_FAILED)) {
            timers.arm(Timer.RETRY, now + Mastership.RETRY_NANOS);
        }
    }

    /** Leaves any role for one that is not MASTER. The listener is told once no address is left. */
    final void leave(Role to, Cause why, String more, boolean release) {
        boolean wasMaster = history.is(Role.MASTER);
        backup.end();
        timers.cancel(Timer.RETRY);
        change(to, why, more);
        if (wasMaster) {
            boolean yields = why == Cause.HIGHER_PRIORITY || why == Cause.HIGHER_ADDRESS;
            ConflictOutcome outcome = yields ? ConflictOutcome.YIELDED : ConflictOutcome.LEFT;
            rivals.endAll(now, outcome);
            otherHolders.endAll(now, outcome);
            mastership.end(now, release);
        }
        if (!mastership.isLeaving()) {
            tell();
        }
    }

    /** An earlier departure that still waits for its release is told first, so that what is told stays a chain. */
    final void change(Role to, Cause why, String more) {
        onReleaseWaitedFor();
        peers.forgetMaster();
        history.become(to, why, more);
    }

    final void onReleaseWaitedFor() {
        if (mastership.isLeaving()) {
            mastership.finishLeaving();
            tell();
        }
    }

    final void tell() {
        history.tell(peers.master());
    }

    final void keep(Checkpoint checkpoint) {
        if (current.keep(checkpoint)) {
            configure();
        }
        heldBack = checkpoint.flag("heldBack", heldBack);
        source = checkpoint.address("source", source);
        for (Fault fault : Fault.values()) {
            if (checkpoint.flag("fault." + fault, faults.containsKey(fault))) {
                faults.put(fault, checkpoint.text("detail." + fault, faults.getOrDefault(fault, "")));
            }
        }
        timers.keep(checkpoint);
        history.keep(checkpoint);
        peers.keep(checkpoint);
        backup.keep(checkpoint);
        mastership.keep(checkpoint);
    }
}
