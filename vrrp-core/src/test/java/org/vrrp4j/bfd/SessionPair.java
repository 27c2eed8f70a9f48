package org.vrrp4j.bfd;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.vrrp4j.config.BfdTimers;

/** Two sessions with a wire between them that takes a while, and may be cut in either direction. */
final class SessionPair {
    static final long MILLI = 1_000_000;
    static final long SECOND = 1000 * MILLI;

    final Side a;
    final Side b;
    long now = 7 * SECOND;
    long delayNanos = MILLI / 10;

    private final List<Flight> flights = new ArrayList<>();

    /** A packet on the wire. */
    private record Flight(long arrival, Side to, ControlPacket packet) {}

    /** A packet that was sent. */
    record Sent(long time, ControlPacket packet) {}

    /** A change of state. */
    record Told(long time, BfdEffect.TellState change) {}

    /** One end. */
    final class Side {
        final BfdMachine machine;
        final List<Sent> sent = new ArrayList<>();
        final List<Told> told = new ArrayList<>();
        long lastHeard;
        boolean cut;
        private Side other;

        Side(BfdTimers timers, boolean passive, int discriminator) {
            SplittableRandom random = new SplittableRandom(discriminator);
            machine = new BfdMachine(timers, passive, discriminator, random::nextDouble);
        }

        void feed(BfdInput input) {
            for (BfdEffect effect : machine.step(now, input)) {
                if (effect instanceof BfdEffect.Send send) {
                    sent.add(new Sent(now, send.packet()));
                    if (!cut) {
                        flights.add(new Flight(now + delayNanos, other, send.packet()));
                    }
                } else if (effect instanceof BfdEffect.TellState change) {
                    told.add(new Told(now, change));
                }
            }
        }

        /** The packets that were sent from a time on. */
        List<Sent> sentFrom(long time) {
            return sent.stream().filter(one -> one.time() >= time).toList();
        }

        Told lastTold() {
            return told.get(told.size() - 1);
        }
    }

    SessionPair(BfdTimers ofA, boolean passiveA, BfdTimers ofB, boolean passiveB) {
        a = new Side(ofA, passiveA, 0xa1);
        b = new Side(ofB, passiveB, 0xb2);
        a.other = b;
        b.other = a;
    }

    static SessionPair of(BfdTimers timers) {
        return new SessionPair(timers, false, timers, false);
    }

    SessionPair start() {
        a.feed(new BfdInput.Started());
        b.feed(new BfdInput.Started());
        return this;
    }

    /** Lets time pass, in the order of what is due; packets go before timers, as on a loop. */
    void run(long nanos) {
        long end = now + nanos;
        while (step(end)) {
            // something was due
        }
        now = end;
    }

    private boolean step(long end) {
        Flight next = flights.stream()
                .min((x, y) -> Long.compare(x.arrival(), y.arrival()))
                .orElse(null);
        OptionalLong timerA = a.machine.nextDeadlineNanos();
        OptionalLong timerB = b.machine.nextDeadlineNanos();
        long timer = Math.min(timerA.orElse(Long.MAX_VALUE), timerB.orElse(Long.MAX_VALUE));
        if (next != null && next.arrival() <= Math.min(timer, end)) {
            flights.remove(next);
            now = Math.max(now, next.arrival());
            next.to().lastHeard = now;
            next.to().feed(new BfdInput.PacketHeard(next.packet()));
            return true;
        }
        if (timer <= end) {
            now = Math.max(now, timer);
            Side side = timerA.orElse(Long.MAX_VALUE) == timer ? a : b;
            side.feed(new BfdInput.TimePassed());
            return true;
        }
        return false;
    }
}
