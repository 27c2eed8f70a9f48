package org.vrrp4j.protocol;

import java.net.InetAddress;
import java.time.Duration;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.Cause;

/** Master_Down_Timer of a backup, and what it will mean when it fires. */
final class MasterDownTimer {
    private final Timers timers;
    private final MasterDownInterval interval;
    private boolean masterReleased;
    private boolean handedOver;
    private InetAddress ignored;

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

    /** Takes note, once, that the master of lower priority says goodbye after it has been preempted. */
    boolean takeGoodbye(InetAddress source) {
        boolean goodbye = source.equals(ignored);
        ignored = null;
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
        interval.keep(checkpoint);
    }
}
