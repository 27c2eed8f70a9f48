package org.vrrp4j.protocol;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.Role;
import org.vrrp4j.packet.Advertisement;

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
 *     PREEMPTION if lower priorities were ignored meanwhile; OWNER in a sync group)
 *   <li>FAULT: {@link Input.FaultRaised}
 *   <li>INIT: {@link Input.Stopped} (SHUTDOWN)
 * </ul>
 *
 * <p>MASTER to:
 *
 * <ul>
 *   <li>BACKUP: an advertisement of higher priority (HIGHER_PRIORITY), or equal priority and greater source address
 *       (HIGHER_ADDRESS); the end of a stall as long as peers wait, if so configured (STALLED);
 *       {@link Input.HandedOver} (HANDED_OVER); {@link Input.GroupGaveUp} (GROUP)
 *   <li>FAULT: FaultRaised; {@link Input.AcquireFailed}; {@link Input.SendFailed} twice without addresses
 *     (ADDRESS_FAILED)
 *   <li>INIT: Stopped (SHUTDOWN)
 * </ul>
 *
 * <p>FAULT to:
 *
 * <ul>
 *   <li>BACKUP, or MASTER with priority 255: the last fault but ADDRESS_FAILED, or that, has ended (RECOVERED; OWNER)
 *   <li>INIT: Stopped (SHUTDOWN)
 * </ul>
 *
 * <p>A router of a sync group, see {@link Input.GroupJoined}, stays BACKUP where another would become MASTER, until
 * {@link Input.GroupPermitted} or {@link Input.GroupLeft}.
 *
 * <p>A rejected packet changes nothing. Not safe for several threads.
 */
public final class RouterMachine {
    private final Timers timers = new Timers();
    private final List<Effect> effects = new ArrayList<>();
    private final List<Effect> effectsView = Collections.unmodifiableList(effects);
    private final Transitions transitions;
    private final Set<Fault> faultsView;

    /** A router in INIT with no fault. */
    public RouterMachine(RouterConfig config) {
        this.transitions = new Transitions(config, timers, effects);
        this.faultsView = Collections.unmodifiableSet(transitions.faults.keySet());
    }

    /**
     * A router in the state of another one.
     *
     * @param config the configuration that the other one had
     * @param nowNanos the time
     * @param state its {@link #state}
     * @throws IllegalArgumentException if that is no state
     */
    public static RouterMachine inState(RouterConfig config, long nowNanos, Map<String, String> state) {
        RouterMachine machine = new RouterMachine(config);
        machine.transitions.keep(Checkpoint.reading(nowNanos, state));
        return machine;
    }

    /**
     * Everything that decides about roles from now on, by name: timers, faults, what is known of the master, how far
     * the addresses are. A machine in that state takes the same roles at the same inputs for the same causes. It may
     * announce and report something once more or not: what was announced and reported already is left out.
     *
     * @param nowNanos the time, from which the times in the state count
     */
    public Map<String, String> state(long nowNanos) {
        Checkpoint checkpoint = Checkpoint.writing(nowNanos);
        transitions.keep(checkpoint);
        return Collections.unmodifiableMap(checkpoint.values());
    }

    /**
     * Takes one input.
     *
     * @param nowNanos the time, never less than before
     * @param input what happened
     * @return what is to be done, in this order; valid until the next call
     */
    public List<Effect> step(long nowNanos, Input input) {
        effects.clear();
        transitions.advance(nowNanos);
        input.dispatch(transitions);
        return effectsView;
    }

    /** When {@link Input.TimePassed} is next wanted. */
    public OptionalLong nextDeadlineNanos() {
        return hasDeadline() ? OptionalLong.of(deadlineNanos()) : OptionalLong.empty();
    }

    /** Whether {@link Input.TimePassed} is wanted at all. */
    public boolean hasDeadline() {
        return timers.areArmed();
    }

    /** The same as {@link #nextDeadlineNanos()}, without an object; undefined if there is none. */
    public long deadlineNanos() {
        return timers.nearest();
    }

    /**
     * What it advertises next by itself, at {@link #upcomingNanos}, unless an input changes its mind: null if nothing.
     * A transport may send it ahead, also several at the distance of its interval; each is told as {@link
     * Input.TimePassed} with its own time, and the effect that answers is done already.
     */
    public Advertisement upcoming() {
        return transitions.mastership.upcoming();
    }

    /** When that is due; undefined if there is none. */
    public long upcomingNanos() {
        return timers.deadline(Timer.ADVERTISE);
    }

    /** For how long after that time it may still be sent unasked: later, a peer has taken over. */
    public long upcomingValidNanos() {
        return transitions.mastership.punctuality().patienceNanos();
    }

    /** Whether {@link Input.TimePassed} is wanted for anything but {@link #upcoming()}. */
    public boolean hasOtherDeadline() {
        return timers.areArmedBut(Timer.ADVERTISE);
    }

    /** When; undefined if there is none. */
    public long otherDeadlineNanos() {
        return timers.nearestBut(Timer.ADVERTISE);
    }

    /**
     * From when on {@link Input.TimePassed} of {@link #deadlineNanos()} may be given, if that saves work: somewhat
     * earlier if an advertisement is due then, which its receivers do not mind, and not earlier at all otherwise.
     */
    public long earliestNanos() {
        long deadline = deadlineNanos();
        return timers.isDue(Timer.ADVERTISE, deadline)
                ? deadline - transitions.mastership.punctuality().hasteNanos()
                : deadline;
    }

    /** The role now. A master whose addresses are not in place yet has not been told to the listener. */
    public Role role() {
        return transitions.history.role();
    }

    /** Why it has that role. */
    public Cause cause() {
        return transitions.history.cause();
    }

    /** Whether it is BACKUP, and would be MASTER but for its group. */
    public boolean wantsMaster() {
        return transitions.wantsMaster();
    }

    /** What keeps it in FAULT, and more about each. */
    public Map<Fault, String> faultDetails() {
        return Collections.unmodifiableMap(transitions.faults);
    }

    /** The priority it runs with: the configured one and what its trackers add. */
    public int priority() {
        return transitions.current.get().priority();
    }

    /** Whether the addresses are in place. */
    public boolean addressesHeld() {
        return transitions.mastership.holdsAddresses();
    }

    /** Whether addresses, routes or rules are being changed for others of another configuration. */
    public boolean isChanging() {
        return transitions.mastership.isChanging();
    }

    /** Whether nothing is under way any more: no address held, being set or being removed. */
    public boolean isAtRest() {
        return transitions.mastership.isAtRest();
    }

    /** Whether a role was left whose end has not been told yet, as addresses are still being released. */
    public boolean isLeaving() {
        return transitions.mastership.isLeaving();
    }

    /** Whether another router of this VRID was ever heard. */
    public boolean hasHeardPeer() {
        return transitions.peers.haveBeenHeard();
    }

    /** The master that is followed. */
    public Optional<InetAddress> master() {
        return transitions.peers.master();
    }

    /** Its priority; 0 if there is none. */
    public int masterPriority() {
        return transitions.peers.masterPriority();
    }

    /** What keeps the router in FAULT. */
    public Set<Fault> faults() {
        return faultsView;
    }
}
