package org.vrrp4j.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import org.vrrp4j.bfd.BfdEffect;
import org.vrrp4j.bfd.BfdInput;
import org.vrrp4j.bfd.BfdMachine;
import org.vrrp4j.bfd.ControlPacket;
import org.vrrp4j.bfd.ControlPacketCodec;
import org.vrrp4j.config.BfdPath;
import org.vrrp4j.config.BfdTracker;
import org.vrrp4j.model.BfdRejectionReason;
import org.vrrp4j.model.BfdState;
import org.vrrp4j.model.BfdStatus;
import org.vrrp4j.spi.BfdTransport;
import org.vrrp4j.spi.EventLoop;

/** Runs one {@link BfdMachine} for all that follow it. On the loop's thread, but for {@link #status()}. */
final class BfdSession {
    private final EventLoop loop;
    private final BfdMachine machine;
    private final BfdTransport.Way way;
    private final EventLoop.Timer timer;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(ControlPacketCodec.BYTES);
    private final List<Follower> followers = new ArrayList<>();
    private final LongAdder sent = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder sendFailures = new LongAdder();
    private final LongAdder timesUp = new LongAdder();
    private final Counters.EnumCounter<BfdRejectionReason> rejections =
            new Counters.EnumCounter<>(BfdRejectionReason.class);
    private BfdTracker tracker;
    private Instant since;
    private boolean sendFails;
    private String detail = "it has not come up yet";
    private volatile BfdStatus published;

    /** Who follows it, and what he asked for. */
    record Follower(BfdTracker tracker, Listener listener) {}

    /** Hears how the session is. */
    @FunctionalInterface
    interface Listener {
        void onSession(boolean up, String detail);
    }

    BfdSession(EventLoop loop, BfdTracker tracker, BfdTransport.Way way, int discriminator, DoubleSupplier random) {
        this.loop = loop;
        this.tracker = tracker;
        this.way = way;
        this.machine = new BfdMachine(tracker.timers(), tracker.passive(), discriminator, random);
        this.timer = loop.newTimer(() -> feed(new BfdInput.TimePassed()));
        this.since = loop.wallTime();
        publish();
    }

    BfdPath path() {
        return tracker.path();
    }

    int discriminator() {
        return machine.discriminator();
    }

    /** From now on it goes by what this one asks for, who is told at once how it is. */
    void add(Follower follower) {
        followers.add(follower);
        use(follower.tracker());
        feed(new BfdInput.Started());
        follower.listener().onSession(machine.state() == BfdState.UP, detail);
    }

    /** From now on it goes by what the last of the others asks for; answers whether there is one. */
    boolean remove(Follower follower) {
        followers.remove(follower);
        if (!followers.isEmpty()) {
            use(followers.get(followers.size() - 1).tracker());
        }
        return !followers.isEmpty();
    }

    private void use(BfdTracker next) {
        if (!next.equals(tracker)) {
            tracker = next;
            feed(new BfdInput.Configured(next.timers(), next.passive()));
        }
    }

    /** Tells the neighbour that it ends. */
    void end() {
        feed(new BfdInput.Stopped());
        timer.cancel();
        way.close();
    }

    void onPacket(ControlPacket packet) {
        received.increment();
        feed(new BfdInput.PacketHeard(packet));
    }

    void onRejected(BfdRejectionReason reason) {
        rejections.increment(reason);
    }

    private void feed(BfdInput input) {
        for (BfdEffect effect : List.copyOf(machine.step(loop.nanoTime(), input))) {
            if (effect instanceof BfdEffect.Send send) {
                send(send.packet());
            } else if (effect instanceof BfdEffect.TellState change) {
                tell(change);
            }
        }
        publish();
        OptionalLong deadline = machine.nextDeadlineNanos();
        if (deadline.isPresent()) {
            timer.arm(deadline.getAsLong());
        } else {
            timer.cancel();
        }
    }

    private void send(ControlPacket packet) {
        ControlPacketCodec.encode(packet, buffer.clear());
        try {
            way.send(buffer.flip(), tracker.path().hopLimit());
            sent.increment();
            sendFails = false;
        } catch (IOException e) {
            sendFailures.increment();
            if (!sendFails) {
                EventLog.bfdSendFailed(published, e.getMessage());
            }
            sendFails = true;
        }
    }

    private void tell(BfdEffect.TellState change) {
        since = loop.wallTime();
        boolean up = change.to() == BfdState.UP;
        EventLog.bfdState(published, change);
        if (up) {
            timesUp.increment();
        }
        boolean news = up || change.from() == BfdState.UP;
        if (news) {
            detail = up ? "" : change.diagnostic().text();
            List.copyOf(followers).forEach(follower -> follower.listener().onSession(up, detail));
        }
    }

    private void publish() {
        BfdStatus last = published;
        boolean same = last != null
                && last.state() == machine.state()
                && last.diagnostic() == machine.diagnostic()
                && last.remoteState() == machine.neighborState()
                && last.remoteDiagnostic() == machine.neighborDiagnostic()
                && last.remoteDiscriminator() == machine.neighborDiscriminator()
                && last.transmitInterval().toNanos() == machine.transmitIntervalNanos()
                && last.detectionTime().toNanos() == machine.detectionNanos()
                && last.name().equals(tracker.name());
        if (!same) {
            published = snapshot();
        }
    }

    private BfdStatus snapshot() {
        return new BfdStatus(
                tracker.name(),
                tracker.path().neighbor(),
                machine.state(),
                since,
                machine.diagnostic(),
                machine.neighborState(),
                machine.neighborDiagnostic(),
                machine.discriminator(),
                machine.neighborDiscriminator(),
                Duration.ofNanos(machine.transmitIntervalNanos()),
                Duration.ofNanos(machine.detectionNanos()),
                sent.sum(),
                received.sum(),
                sendFailures.sum(),
                timesUp.sum(),
                rejections.snapshot());
    }

    /** The status of now, with counters. On any thread. */
    BfdStatus status() {
        BfdStatus status = published;
        return new BfdStatus(
                status.name(),
                status.neighbor(),
                status.state(),
                status.since(),
                status.diagnostic(),
                status.remoteState(),
                status.remoteDiagnostic(),
                status.localDiscriminator(),
                status.remoteDiscriminator(),
                status.transmitInterval(),
                status.detectionTime(),
                sent.sum(),
                received.sum(),
                sendFailures.sum(),
                timesUp.sum(),
                rejections.snapshot());
    }
}
