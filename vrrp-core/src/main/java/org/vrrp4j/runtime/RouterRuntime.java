package org.vrrp4j.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.HandOverResult;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.RouterStatus;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.Decoded;
import org.vrrp4j.packet.PacketRejection;
import org.vrrp4j.packet.ReceivedAdvertisement;
import org.vrrp4j.protocol.Effect;
import org.vrrp4j.protocol.Input;
import org.vrrp4j.protocol.RouterMachine;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.AdvertisementChannel;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.Platform;

/**
 * Runs one {@link RouterMachine}: inputs are queued and taken one at a time, so that what an effect causes at once
 * comes after the effects before it. On the loop's thread, but for {@link #status()}.
 */
final class RouterRuntime implements Effect.Handler, AnnouncementRounds.Observer {
    /** A timer this late may have been overtaken by packets that nobody has read yet. */
    private static final long LATE_NANOS = 2_000_000L;

    private static final Input TIME_PASSED = new Input.TimePassed();

    private volatile RouterConfig config;
    private final EventLoop loop;
    private final InterfacePort port;
    private final AnnouncementRounds announcements;
    private final AnnouncementsAlong along;
    private final AddressOperations addresses;
    private final Platform platform;
    private final RouterObserver observer;
    private final Advertiser advertiser;
    private ArrivalCheck arrivals;
    private AddressClaim claim;
    private final RouterMachine machine;
    private final Counters counters = new Counters();
    private final StatusBoard board;
    private final Journal journal;
    private final RejectionReports reports = new RejectionReports();
    private final Queue<Input> inputs = new ArrayDeque<>();
    private long stepNanos;
    private boolean stepping;
    private boolean stopped;
    private final CompletableFuture<Void> atRest = new CompletableFuture<>();
    private boolean sendFailing;
    private boolean peerFailing;
    private boolean announceFailing;
    private final HandOvers handOvers;
    private final EventLoop.Timer timer;
    private final TakeoverEve eve;
    private long armedNanos;
    private Runnable follower = () -> {};

    RouterRuntime(
            RouterConfig config,
            EventLoop loop,
            InterfacePort port,
            Platform platform,
            AnnouncementTurns turns,
            RouterObserver observer,
            Runnable beforeTakeover,
            int journalLimit) {
        this.config = config;
        this.loop = loop;
        this.timer = loop.newTimer(this::onTimer);
        this.eve = new TakeoverEve(loop, beforeTakeover);
        this.stepNanos = loop.nanoTime();
        this.port = port;
        this.announcements = new AnnouncementRounds(turns, this);
        this.platform = platform;
        this.observer = observer;
        this.claim = new AddressClaim(config.id(), config.resources(), config.addressLease(), config.virtualMac());
        this.along = new AnnouncementsAlong(turns, port.announcementShare(), claim);
        this.addresses = new AddressOperations(platform.addresses(), claim, loop, this::feed);
        this.advertiser = new Advertiser(config);
        this.arrivals = new ArrivalCheck(config);
        this.machine = new RouterMachine(config);
        this.handOvers = new HandOvers(machine);
        this.journal = new Journal(config, journalLimit, machine::state);
        this.board = new StatusBoard(config, machine, counters, loop.wallTime());
    }

    /** Who looks at the machine after each input; not before the start of the node. */
    void follow(Runnable next) {
        follower = next;
    }

    RouterMachine machine() {
        return machine;
    }

    int vrid() {
        return config.id().vrid();
    }

    /** The configuration of now. On any thread. */
    RouterConfig config() {
        return config;
    }

    String name() {
        return config.name();
    }

    Role role() {
        return machine.role();
    }

    /** Another one has told so many changes; not after the start. */
    void continueFrom(long epoch) {
        board.continueFrom(epoch);
    }

    /** How many packets were rejected. */
    long rejected() {
        return counters.rejected();
    }

    /** The status of now, with counters. On any thread. */
    RouterStatus status() {
        return board.status();
    }

    /** Joins the election once the host's addresses are known. */
    void start() {
        addresses.register(() -> new Input.Started(hostDelay()));
    }

    private Duration hostDelay() {
        Duration left = platform.uptime().map(config.delayAfterBoot()::minus).orElse(Duration.ZERO);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Leaves the election. Completes when nothing is held, being set or being removed any more. */
    CompletableFuture<Void> stop() {
        stopped = true;
        feed(new Input.Stopped());
        return atRest;
    }

    /** Ends it. After a stall the timer that would have told the listener may be as late as the end of the wait. */
    void unregister() {
        feed(TIME_PASSED);
        timer.cancel();
        eve.cancel();
        addresses.unregister();
    }

    /** The last inputs and what came of them. */
    String journal() {
        return journal.dump(loop.nanoTime(), loop.wallTime());
    }

    /** Runs with another configuration from now on. */
    void configure(RouterConfig next) {
        feed(new Input.Reconfigured(next));
    }

    /** Gives the role to a peer, see {@link HandOvers#ask}. */
    CompletionStage<HandOverResult> handOver(boolean forced) {
        return handOvers.ask(config, forced, () -> feed(new Input.HandedOver()));
    }

    void onChannelOpened(InetAddress source) {
        feed(new Input.SourceChanged(advertiser.from(source)));
    }

    void onMessage(InetAddress source, InetAddress destination, int hopLimit, ByteBuffer message) {
        Decoded decoded = arrivals.decode(message, source, destination, hopLimit);
        if (decoded instanceof ReceivedAdvertisement received) {
            arrivals.notLinkLocal(received)
                    .ifPresent(first -> report(new VrrpEvent.NotLinkLocal(config.id(), source, first)));
            feed(arrivals.heard(received));
        } else {
            rejectPacket(source, (PacketRejection) decoded);
        }
    }

    void feed(Input input) {
        if (stopped && input instanceof Input.Started) {
            // the backend has looked at the host for longer than the node has lived
            return;
        }
        inputs.add(input);
        if (stepping) {
            return;
        }
        stepping = true;
        try {
            for (Input next = inputs.poll(); next != null; next = inputs.poll()) {
                step(next);
            }
        } finally {
            stepping = false;
        }
        along.onHeld(stepNanos, machine.addressesHeld());
        schedule();
        board.publish();
        handOvers.proceed();
        follower.run();
        if (stopped && machine.isAtRest()) {
            atRest.complete(null);
        }
    }

    private void step(Input input) {
        if (input instanceof Input.AdvertisementHeard heard) {
            counters.received(heard.received());
        } else if (input instanceof Input.OtherHolderHeard) {
            counters.otherHolderClaims.increment();
        } else if (input instanceof Input.Reconfigured reconfigured) {
            onReconfigured(reconfigured.config());
        }
        stepNanos = now();
        List<Effect> effects = machine.step(stepNanos, input);
        journal.add(stepNanos, input, machine.role(), machine.cause());
        // by number: this runs for each packet, and an iterator would be garbage
        for (int i = 0; i < effects.size(); i++) {
            try {
                effects.get(i).dispatch(this);
            } catch (RuntimeException e) {
                EventLog.effectFailed(name(), effects.get(i), e);
            }
        }
    }

    private void onReconfigured(RouterConfig next) {
        config = next;
        board.configure(next);
        observer.onConfigured(next);
        arrivals = new ArrivalCheck(next);
        InetAddress source = advertiser.configure(next);
        if (source != null) {
            inputs.add(new Input.SourceChanged(source));
        }
    }

    private void schedule() {
        if (machine.hasDeadline()) {
            armedNanos = machine.deadlineNanos();
            timer.arm(machine.earliestNanos(), armedNanos);
            eve.onDeadline(role(), stepNanos, armedNanos, config.advertisementInterval());
        }
    }

    /** What may be done early is done as of its own time, so that the machine keeps to its intervals. */
    private void onTimer() {
        long late = loop.nanoTime() - armedNanos;
        if (late > LATE_NANOS) {
            port.drain();
        }
        stepNanos = late < 0 ? armedNanos : stepNanos;
        feed(TIME_PASSED);
    }

    private long now() {
        return stepNanos + Math.max(0, loop.nanoTime() - stepNanos);
    }

    @Override
    public void sendAdvertisement(Advertisement advertisement) {
        AdvertisementChannel channel = port.channel();
        if (channel == null) {
            return;
        }
        int reached = advertiser.send(channel, advertisement, role() == Role.MASTER);
        IOException failure = advertiser.failure();
        if (reached == 0) {
            sendFailing = onSendFailed("an advertisement", failure, sendFailing);
            feed(new Input.SendFailed());
            return;
        }
        counters.sent(advertisement);
        peerFailing = failure != null && onSendFailed("an advertisement to one of several peers", failure, peerFailing);
        if (sendFailing) {
            sendFailing = false;
            feed(new Input.SendRecovered());
        }
    }

    /** Reports the first of several failures; returns true. */
    private boolean onSendFailed(String operation, IOException e, boolean known) {
        counters.sendFailures.increment();
        if (!known) {
            report(new VrrpEvent.SendFailed(config.id(), operation, e.getMessage()));
        }
        return true;
    }

    @Override
    public void acquireAddresses() {
        announcements.cancel();
        addresses.acquire();
    }

    @Override
    public void changeAddresses(Effect.ChangeAddresses change) {
        announcements.cancel();
        claim = new AddressClaim(config.id(), change.resources(), change.lease(), claim.virtualMac());
        along.use(claim);
        addresses.change(claim);
    }

    @Override
    public void renewAddresses() {
        if (!sendFailing) {
            addresses.renew();
        }
    }

    @Override
    public void releaseAddresses() {
        announcements.cancel();
        addresses.release(error -> report(new VrrpEvent.ReleaseFailed(config.id(), error)));
    }

    @Override
    public void announce() {
        announcements.begin(claim, stepNanos);
    }

    @Override
    public void announceNext() {
        if (sendFailing) {
            return;
        }
        try {
            int sent = along.announce(stepNanos);
            if (sent > 0) {
                onAnnounced(sent);
                onRoundEnded(null);
            }
        } catch (IOException e) {
            onRoundEnded(e);
        }
    }

    @Override
    public void onAnnounced(int frames) {
        counters.announcements.add(frames);
    }

    @Override
    public void onRoundEnded(IOException failure) {
        announceFailing = failure != null && onSendFailed("an announcement", failure, announceFailing);
    }

    @Override
    public void tellRoleChange(Effect.TellRoleChange change) {
        Instant since = loop.wallTime();
        if (change.to() == Role.MASTER) {
            counters.becameMaster.increment();
        }
        RoleChange roleChange = new RoleChange(
                config.id(),
                config.name(),
                change.from(),
                change.to(),
                change.cause(),
                change.detail(),
                since,
                change.master(),
                machine.priority(),
                board.onRoleChange(since));
        observer.onRoleChange(roleChange);
    }

    @Override
    public void report(VrrpEvent event) {
        if (event instanceof VrrpEvent.Stall) {
            counters.stalls.increment();
        }
        observer.onEvent(event);
    }

    @Override
    public void rejectPacket(InetAddress source, PacketRejection rejection) {
        long count = counters.rejection(rejection.reason());
        if (reports.isWorthTelling(loop.nanoTime(), source, rejection.reason())) {
            report(new VrrpEvent.PacketsRejected(config.id(), source, rejection.reason(), rejection.detail(), count));
        }
    }
}
