package org.vrrp4j.bfd;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.DoubleSupplier;
import org.vrrp4j.config.BfdTimers;
import org.vrrp4j.model.BfdDiagnostic;
import org.vrrp4j.model.BfdState;

/**
 * One BFD session in asynchronous mode (RFC 5880, 6.8).
 *
 * <ul>
 *   <li>AdminDown to: Down when started.
 *   <li>Down to: Init when the neighbour says Down; Up when it says Init.
 *   <li>Init to: Up when the neighbour says Init or Up; Down when it says AdminDown, or nothing for the detection time.
 *   <li>Up to: Down when the neighbour says Down or AdminDown, or nothing for the detection time.
 *   <li>Any to: AdminDown when stopped.
 * </ul>
 *
 * <p>Packets are sent periodically, at once when there is something new to say, and in answer to each poll. While the
 * session is not Up they are at least a second apart. A change of an interval while Up is told by a poll sequence; what
 * could let the neighbour or us give up too early takes effect when that has been answered (6.8.3).
 *
 * <p>Not safe for several threads.
 */
public final class BfdMachine {
    private static final long NANOS_PER_MICRO = 1000;

    private final List<BfdEffect> effects = new ArrayList<>();
    private final List<BfdEffect> effectsView = Collections.unmodifiableList(effects);
    private final int discriminator;
    private final Neighbor neighbor = new Neighbor();
    private final Transmission transmission;
    private BfdTimers timers;
    private boolean passive;
    private BfdState state = BfdState.ADMIN_DOWN;
    private BfdDiagnostic diagnostic = BfdDiagnostic.NONE;
    private ControlPacket lastSent;
    private boolean polling;
    /** Something has changed since the poll began: its answer may be one to what was said before. */
    private boolean pollAgain;

    /** The longest of our intervals that the neighbour may still go by. */
    private long oldRequiredMinRxNanos;
    /** The shortest of our intervals that the neighbour may still go by. */
    private long oldDesiredMinTxNanos = Long.MAX_VALUE;

    /**
     * A session that has not been started.
     *
     * @param timers how often packets come
     * @param passive whether nothing is sent while the neighbour is not heard
     * @param discriminator what the neighbour is to call the session: not 0, and unique among those of this host
     * @param random numbers from 0 to less than 1, for the jitter
     * @throws IllegalArgumentException if the discriminator is 0
     */
    public BfdMachine(BfdTimers timers, boolean passive, int discriminator, DoubleSupplier random) {
        if (discriminator == 0) {
            throw new IllegalArgumentException("discriminator must not be 0: discriminator=0");
        }
        this.timers = timers;
        this.passive = passive;
        this.discriminator = discriminator;
        this.transmission = new Transmission(random);
    }

    /**
     * Takes one input.
     *
     * @param nowNanos the time, never less than before
     * @param input what happened
     * @return what is to be done, in this order; valid until the next call
     */
    public List<BfdEffect> step(long nowNanos, BfdInput input) {
        effects.clear();
        if (input instanceof BfdInput.Started) {
            start(nowNanos);
        } else if (input instanceof BfdInput.Configured configured) {
            configure(nowNanos, configured);
        } else if (state == BfdState.ADMIN_DOWN) {
            return effectsView;
        } else if (input instanceof BfdInput.PacketHeard heard) {
            onPacket(nowNanos, heard.packet());
        } else if (input instanceof BfdInput.TimePassed) {
            onTimePassed(nowNanos);
        } else if (input instanceof BfdInput.Stopped) {
            stop(nowNanos);
        }
        return effectsView;
    }

    private void start(long now) {
        if (state == BfdState.ADMIN_DOWN) {
            become(BfdState.DOWN, BfdDiagnostic.NONE);
            say(now);
        }
    }

    private void stop(long now) {
        become(BfdState.ADMIN_DOWN, BfdDiagnostic.ADMINISTRATIVELY_DOWN);
        say(now);
        transmission.cease();
        neighbor.onSilent();
    }

    private void configure(long now, BfdInput.Configured configured) {
        long requiredBefore = timers.requiredMinRx().toNanos();
        long desiredBefore = desiredMinTxNanos();
        timers = configured.timers();
        passive = configured.passive();
        if (timers.requiredMinRx().toNanos() != requiredBefore || desiredMinTxNanos() != desiredBefore) {
            poll(requiredBefore, desiredBefore);
        }
        if (state != BfdState.ADMIN_DOWN) {
            say(now);
        }
    }

    private void onTimePassed(long now) {
        OptionalLong silent = neighbor.silentNanos(requiredMinRxInForceNanos());
        if (silent.isPresent() && now - silent.getAsLong() >= 0) {
            neighbor.onSilent();
            if (state != BfdState.DOWN) {
                become(BfdState.DOWN, BfdDiagnostic.DETECTION_TIME_EXPIRED);
            }
            say(now);
        }
        if (transmission.isDue(now)) {
            send(now, packet().with(polling, false));
        }
    }

    /** The order is that of RFC 5880, 6.8.6. */
    private void onPacket(long now, ControlPacket packet) {
        neighbor.onHeard(now, packet);
        if (packet.isFinal() && polling) {
            onPollAnswered();
        }
        if (packet.state() == BfdState.ADMIN_DOWN) {
            if (state != BfdState.DOWN) {
                become(BfdState.DOWN, BfdDiagnostic.NEIGHBOR_SIGNALED_DOWN);
            }
        } else if (state == BfdState.DOWN) {
            if (packet.state() == BfdState.DOWN) {
                become(BfdState.INIT, BfdDiagnostic.NONE);
            } else if (packet.state() == BfdState.INIT) {
                become(BfdState.UP, BfdDiagnostic.NONE);
            }
        } else if (state == BfdState.INIT) {
            if (packet.state() != BfdState.DOWN) {
                become(BfdState.UP, BfdDiagnostic.NONE);
            }
        } else if (packet.state() == BfdState.DOWN) {
            become(BfdState.DOWN, BfdDiagnostic.NEIGHBOR_SIGNALED_DOWN);
        }
        if (packet.poll()) {
            send(now, packet().with(false, true));
        }
        say(now);
    }

    private void become(BfdState next, BfdDiagnostic why) {
        BfdState before = state;
        long desiredBefore = desiredMinTxNanos();
        state = next;
        diagnostic = why;
        polling = false;
        pollAgain = false;
        forgetOld();
        if (next == BfdState.UP && desiredMinTxNanos() != desiredBefore) {
            poll(timers.requiredMinRx().toNanos(), desiredBefore);
        }
        effects.add(new BfdEffect.TellState(before, next, why));
    }

    /** Only while Up does it matter when the neighbour learns it. */
    private void poll(long requiredBefore, long desiredBefore) {
        if (state == BfdState.UP) {
            pollAgain = polling;
            polling = true;
            lastSent = null;
            oldRequiredMinRxNanos = Math.max(oldRequiredMinRxNanos, requiredBefore);
            oldDesiredMinTxNanos = Math.min(oldDesiredMinTxNanos, desiredBefore);
        }
    }

    private void onPollAnswered() {
        polling = pollAgain;
        if (pollAgain) {
            lastSent = null;
            pollAgain = false;
        } else {
            forgetOld();
        }
    }

    private void forgetOld() {
        oldRequiredMinRxNanos = 0;
        oldDesiredMinTxNanos = Long.MAX_VALUE;
    }

    /** Arranges what is sent from now on, and says at once what the neighbour has not been told yet. */
    private void say(long now) {
        boolean mute = neighbor.requiredMinRxNanos() == 0
                || passive && !neighbor.isHeard()
                || neighbor.demand() && state == BfdState.UP && neighbor.state() == BfdState.UP && !polling;
        if (mute) {
            transmission.cease();
            return;
        }
        transmission.every(
                now, Math.max(desiredMinTxInForceNanos(), neighbor.requiredMinRxNanos()), timers.multiplier());
        if (!packet().equals(lastSent)) {
            send(now, packet().with(polling, false));
        }
    }

    private void send(long now, ControlPacket packet) {
        lastSent = packet.with(false, false);
        transmission.onSent(now);
        effectsBeforeNews(new BfdEffect.Send(packet));
    }

    /** The neighbour hears of a change before those who follow the session: its address may depend on it. */
    private void effectsBeforeNews(BfdEffect.Send send) {
        int end = effects.size();
        boolean news = end > 0 && effects.get(end - 1) instanceof BfdEffect.TellState;
        effects.add(news ? end - 1 : end, send);
    }

    private ControlPacket packet() {
        return new ControlPacket(
                diagnostic,
                state,
                false,
                false,
                false,
                false,
                timers.multiplier(),
                discriminator,
                neighbor.discriminator(),
                desiredMinTxNanos() / NANOS_PER_MICRO,
                timers.requiredMinRx().toNanos() / NANOS_PER_MICRO,
                0);
    }

    private long desiredMinTxNanos() {
        long desired = timers.desiredMinTx().toNanos();
        return state == BfdState.UP
                ? desired
                : Math.max(desired, timers.idleTx().toNanos());
    }

    private long desiredMinTxInForceNanos() {
        return Math.min(desiredMinTxNanos(), oldDesiredMinTxNanos);
    }

    private long requiredMinRxInForceNanos() {
        return Math.max(timers.requiredMinRx().toNanos(), oldRequiredMinRxNanos);
    }

    /** When {@link BfdInput.TimePassed} is next wanted. */
    public OptionalLong nextDeadlineNanos() {
        if (state == BfdState.ADMIN_DOWN) {
            return OptionalLong.empty();
        }
        OptionalLong due = transmission.dueNanos();
        OptionalLong silent = neighbor.silentNanos(requiredMinRxInForceNanos());
        if (due.isEmpty() || silent.isEmpty()) {
            return due.isPresent() ? due : silent;
        }
        return due.getAsLong() - silent.getAsLong() <= 0 ? due : silent;
    }

    /** The state of the session. */
    public BfdState state() {
        return state;
    }

    /** Why it is in this state. */
    public BfdDiagnostic diagnostic() {
        return diagnostic;
    }

    /** What the neighbour calls the session. */
    public int discriminator() {
        return discriminator;
    }

    /** The state that the neighbour last reported; Down if it is not heard. */
    public BfdState neighborState() {
        return neighbor.state();
    }

    /** Why the neighbour's session is in its state. */
    public BfdDiagnostic neighborDiagnostic() {
        return neighbor.diagnostic();
    }

    /** What the neighbour calls itself; 0 if it is not heard. */
    public int neighborDiscriminator() {
        return neighbor.discriminator();
    }

    /** The longest time between two packets of ours; 0 while none is sent. */
    public long transmitIntervalNanos() {
        return transmission.intervalNanos();
    }

    /** After which time without a packet the session is down; 0 while the neighbour is not heard. */
    public long detectionNanos() {
        return neighbor.detectionNanos(requiredMinRxInForceNanos());
    }
}
