package org.vrrp4j.protocol;

import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.Cause;

/** Master_Down_Timer of a backup, and what it will mean when it fires. */
final class MasterDownTimer {
    private final Timers timers;
    private final MasterDownInterval interval;
    private boolean masterReleased;
    private boolean lowerPriorityIgnored;

    MasterDownTimer(RouterConfig config, Timers timers) {
        this.timers = timers;
        this.interval = new MasterDownInterval(config);
    }

    /** No master is known yet. */
    void start(long now) {
        interval.forget();
        arm(now, interval.nanos());
    }

    /** The master advertises with this interval. */
    void onMasterHeard(long now, long intervalNanos) {
        interval.learn(intervalNanos);
        arm(now, interval.nanos());
    }

    /** The master gave up: the backup of the highest priority is to be first. */
    void onMasterReleased(long now) {
        arm(now, interval.skewNanos());
        masterReleased = true;
    }

    /** A master of lower priority is ignored; the timer goes on. */
    void onLowerPriority() {
        lowerPriorityIgnored = true;
    }

    void cancel() {
        timers.cancel(Timer.MASTER_DOWN);
    }

    /** Why a router becomes master when the timer fires now. */
    Cause cause() {
        Cause silence = lowerPriorityIgnored ? Cause.PREEMPTION : Cause.MASTER_DOWN;
        return masterReleased ? Cause.MASTER_RELEASED : silence;
    }

    private void arm(long now, long nanos) {
        masterReleased = false;
        lowerPriorityIgnored = false;
        timers.arm(Timer.MASTER_DOWN, now + nanos);
    }
}
