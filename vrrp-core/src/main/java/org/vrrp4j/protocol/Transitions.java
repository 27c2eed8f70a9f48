package org.vrrp4j.protocol;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.PacketRejection;
import org.vrrp4j.packet.ReceivedAdvertisement;

/** What each input does in each role: the table in the Javadoc of {@link RouterMachine}. */
final class Transitions extends RoleChanges implements Input.Handler {
    private static final String UNHEARD = "advertisements cannot be sent, so peers take over";

    Transitions(RouterConfig config, Timers timers, List<Effect> effects) {
        super(config, timers, effects);
    }

    @Override
    public void onStarted(Duration hostDelay) {
        mastership.onRegistered();
        long delay = Math.max(config.startupDelay().toNanos(), hostDelay.toNanos());
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
            join();
        }
        if (timers.isDue(Timer.ADVERTISE, now)) {
            mastership.onAdvertiseTimer(now);
        }
        if (timers.isDue(Timer.MASTER_DOWN, now)) {
            onMasterDown();
        }
        if (timers.isDue(Timer.RENEW, now)) {
            mastership.onRenewTimer(now);
        }
        if (timers.isDue(Timer.ANNOUNCE, now)) {
            mastership.onAnnounceTimer(now);
        }
        if (timers.isDue(Timer.RIVAL, now)) {
            rivals.onTimer(now);
        }
        if (timers.isDue(Timer.HOLDER, now)) {
            otherHolders.onTimer(now);
        }
        if (timers.isDue(Timer.DEFEND, now)) {
            otherHolders.onDefendTimer(now, mastership.isUndisputed(now));
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
        PacketRejection rejection = check.check(received, source, peers.master());
        if (rejection != null) {
            effects.add(new Effect.RejectPacket(received.source(), rejection));
            return;
        }
        peers.onHeard();
        if (!check.hasOurAddresses(received.advertisement())) {
            peers.onOtherAddresses(received.source(), check.difference(received.advertisement()));
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
        if (removed && faults.keySet().equals(Set.of(Fault.ADDRESS_FAILED))) {
            // what had gone, such as the interface, may have been why, and is told later than the failure
            timers.cancel(Timer.RETRY);
            faults.clear();
        }
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
        if (mastership.onAcquired(now)) {
            tell();
            mastership.proceed();
        }
    }

    @Override
    public void onAcquireFailed(Fault fault, String detail) {
        boolean changing = mastership.isChanging();
        if (!mastership.onAcquireFailed()) {
            return;
        }
        if (history.is(Role.MASTER) || changing && !history.is(Role.INIT)) {
            onFaultRaised(fault, detail);
        }
        onReleaseWaitedFor();
        mastership.proceed();
    }

    @Override
    public void onAddressesChanged() {
        if (mastership.onChanged(now)) {
            if (!mastership.holdsAddresses()) {
                onReleaseWaitedFor();
            } else if (history.is(Role.MASTER)) {
                tell();
            }
            mastership.proceed();
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
        onRoutingVanished(IpAddresses.text(address));
    }

    @Override
    public void onRoutingVanished(String what) {
        stepDownAfterStall();
        if (history.is(Role.MASTER) && mastership.isUnheard()) {
            onFaultRaised(Fault.ADDRESS_FAILED, UNHEARD);
        } else if (history.is(Role.MASTER)) {
            mastership.onVanished(now, what);
        }
    }

    @Override
    public void onMacChanged() {
        if (history.is(Role.MASTER)) {
            mastership.onMacChanged(now);
        }
    }

    @Override
    public void onOtherHolderHeard(InetAddress address, MacAddress holder) {
        stepDownAfterStall();
        if (history.is(Role.MASTER) && mastership.isUndisputed(now) && otherHolders.isOurs(address)) {
            otherHolders.onHeard(now, address, holder);
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

    @Override
    public void onHandedOver() {
        if (history.is(Role.MASTER)) {
            leave(Role.BACKUP, Cause.HANDED_OVER, "", true);
            backup.beginAfterHandOver(now);
        }
    }

    @Override
    public void onPriorityAdjusted(int adjustment) {
        if (current.adjust(adjustment)) {
            configure();
            effects.add(current.report());
        }
    }

    @Override
    public void onReconfigured(RouterConfig next) {
        current.replace(next);
        backup.takePart();
        configure();
    }

    @Override
    public void onGroupJoined() {
        heldBack = true;
    }

    @Override
    public void onGroupPermitted() {
        if (wantsMaster() && config.isOwner()) {
            backup.skip(now);
            becomeMaster(Cause.OWNER);
        } else if (wantsMaster()) {
            takeOver();
        }
    }

    @Override
    public void onGroupLeft() {
        onGroupPermitted();
        heldBack = false;
    }

    @Override
    public void onGroupGaveUp(String member) {
        if (history.is(Role.MASTER)) {
            leave(Role.BACKUP, Cause.GROUP, member, false);
            backup.begin(now);
        }
    }

    private void onMasterDown() {
        if (heldBack) {
            timers.cancel(Timer.MASTER_DOWN);
        } else {
            takeOver();
        }
    }

    private void takeOver() {
        if (backup.isHandOverUnanswered()) {
            effects.add(new Effect.Report(new VrrpEvent.HandOverUnanswered(config.id())));
        }
        becomeMaster(backup.cause());
    }

    /** Without priority 0: a peer that has taken over needs none, and the others would elect once more. */
    private void stepDownAfterStall() {
        if (history.is(Role.MASTER) && mastership.stepsDownAfterStall(now)) {
            leave(Role.BACKUP, Cause.STALLED, "", false);
            backup.begin(now);
        }
    }

    /** RFC 9568, 6.4.3. Preempt_Mode is not consulted here. */
    private void onHeardAsMaster(ReceivedAdvertisement received) {
        Advertisement advertisement = received.advertisement();
        if (advertisement.isRelease()) {
            mastership.onRivalReleased(now);
            rivals.onReleased(now, received.source());
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
            if (!backup.takeGoodbye(now, received)) {
                rivals.onHeard(now, received);
            }
        }
    }
}
