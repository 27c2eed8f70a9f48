package org.vrrp4j.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.HandOverResult;
import org.vrrp4j.model.HandOverResult.Outcome;
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
import org.vrrp4j.spi.AddressListener;
import org.vrrp4j.spi.AdvertisementChannel;
import org.vrrp4j.spi.Announcer;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.Platform;

/**
 * Runs one {@link RouterMachine}: inputs are queued and taken one at a time, so that what an effect causes at once
 * comes after the effects before it. On the loop's thread, but for {@link #status()}.
 */
final class RouterRuntime implements Effect.Handler, AddressListener {
    /** A timer this late may have been overtaken by packets that nobody has read yet. */
    private static final long LATE_NANOS = 2_000_000L;

    private static final Input TIME_PASSED = new Input.TimePassed();

    private volatile RouterConfig config;
    private final EventLoop loop;
    private final InterfacePort port;
    private final Announcer announcer;
    private final AddressOperations addresses;
    private final RouterObserver observer;
    private final Advertiser advertiser;
    private ArrivalCheck arrivals;
    private AddressClaim claim;
    final RouterMachine machine;
    final Counters counters = new Counters();
    private final StatusBoard board;
    final Journal journal;
    private final RejectionReports reports = new RejectionReports();
    private final Queue<Input> inputs = new ArrayDeque<>();
    private boolean stepping;
    private boolean stopped;
    private boolean sendFailing;
    private boolean peerFailing;
    private boolean announceFailing;
    private final List<CompletableFuture<HandOverResult>> handOvers = new ArrayList<>();
    private EventLoop.Scheduled scheduled;
    private long scheduledNanos;

    RouterRuntime(
            RouterConfig config,
            EventLoop loop,
            InterfacePort port,
            Platform platform,
            RouterObserver observer,
            int journalLimit) {
        this.config = config;
        this.loop = loop;
        this.port = port;
        this.announcer = platform.announcer();
        this.observer = observer;
        this.claim = new AddressClaim(config.id(), config.addresses(), config.addressLease());
        this.addresses = new AddressOperations(platform.addresses(), claim, loop, this::feed);
        this.advertiser = new Advertiser(config);
        this.arrivals = new ArrivalCheck(config);
        this.machine = new RouterMachine(config);
        this.journal = new Journal(config, journalLimit);
        this.board = new StatusBoard(config, machine, counters, loop.wallTime());
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

    boolean isAtRest() {
        return machine.isAtRest() && machine.role() == Role.INIT;
    }

    /** The status of now, with counters. On any thread. */
    RouterStatus status() {
        return board.status();
    }

    /** Joins the election once the host's addresses are known. */
    void start() {
        addresses.register(this);
    }

    void stop() {
        stopped = true;
        feed(new Input.Stopped());
    }

    /** Ends it. After a stall the timer that would have told the listener may be as late as the end of the wait. */
    void unregister() {
        feed(TIME_PASSED);
        if (scheduled != null) {
            scheduled.cancel();
        }
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

    /**
     * Gives the role to a peer. Completes when the addresses are gone and the peers told, or with the reason why not.
     *
     * @param forced even if no peer was ever heard
     */
    CompletionStage<HandOverResult> handOver(boolean forced) {
        if (machine.role() != Role.MASTER) {
            return CompletableFuture.completedFuture(handOverResult(Outcome.NOT_MASTER));
        }
        if (!forced && !machine.hasHeardPeer()) {
            return CompletableFuture.completedFuture(handOverResult(Outcome.NO_PEER_HEARD));
        }
        CompletableFuture<HandOverResult> done = new CompletableFuture<>();
        handOvers.add(done);
        feed(new Input.HandedOver());
        return done;
    }

    private HandOverResult handOverResult(Outcome outcome) {
        return new HandOverResult(config.id(), config.name(), outcome);
    }

    private void completeHandOvers() {
        if (!handOvers.isEmpty() && !machine.isLeaving()) {
            handOvers.forEach(done -> done.complete(handOverResult(Outcome.DONE)));
            handOvers.clear();
        }
    }

    void onChannelOpened(InetAddress source) {
        feed(new Input.SourceChanged(advertiser.from(source)));
    }

    void onFaultRaised(Fault fault, String detail) {
        feed(new Input.FaultRaised(fault, detail));
    }

    void onFaultCleared(Fault fault) {
        feed(new Input.FaultCleared(fault));
    }

    void onMessage(InetAddress source, InetAddress destination, int hopLimit, ByteBuffer message) {
        Decoded decoded = arrivals.decode(message, source, destination, hopLimit);
        if (decoded instanceof ReceivedAdvertisement received) {
            arrivals.notLinkLocal(received)
                    .ifPresent(first -> report(new VrrpEvent.NotLinkLocal(config.id(), source, first)));
            feed(new Input.AdvertisementHeard(received));
        } else {
            rejectPacket(source, (PacketRejection) decoded);
        }
    }

    @Override
    public void onForeignAddress(VirtualAddress address, String where) {
        feed(new Input.FaultRaised(Fault.FOREIGN_ADDRESS, address + " " + where));
    }

    @Override
    public void onForeignAddressGone() {
        feed(new Input.FaultCleared(Fault.FOREIGN_ADDRESS));
    }

    @Override
    public void onAddressLost(VirtualAddress address) {
        feed(new Input.AddressVanished(address.address()));
    }

    private void feed(Input input) {
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
        schedule();
        board.publish();
        completeHandOvers();
    }

    private void step(Input input) {
        if (input instanceof Input.AdvertisementHeard heard) {
            count(heard.received());
        } else if (input instanceof Input.Reconfigured reconfigured) {
            onReconfigured(reconfigured.config());
        }
        long now = loop.nanoTime();
        List<Effect> effects = machine.step(now, input);
        journal.add(now, input, machine.role(), machine.cause());
        for (Effect effect : effects) {
            try {
                effect.dispatch(this);
            } catch (RuntimeException e) {
                EventLog.effectFailed(name(), effect, e);
            }
        }
    }

    private void onReconfigured(RouterConfig next) {
        config = next;
        board.configure(next);
        arrivals = new ArrivalCheck(next);
        InetAddress source = advertiser.configure(next);
        if (source != null) {
            inputs.add(new Input.SourceChanged(source));
        }
    }

    private void count(ReceivedAdvertisement received) {
        counters.advertisementsReceived.increment();
        if (received.advertisement().isRelease()) {
            counters.releasesReceived.increment();
        }
        counters.checksumForm(received.checksumForm());
    }

    /** Leaves an earlier timer running: when it fires too early, it finds the new deadline. */
    private void schedule() {
        OptionalLong next = machine.nextDeadlineNanos();
        if (next.isEmpty()) {
            return;
        }
        long deadline = next.getAsLong();
        if (scheduled != null && scheduledNanos - deadline <= 0) {
            return;
        }
        if (scheduled != null) {
            scheduled.cancel();
        }
        scheduledNanos = deadline;
        scheduled = loop.schedule(deadline, this::onTimer);
    }

    private void onTimer() {
        scheduled = null;
        AdvertisementChannel channel = port.channel();
        if (channel != null && loop.nanoTime() - scheduledNanos > LATE_NANOS) {
            channel.drain();
        }
        feed(TIME_PASSED);
    }

    @Override
    public void sendAdvertisement(Advertisement advertisement) {
        AdvertisementChannel channel = port.channel();
        if (channel == null) {
            return;
        }
        Advertiser.Outcome outcome = advertiser.send(channel, advertisement);
        if (outcome.reached() == 0) {
            sendFailing = onSendFailed("an advertisement", outcome.failure(), sendFailing);
            feed(new Input.SendFailed());
            return;
        }
        counters.advertisementsSent.increment();
        if (advertisement.isRelease()) {
            counters.releasesSent.increment();
        }
        peerFailing = outcome.failure() != null
                && onSendFailed("an advertisement to one of several peers", outcome.failure(), peerFailing);
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
        addresses.acquire();
    }

    @Override
    public void changeAddresses(Effect.ChangeAddresses change) {
        claim = new AddressClaim(config.id(), change.addresses(), change.lease());
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
        addresses.release(error -> report(new VrrpEvent.ReleaseFailed(config.id(), error)));
    }

    @Override
    public void announce() {
        try {
            counters.announcements.add(announcer.announce(claim));
            announceFailing = false;
        } catch (IOException e) {
            announceFailing = onSendFailed("an announcement", e, announceFailing);
        }
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
                board.onRoleChange(since));
        EventLog.roleChange(roleChange);
        observer.onRoleChange(roleChange);
    }

    @Override
    public void report(VrrpEvent event) {
        if (event instanceof VrrpEvent.Stall) {
            counters.stalls.increment();
        }
        EventLog.event(config.name(), event);
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
