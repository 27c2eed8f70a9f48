package org.vrrp4j.protocol;

import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.Cause;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.ReceivedAdvertisement;

/** What being backup consists of: whom to follow, and for how long its silence is borne (RFC 9568, 6.4.2). */
final class Backup {
    private RouterConfig config;
    private final Peers peers;
    private final MasterDownTimer masterDown;
    private boolean handedOver;
    private boolean delaying;
    private long preemptionNanos;

    Backup(RouterConfig config, Timers timers, Peers peers) {
        this.config = config;
        this.peers = peers;
        this.masterDown = new MasterDownTimer(config, timers);
    }

    void configure(RouterConfig next) {
        config = next;
        masterDown.configure(next);
    }

    /** A router that has handed over takes part again, as its configuration says. */
    void takePart() {
        handedOver = false;
        delaying = false;
    }

    /** Waits for a master that is not known yet. */
    void begin(long now) {
        handedOver = false;
        delaying = false;
        masterDown.start(now);
    }

    /** The owner waits for nobody. */
    void skip(long now) {
        masterDown.onNoWait(now);
    }

    /** Waits for the successor of this router, and then leaves the role to it for as long as it lives. */
    void beginAfterHandOver(long now) {
        handedOver = true;
        masterDown.startAfterHandOver(now);
    }

    /** Whether nobody has taken over since the hand-over. */
    boolean isHandOverUnanswered() {
        return masterDown.isHandOverUnanswered();
    }

    void end() {
        handedOver = false;
        masterDown.cancel();
    }

    void onHeard(long now, ReceivedAdvertisement received) {
        Advertisement advertisement = received.advertisement();
        if (advertisement.isRelease()) {
            masterDown.onMasterReleased(now);
        } else if (advertisement.priority() >= config.priority()) {
            delaying = false;
            follow(now, received);
        } else if (!preempts(now)) {
            follow(now, received);
        } else {
            masterDown.onLowerPriority(received.source());
        }
    }

    void follow(long now, ReceivedAdvertisement received) {
        masterDown.onMasterHeard(now, received.advertisement().interval());
        peers.follow(received);
    }

    /** Why the router becomes master when Master_Down_Timer fires now. */
    Cause cause() {
        return masterDown.cause();
    }

    /** Takes note, once, that the master of lower priority says goodbye after it has been preempted. */
    boolean takeGoodbye(long now, ReceivedAdvertisement received) {
        return masterDown.takeGoodbye(now, received);
    }

    /**
     * Preempt_Mode, but for a router that has handed over; the delay counts from the first advertisement that could be
     * preempted.
     */
    private boolean preempts(long now) {
        if (handedOver) {
            return false;
        }
        if (config.isOwner() || !config.preempt()) {
            return config.isOwner();
        }
        if (!delaying) {
            delaying = true;
            preemptionNanos = now + config.preemptDelay().toNanos();
        }
        return now - preemptionNanos >= 0;
    }

    void keep(Checkpoint checkpoint) {
        handedOver = checkpoint.flag("handedOver", handedOver);
        delaying = checkpoint.flag("delaying", delaying);
        if (delaying) {
            preemptionNanos = checkpoint.time("preemption", preemptionNanos);
        }
        masterDown.keep(checkpoint);
    }
}
