package org.vrrp4j.protocol;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.Role;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.PacketRejection;
import org.vrrp4j.packet.ReceivedAdvertisement;

/**
 * One virtual router: RFC 9568, 6.4 and RFC 3768, 6.4, with a FAULT role for what the standards leave out.
 *
 * <p>INIT to:
 *
 * <ul>
 *   <li>MASTER: {@link Input.Started}, or the end of the delay that follows it, with priority 255 (OWNER)
 *   <li>BACKUP: Started otherwise (STARTUP)
 *   <li>FAULT: Started while a fault holds (its cause)
 * </ul>
 *
 * <p>BACKUP to:
 *
 * <ul>
 *   <li>MASTER: the Master_Down_Timer fires (MASTER_DOWN; MASTER_RELEASED after an advertisement of priority 0;
 *     PREEMPTION if lower priorities were ignored meanwhile)
 *   <li>FAULT: {@link Input.FaultRaised}
 *   <li>INIT: {@link Input.Stopped} (SHUTDOWN)
 * </ul>
 *
 * <p>MASTER to:
 *
 * <ul>
 *   <li>BACKUP: an advertisement of higher priority (HIGHER_PRIORITY), or equal priority and greater source address
 *       (HIGHER_ADDRESS); the end of a stall as long as peers wait, if so configured (STALLED)
 *   <li>FAULT: FaultRaised; {@link Input.AcquireFailed}; {@link Input.SendFailed} twice without addresses
 *     (ADDRESS_FAILED)
 *   <li>INIT: Stopped (SHUTDOWN)
 * </ul>
 *
 * <p>FAULT to:
 *
 * <ul>
 *   <li>BACKUP, or MASTER with priority 255: the last fault has ended (RECOVERED; OWNER)
 *   <li>INIT: Stopped (SHUTDOWN)
 * </ul>
 *
 * <p>A rejected packet changes nothing. Not safe for several threads.
 */
public final class RouterMachine {
    private static final String UNHEARD = "advertisements cannot be sent, so peers take over";

    private final RouterConfig config;
    private final Timers timers = new Timers();
    private final Backup backup;
    private final AdvertisementCheck check;
    private final Peers peers;
    private final Mastership mastership;
    private final RoleHistory history;
    private final Map<Fault, String> faults = new EnumMap<>(Fault.class);
    private final List<Effect> effects = new ArrayList<>();
    private final List<Effect> effectsView = Collections.unmodifiableList(effects);
    private final Input.Handler handler = new Inputs();

    private long now;
    private InetAddress source;

    /** A router in INIT with no fault. */
    public RouterMachine(RouterConfig config) {
        this.config = config;
        this.check = new AdvertisementCheck(config);
        this.peers = new Peers(config, effects);
        this.backup = new Backup(config, timers, peers);
        this.history = new RoleHistory(effects);
        this.mastership = new Mastership(config, timers, effects);
    }

    /**
     * Takes one input.
     *
     * @param nowNanos the time, never less than before
     * @param input what happened
     * @return what is to be done, in this order; valid until the next call
     */
    public List<Effect> step(long nowNanos, Input input) {
        now = nowNanos;
        effects.clear();
        input.dispatch(handler);
        return effectsView;
    }

    /** When {@link Input.TimePassed} is next wanted. */
    public OptionalLong nextDeadlineNanos() {
        return timers.nearest();
    }

    /** The role now. A master whose addresses are not in place yet has not been told to the listener. */
    public Role role() {
        return history.role();
    }

    /** Why it has that role. */
    public Cause cause() {
        return history.cause();
    }

    /** Whether the addresses are in place. */
    public boolean addressesHeld() {
        return mastership.holdsAddresses();
    }

    /** Whether nothing is under way any more: no address held, being set or being removed. */
    public boolean isAtRest() {
        return mastership.isAtRest();
    }

    /** The master that is followed. */
    public Optional<InetAddress> master() {
        return peers.master();
    }

    /** Its priority; 0 if there is none. */
    public int masterPriority() {
        return peers.masterPriority();
    }

    /** What keeps the router in FAULT. */
    public Set<Fault> faults() {
        return Collections.unmodifiableSet(faults.keySet());
    }

    private final class Inputs implements Input.Handler {
        @Override
        public void onStarted() {
            long delay = config.startupDelay().toNanos();
            if (!history.is(Role.INIT)) {
                return;
            }
            if (delay == 0) {
                join();
            } else {
                timers.arm(Timer.START, now + delay);
            }
        }

        @Override
        public void onStopped() {
            timers.cancel(Timer.START);
            if (!history.is(Role.INIT)) {
                leave(Role.INIT, Cause.SHUTDOWN, "", true);
            }
        }

        @Override
        public void onTimePassed() {
            stepDownAfterStall();
            if (timers.isDue(Timer.START, now)) {
                timers.cancel(Timer.START);
                join();
            }
            if (timers.isDue(Timer.ADVERTISE, now)) {
                mastership.onAdvertiseTimer(now);
            }
            if (timers.isDue(Timer.MASTER_DOWN, now)) {
                becomeMaster(backup.cause());
            }
            if (timers.isDue(Timer.RENEW, now)) {
                mastership.onRenewTimer(now);
            }
            if (timers.isDue(Timer.ANNOUNCE, now)) {
                mastership.onAnnounceTimer(now);
            }
            if (timers.isDue(Timer.RELEASE, now)) {
                onReleaseWaitedFor();
            }
            if (timers.isDue(Timer.RETRY, now)) {
                timers.cancel(Timer.RETRY);
                onFaultCleared(Fault.ADDRESS_FAILED);
            }
        }

        @Override
        public void onAdvertisementHeard(ReceivedAdvertisement received) {
            if (!history.isElecting()) {
                return;
            }
            PacketRejection rejection = check.check(received, source);
            if (rejection != null) {
                effects.add(new Effect.RejectPacket(received.source(), rejection));
                return;
            }
            if (!check.hasOurAddresses(received.advertisement())) {
                peers.onOtherAddresses(received.source());
            }
            stepDownAfterStall();
            if (history.is(Role.BACKUP)) {
                backup.onHeard(now, received);
            } else {
                onHeardAsMaster(received);
            }
        }

        @Override
        public void onFaultRaised(Fault fault, String detail) {
            faults.put(fault, detail);
            if (history.isElecting()) {
                becomeFault(fault);
            } else if (history.is(Role.FAULT) && fault == Fault.ADDRESS_FAILED) {
                timers.arm(Timer.RETRY, now + Mastership.RETRY_NANOS);
            }
        }

        @Override
        public void onFaultCleared(Fault fault) {
            boolean removed = faults.remove(fault) != null;
            if (removed && faults.isEmpty() && history.is(Role.FAULT)) {
                enterElection(Cause.RECOVERED);
            }
        }

        @Override
        public void onSourceChanged(InetAddress newSource) {
            source = newSource;
        }

        @Override
        public void onAddressesAcquired() {
            mastership.onAcquired(now);
            if (history.is(Role.MASTER) && mastership.holdsAddresses()) {
                tell();
            }
        }

        @Override
        public void onAcquireFailed(Fault fault, String detail) {
            if (!mastership.onAcquireFailed()) {
                return;
            }
            if (history.is(Role.MASTER)) {
                onFaultRaised(fault, detail);
            } else {
                onReleaseWaitedFor();
            }
        }

        @Override
        public void onAddressesReleased() {
            if (mastership.onReleased()) {
                onReleaseWaitedFor();
                mastership.proceed();
            }
        }

        @Override
        public void onAddressVanished(InetAddress address) {
            stepDownAfterStall();
            if (history.is(Role.MASTER) && mastership.isUnheard()) {
                onFaultRaised(Fault.ADDRESS_FAILED, UNHEARD);
            } else if (history.is(Role.MASTER)) {
                mastership.onVanished(address);
            }
        }

        @Override
        public void onSendFailed() {
            mastership.onSendFailed();
            if (history.is(Role.MASTER) && mastership.isUnheard() && !mastership.holdsAddresses()) {
                onFaultRaised(Fault.ADDRESS_FAILED, UNHEARD);
            }
        }

        @Override
        public void onSendRecovered() {
            mastership.onSendRecovered();
            if (history.is(Role.MASTER)) {
                mastership.acquire();
            }
        }
    }

    private void join() {
        if (faults.isEmpty()) {
            enterElection(Cause.STARTUP);
        } else {
            becomeFault(faults.keySet().iterator().next());
        }
    }

    private void enterElection(Cause why) {
        if (source == null) {
            throw new IllegalStateException("the source address must be known before the election: " + config.id());
        }
        if (config.isOwner()) {
            becomeMaster(Cause.OWNER);
            return;
        }
        change(Role.BACKUP, why, "");
        backup.begin(now);
        tell();
    }

    private void becomeMaster(Cause why) {
        change(Role.MASTER, why, "");
        backup.end();
        mastership.begin(now);
    }

    /** Without priority 0: a peer that has taken over needs none, and the others would elect once more. */
    private void stepDownAfterStall() {
        if (history.is(Role.MASTER) && mastership.stepsDownAfterStall(now)) {
            leave(Role.BACKUP, Cause.STALLED, "", false);
            backup.begin(now);
        }
    }

    private void becomeFault(Fault fault) {
        leave(Role.FAULT, fault.cause(), faults.get(fault), fault.canAdvertise());
        if (faults.containsKey(Fault.ADDRESS_FAILED)) {
            timers.arm(Timer.RETRY, now + Mastership.RETRY_NANOS);
        }
    }

    /** Leaves any role for one that is not MASTER. The listener is told once no address is left. */
    private void leave(Role to, Cause why, String more, boolean release) {
        boolean wasMaster = history.is(Role.MASTER);
        backup.end();
        timers.cancel(Timer.RETRY);
        change(to, why, more);
        if (wasMaster) {
            mastership.end(now, release);
        }
        if (!mastership.isLeaving()) {
            tell();
        }
    }

    /** An earlier departure that still waits for its release is told first, so that what is told stays a chain. */
    private void change(Role to, Cause why, String more) {
        onReleaseWaitedFor();
        peers.forgetMaster();
        history.become(to, why, more);
    }

    private void onReleaseWaitedFor() {
        if (mastership.isLeaving()) {
            mastership.finishLeaving();
            tell();
        }
    }

    private void tell() {
        history.tell(peers.master());
    }

    /** RFC 9568, 6.4.3. Preempt_Mode is not consulted here. */
    private void onHeardAsMaster(ReceivedAdvertisement received) {
        Advertisement advertisement = received.advertisement();
        if (advertisement.isRelease()) {
            mastership.onRivalReleased(now);
            return;
        }
        boolean higher = advertisement.priority() > config.priority();
        boolean equal = advertisement.priority() == config.priority();
        if (higher || equal && IpAddresses.compare(received.source(), source) > 0) {
            mastership.advertiseLast();
            leave(Role.BACKUP, higher ? Cause.HIGHER_PRIORITY : Cause.HIGHER_ADDRESS, "", false);
            backup.follow(now, received);
        } else {
            mastership.onLosingRival(now);
            if (!backup.takeGoodbye(received)) {
                peers.onRival(now, received);
            }
        }
    }
}
