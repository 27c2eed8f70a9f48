package org.vrrp4j.protocol;

import java.time.Duration;
import java.util.List;
import org.vrrp4j.config.LeaseRenewal;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.Priority;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.packet.Advertisement;

/** What being master consists of: advertisements, the addresses, and announcements. */
final class Mastership {
    /** After this an acquire that failed is tried again. */
    static final long RETRY_NANOS = Duration.ofSeconds(5).toNanos();

    private static final long RELEASE_WAIT_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long RENEW_GAP_NANOS = LeaseRenewal.GAP.toNanos();
    private static final long LEASE_MARGIN_NANOS = LeaseRenewal.MARGIN.toNanos();
    /** An interval. */
    private static final int MAX_RELEASE_ANSWERS = 10;

    private static final long REANNOUNCE_GAP_NANOS = Duration.ofSeconds(1).toNanos();

    private static final long TAKEOVER_NANOS = Duration.ofSeconds(1).toNanos();

    private static final Effect RENEW = new Effect.RenewAddresses();
    private static final Effect ANNOUNCE_NEXT = new Effect.AnnounceNext();

    private RouterConfig config;
    private final Timers timers;
    private final List<Effect> effects;
    private final Announcements announcements;
    private Effect advertise;
    private Effect advertiseRelease;
    private Punctuality punctuality;
    private long intervalNanos;
    private long leaseNanos;
    private final Holding holding;

    private boolean leaving;
    private boolean releasePending;
    private int unsent;
    private boolean answeredRival;
    private long answeredRivalNanos;
    private int answeredReleases;
    private long answeredReleaseNanos;
    private boolean reannounced;
    private long reannouncedNanos;
    private long begunNanos;
    private long renewedNanos;

    private Advertisement advertisement;

    Mastership(RouterConfig config, Timers timers, List<Effect> effects) {
        this.timers = timers;
        this.effects = effects;
        this.holding = new Holding(effects);
        this.announcements = new Announcements(timers, effects);
        use(config);
    }

    private void use(RouterConfig next) {
        config = next;
        announcements.use(config);
        intervalNanos = config.advertisementInterval().toNanos();
        punctuality = new Punctuality(config);
        leaseNanos = config.addressLease().toNanos();
        advertisement = new Advertisement(
                config.version(),
                config.id().vrid(),
                config.priority(),
                config.advertisementInterval(),
                config.advertisedAddresses(),
                config.authentication());
        advertise = new Effect.SendAdvertisement(advertisement);
        advertiseRelease = new Effect.SendAdvertisement(advertisement.withPriority(Priority.RELEASE));
    }

    /** Goes on with another configuration; the peers of a master hear at once what is new to them. */
    void configure(long now, RouterConfig next, boolean isMaster) {
        RouterConfig before = config;
        Advertisement said = advertisement;
        use(next);
        if (isMaster && !advertisement.equals(said)) {
            advertise(now);
        }
        if (!next.resources().equals(before.resources()) || !next.addressLease().equals(before.addressLease())) {
            holding.change(new Effect.ChangeAddresses(next.resources(), next.addressLease()));
        }
        if (holding.isComplete()) {
            announcements.arm();
        } else {
            announcements.pause();
        }
    }

    void onRegistered() {
        holding.onRegistered();
    }

    boolean holdsAddresses() {
        return holding.isHeld();
    }

    boolean isAtRest() {
        return holding.isEmpty() && !leaving;
    }

    /** Whether the end of being master still waits for the release. */
    boolean isLeaving() {
        return leaving;
    }

    /** Whether peers are about to take over, as they do not hear us: what is lost now must not be put back. */
    boolean isUnheard() {
        return unsent > 1;
    }

    void onSendFailed() {
        unsent++;
    }

    void onSendRecovered() {
        unsent = 0;
    }

    void begin(long now) {
        answeredRival = false;
        reannounced = false;
        begunNanos = now;
        advertise(now);
        acquire();
    }

    /**
     * Acquires unless the answer to an earlier request is still to come, or nobody can hear that we do: then the first
     * advertisement that goes out decides.
     */
    void acquire() {
        if (!isUnheard()) {
            holding.want();
        }
    }

    /** Answers whether the addresses are in place now, and wanted, as an acquire was under way. */
    boolean onAcquired(long now) {
        if (!holding.onAcquired()) {
            return false;
        }
        renewedNanos = now;
        announcements.start(now, false);
        holding.takeRestored().forEach(what -> effects.add(new Effect.Report(restored(what))));
        return true;
    }

    private VrrpEvent restored(String what) {
        RouterId router = config.id();
        return IpAddresses.parse(what)
                .<VrrpEvent>map(address -> new VrrpEvent.AddressRestored(router, address))
                .orElseGet(() -> new VrrpEvent.RoutingRestored(router, what));
    }

    /** Answers whether an acquire was under way. */
    boolean onAcquireFailed() {
        return holding.onAcquireFailed();
    }

    /** Answers whether a change was under way. */
    boolean onChanged(long now) {
        boolean changed = holding.onChanged();
        if (changed && holding.isWanted() && holding.isComplete()) {
            renewedNanos = now;
            announcements.start(now, false);
        }
        return changed;
    }

    boolean isChanging() {
        return holding.isChanging();
    }

    /**
     * A lease that ended during a pause: the pause's overdue advertisement comes first, and before that whoever has
     * taken over meanwhile is heard.
     */
    void onVanished(long now, String what) {
        holding.onVanished(what);
        if (now - timers.deadline(Timer.ADVERTISE) < 0) {
            holding.proceed();
        }
        pauseAnnouncements();
    }

    /** Addresses that are being put in place are announced afterwards anyway. */
    void onMacChanged(long now) {
        if (holding.isComplete()) {
            announcements.start(now, false);
        }
    }

    /** Answers whether a release was under way. */
    boolean onReleased() {
        return holding.onReleased();
    }

    /** Goes on with the addresses once the end of an operation has been told. */
    void proceed() {
        holding.proceed();
        pauseAnnouncements();
    }

    /** They go on, from the first, once all addresses are in place. */
    private void pauseAnnouncements() {
        if (!holding.isComplete()) {
            announcements.pause();
        }
    }

    void end(long now, boolean sendRelease) {
        timers.cancel(Timer.ADVERTISE);
        timers.cancel(Timer.RENEW);
        announcements.pause();
        leaving = true;
        releasePending = sendRelease;
        holding.giveUp();
        if (holding.isEmpty()) {
            finishLeaving();
        } else {
            timers.arm(Timer.RELEASE, now + Math.min(intervalNanos, RELEASE_WAIT_NANOS));
        }
    }

    /** The addresses are gone, or have been waited for long enough. */
    void finishLeaving() {
        leaving = false;
        timers.cancel(Timer.RELEASE);
        if (releasePending) {
            releasePending = false;
            effects.add(advertiseRelease);
        }
    }

    void onAdvertiseTimer(long now) {
        long due = timers.deadline(Timer.ADVERTISE);
        long lateness = now - due;
        advertise(now);
        if (config.announceWithAdvertisements() && holding.isComplete()) {
            effects.add(ANNOUNCE_NEXT);
        }
        if (lateness < intervalNanos) {
            timers.arm(Timer.ADVERTISE, due + intervalNanos);
        }
        if (isStall(lateness)) {
            reportStall(lateness);
            if (holding.isComplete()) {
                announcements.start(now, true);
            }
        }
    }

    /** Whether to give up before anything else is done, since a peer has taken over by now; reported if so. */
    boolean stepsDownAfterStall(long now) {
        long lateness = now - timers.deadline(Timer.ADVERTISE);
        boolean stepsDown = config.stepDownAfterStall() && isStall(lateness);
        if (stepsDown) {
            reportStall(lateness);
        }
        return stepsDown;
    }

    private boolean isStall(long lateness) {
        return lateness >= punctuality.patienceNanos();
    }

    Punctuality punctuality() {
        return punctuality;
    }

    /** What the timer will send, or null. */
    Advertisement upcoming() {
        return timers.isArmed(Timer.ADVERTISE) ? advertisement : null;
    }

    private void reportStall(long lateness) {
        effects.add(new Effect.Report(new VrrpEvent.Stall(config.id(), Duration.ofNanos(lateness))));
    }

    /**
     * Another master gave up: it must not be followed by silence (RFC 9568, 6.4.3). A packet that comes again and
     * again, as on a network with a loop, is not answered without end.
     */
    void onRivalReleased(long now) {
        if (answeredReleases == 0 || now - answeredReleaseNanos >= intervalNanos) {
            answeredReleases = 0;
            answeredReleaseNanos = now;
        }
        if (answeredReleases < MAX_RELEASE_ANSWERS) {
            answeredReleases++;
            advertise(now);
        }
    }

    void advertiseLast() {
        effects.add(advertise);
    }

    /**
     * Another master advertises and loses: tell it at once, and its clients. At most one answer an interval, so that
     * two that each believe to win do not answer each other without end; Adver_Timer goes on.
     */
    void onLosingRival(long now) {
        if (!answeredRival || now - answeredRivalNanos >= intervalNanos) {
            answeredRival = true;
            answeredRivalNanos = now;
            effects.add(advertise);
        }
        if (holding.isComplete() && (!reannounced || now - reannouncedNanos >= REANNOUNCE_GAP_NANOS)) {
            reannounced = true;
            reannouncedNanos = now;
            announcements.start(now, true);
        }
    }

    /**
     * Whether nobody else has a right to the addresses: not a former master, which answers until it has heard of us,
     * nor, with our advertisement overdue, a peer that has taken over.
     */
    boolean isUndisputed(long now) {
        return holding.isComplete()
                && now - begunNanos >= Math.min(intervalNanos, TAKEOVER_NANOS)
                && now - timers.deadline(Timer.ADVERTISE) < intervalNanos;
    }

    /** Between two advertisements that are further apart than the lease is long, but for a margin. */
    void onRenewTimer(long now) {
        timers.cancel(Timer.RENEW);
        renew(now);
        armRenew(now);
    }

    void onAnnounceTimer(long now) {
        announcements.onTimer(now);
    }

    /** What waited for an overdue advertisement goes on. */
    private void advertise(long now) {
        effects.add(advertise);
        timers.arm(Timer.ADVERTISE, now + intervalNanos);
        renew(now);
        holding.proceed();
        if (leaseNanos - intervalNanos < LEASE_MARGIN_NANOS) {
            armRenew(now);
        }
    }

    /** Half an interval on, or half a lease if that is shorter; but the next advertisement renews too. */
    private void armRenew(long now) {
        long next = now + Math.min(intervalNanos, leaseNanos) / 2;
        if (timers.deadline(Timer.ADVERTISE) - next > 0) {
            timers.arm(Timer.RENEW, next);
        }
    }

    private void renew(long now) {
        if (holding.isHeld() && now - renewedNanos >= RENEW_GAP_NANOS) {
            renewedNanos = now;
            effects.add(RENEW);
        }
    }

    /** Announcements change no role and are left out. */
    void keep(Checkpoint checkpoint) {
        leaving = checkpoint.flag("leaving", leaving);
        releasePending = checkpoint.flag("releasePending", releasePending);
        unsent = (int) checkpoint.number("unsent", unsent);
        holding.keep(checkpoint, new Effect.ChangeAddresses(config.resources(), config.addressLease()));
    }
}
