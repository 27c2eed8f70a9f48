package org.vrrp4j.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.vrrp4j.config.PauseGrace;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.HandOverResult;
import org.vrrp4j.model.Role;
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
final class RouterRuntime implements Effect.Handler {
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
    private final SendFailures failures;
    private final AdvertisementsAhead ahead;
    /** What has been sent already by the time that the machine says it. */
    private Advertisement sentAhead;

    private final HandOvers handOvers;
    private final RouterTimer timer;
    private Runnable follower = () -> {};

    RouterRuntime(
            RouterConfig config,
            EventLoop loop,
            InterfacePort port,
            Platform platform,
            AnnouncementTurns turns,
            RouterObserver observer,
            Runnable beforeTakeover,
            Supplier<PauseGrace> graces,
            int journalLimit) {
        this.config = config;
        this.loop = loop;
        this.port = port;
        this.platform = platform;
        this.observer = observer;
        this.claim = new AddressClaim(config.id(), config.resources(), config.addressLease(), config.virtualMac());
        this.along = new AnnouncementsAlong(turns, port.announcementShare(), claim);
        this.addresses = new AddressOperations(platform.addresses(), claim, loop, this::feed);
        this.advertiser = new Advertiser(config);
        this.arrivals = new ArrivalCheck(config);
        this.machine = new RouterMachine(config);
        this.ahead = new AdvertisementsAhead(machine, loop, graces, this::drive);
        this.timer = new RouterTimer(loop, machine, ahead, this::onTimer, beforeTakeover);
        this.failures = new SendFailures(config, counters, this::report);
        this.announcements = new AnnouncementRounds(turns, failures);
        this.stepNanos = loop.nanoTime();
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
        Duration delay = config.delayAfterBoot();
        Duration left =
                delay.isZero() ? delay : platform.uptime().map(delay::minus).orElse(Duration.ZERO);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Leaves the election. Completes when nothing is held, being set or being removed. */
    CompletableFuture<Void> stop() {
        stopped = true;
        feed(new Input.Stopped());
        return atRest;
    }

    /** Ends it. After a stall the timer that would have told the listener may be as late as the end of the wait. */
    void unregister() {
        feed(TIME_PASSED);
        timer.cancel();
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

    void onMessage(InetAddress source, InetAddress destination, int hopLimit, ByteBuffer message, long agoNanos) {
        Decoded decoded = arrivals.decode(message, source, destination, hopLimit);
        if (decoded instanceof ReceivedAdvertisement received) {
            advertiser.onHeard(source, received.checksumForm());
            arrivals.notLinkLocal(received)
                    .ifPresent(first -> report(new VrrpEvent.NotLinkLocal(config.id(), source, first)));
            feed(arrivals.heard(received, agoNanos));
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
        drive();
    }

    /** Goes through what has been sent ahead and through the inputs. */
    private void drive() {
        if (stepping) {
            return;
        }
        stepping = true;
        try {
            catchUp();
            for (Input next = next(); next != null; next = next()) {
                step(next);
            }
        } finally {
            stepping = false;
        }
        along.onHeld(stepNanos, machine.addressesHeld());
        ahead.extend(config, advertiser, port.channel(), !failures.ofAny());
        timer.set(stepNanos, config.advertisementInterval());
        board.publish();
        handOvers.proceed();
        follower.run();
        if (stopped && machine.isAtRest()) {
            atRest.complete(null);
        }
    }

    private Input next() {
        if (inputs.isEmpty() && ahead.isOverdue()) {
            drainIfLate(machine.upcomingNanos());
            inputs.add(TIME_PASSED);
        }
        return inputs.poll();
    }

    private void step(Input input) {
        counters.told(input);
        if (input instanceof Input.Reconfigured reconfigured) {
            onReconfigured(reconfigured.config());
        }
        catchUp();
        step(loop.nanoTime() - arrivals.agoNanos(input), input, false);
    }

    /** The machine learns of what was sent ahead before it learns of anything else, as if it had said it in time. */
    private void catchUp() {
        while (ahead.hasSent()) {
            step(ahead.takeSent(), TIME_PASSED, true);
        }
    }

    private void step(long nanos, Input input, boolean sent) {
        // what was sent ahead may be told a little later than something else
        stepNanos = nanos - stepNanos < 0 ? stepNanos : nanos;
        Advertisement due =
                input == TIME_PASSED && stepNanos - machine.upcomingNanos() >= 0 ? machine.upcoming() : null;
        List<Effect> effects = machine.step(stepNanos, input);
        int untold = ahead.review(port.channel());
        sentAhead = sent || untold > 0 ? due : null;
        journal.add(stepNanos, input, machine.role(), machine.cause());
        // by number: this runs for each packet, and an iterator would be garbage
        for (int i = 0; i < effects.size(); i++) {
            try {
                effects.get(i).dispatch(this);
            } catch (RuntimeException e) {
                EventLog.effectFailed(name(), effects.get(i), e);
            }
        }
        sentAhead = null;
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
        port.tellFaults(this);
    }

    /** What may be done early is done as of its own time, so that the machine keeps to its intervals. */
    private void onTimer() {
        if (loop.nanoTime() - timer.dueNanos() < 0) {
            stepNanos = timer.dueNanos();
        } else {
            drainIfLate(timer.dueNanos());
        }
        feed(TIME_PASSED);
    }

    private void drainIfLate(long dueNanos) {
        if (loop.nanoTime() - dueNanos > LATE_NANOS) {
            port.drain();
        }
    }

    @Override
    public void sendAdvertisement(Advertisement advertisement) {
        AdvertisementChannel channel = port.channel();
        if (channel == null) {
            return;
        }
        if (advertisement == sentAhead) {
            sentAhead = null;
            failures.onReached(advertisement, null);
            return;
        }
        int reached = advertiser.send(channel, advertisement, role() == Role.MASTER);
        IOException failure = advertiser.failure();
        if (reached == 0) {
            failures.onNobodyReached(failure);
            feed(new Input.SendFailed());
        } else if (failures.onReached(advertisement, failure)) {
            feed(new Input.SendRecovered());
        }
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
        if (!failures.ofAdvertisements()) {
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
        if (!failures.ofAdvertisements()) {
            along.announce(stepNanos, failures);
        }
    }

    @Override
    public void announceInterfaces() {
        announcements.beginSome(claim, InterfaceAddresses.of(config, claim));
    }

    @Override
    public void tellRoleChange(Effect.TellRoleChange change) {
        if (change.to() == Role.MASTER) {
            counters.becameMaster.increment();
        }
        observer.onRoleChange(board.onRoleChange(change, loop.wallTime()));
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
