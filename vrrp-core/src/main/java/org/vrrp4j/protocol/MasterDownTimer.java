package org.vrrp4j.protocol;

import java.net.InetAddress;
import java.time.Duration;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.Priority;
import org.vrrp4j.packet.ReceivedAdvertisement;

/** Master_Down_Timer of a backup, and what it will mean when it fires. */
final class MasterDownTimer {
    private final Timers timers;
    private final MasterDownInterval interval;
    private boolean masterReleased;
    private boolean handedOver;
    private InetAddress ignored;
    private boolean preemptsUnheard;
    private long unheardUntilNanos;

    MasterDownTimer(RouterConfig config, Timers timers) {
        this.timers = timers;
        this.interval = new MasterDownInterval(config);
    }

    /** Moves the deadline by as much as the wait has become longer or shorter. */
    void configure(RouterConfig next) {
        long before = waitNanos();
        interval.configure(next);
        if (timers.isArmed(Timer.MASTER_DOWN)) {
            timers.arm(Timer.MASTER_DOWN, timers.deadline(Timer.MASTER_DOWN) + waitNanos() - before);
        }
    }

    private long waitNanos() {
        if (masterReleased) {
            return interval.skewNanos();
        }
        return handedOver ? interval.longestNanos() : interval.nanos();
    }

    /** No master is known yet. */
    void start(long now) {
        interval.forget();
        arm(now, interval.nanos());
    }

    /** We were the master, and a peer is to be: leaves it every chance. */
    void startAfterHandOver(long now) {
        interval.forget();
        arm(now, interval.longestNanos());
        handedOver = true;
    }

    /** Whether nobody has been heard since the hand-over. */
    boolean isHandOverUnanswered() {
        return handedOver;
    }

    /** The master advertises with this interval. */
    void onMasterHeard(long now, Duration masterInterval) {
        interval.learn(masterInterval);
        arm(now, interval.nanos());
    }

    /** The master gave up: the backup of the highest priority is to be first. */
    void onMasterReleased(long now) {
        arm(now, interval.skewNanos());
        masterReleased = true;
    }

    /** A master of lower priority is ignored; the timer goes on. */
    void onLowerPriority(InetAddress source) {
        ignored = source;
    }

    /** A router that waits for nobody becomes master: whoever is it now will say goodbye, if anyone. */
    void onNoWait(long now) {
        preemptsUnheard = true;
        unheardUntilNanos = now + interval.nanos();
    }

    /** Takes note, once, that the master of lower priority says goodbye after it has been preempted. */
    boolean takeGoodbye(long now, ReceivedAdvertisement received) {
        // A second owner is a mistake of somebody's.
        boolean isOwner = received.advertisement().priority() == Priority.OWNER;
        boolean unheard = preemptsUnheard && now - unheardUntilNanos < 0 && !isOwner;
        boolean goodbye = received.source().equals(ignored) || unheard;
        ignored = null;
        preemptsUnheard = false;
        return goodbye;
    }

    void cancel() {
        timers.cancel(Timer.MASTER_DOWN);
    }

    /** Why a router becomes master when the timer fires now. */
    Cause cause() {
        Cause silence = ignored == null ? Cause.MASTER_DOWN : Cause.PREEMPTION;
        return masterReleased ? Cause.MASTER_RELEASED : silence;
    }

    private void arm(long now, long nanos) {
        masterReleased = false;
        handedOver = false;
        ignored = null;
        timers.arm(Timer.MASTER_DOWN, now + nanos);
    }

    void keep(Checkpoint checkpoint) {
        masterReleased = checkpoint.flag("masterReleased", masterReleased);
        handedOver = checkpoint.flag("handOverUnanswered", handedOver);
        ignored = checkpoint.address("ignored", ignored);
        preemptsUnheard = checkpoint.flag("preemptsUnheard", preemptsUnheard);
        if (preemptsUnheard) {
            unheardUntilNanos = checkpoint.time("unheardUntil", unheardUntilNanos);
        }
        interval.keep(checkpoint);
    }
}
