package org.vrrp4j.examples.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.vrrp4j.config.PauseGrace;
import org.vrrp4j.examples.bench.Figure.Unit;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.uring.UringAvailability;

/**
 * The master is lost, again and again, with a pause grace and without: when its peer takes over. Both pairs are on one
 * wire at the same time, and the tries alternate.
 */
final class Death implements Scenario {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SIGKILL = 9;
    private static final int SIGSTOP = 19;
    /** A master that has been silent for longer when it is lost was not heard already: that is the machine's doing. */
    private static final double MOST_SILENT_INTERVALS = 1.5;

    private static final String LIMIT = "takeover beyond the protocol's limit";

    private final Duration interval;
    private final Loss loss;

    /** How a master is lost. */
    enum Loss {
        KILL("the master's JVM gets SIGKILL"),
        STOP("the master's JVM gets SIGSTOP"),
        LINK("the master's link is cut");

        private final String title;

        Loss(String title) {
            this.title = title;
        }

        /** Returns when that was asked for. */
        long happen(Pair pair) throws IOException, InterruptedException {
            int process = (int) pair.first().pid();
            long begin = Frames.now();
            if (this == LINK) {
                pair.firstHost().partition();
            } else {
                // without a command in between, whose start takes longer than an interval
                Libc.kill(process, this == KILL ? SIGKILL : SIGSTOP);
            }
            return begin;
        }

        void mend(Pair pair) throws IOException, InterruptedException {
            switch (this) {
                case KILL -> {
                    pair.first().awaitExit(PATIENCE);
                    pair.startFirst();
                }
                case STOP -> pair.first().signal("CONT");
                default -> pair.firstHost().heal();
            }
        }
    }

    /** A pair and what its figures begin with. */
    private record Half(Pair pair, String name, AtomicInteger leftOut) {}

    Death(Duration interval, Loss loss) {
        this.interval = interval;
        this.loss = loss;
    }

    @Override
    public String name() {
        return "death-" + loss.name().toLowerCase(Locale.ROOT) + "-" + interval.toMillis() + "ms";
    }

    @Override
    public String title() {
        return loss.title + ", advertisements every " + interval.toMillis() + " ms";
    }

    @Override
    public void run(Session session) throws IOException, InterruptedException {
        UringAvailability.unavailability()
                .ifPresent(cause -> session.note(name() + ": nothing is sent ahead: " + cause));
        try (Wire wire = Wire.open()) {
            List<Half> halves = new ArrayList<>(List.of(
                    half(wire, 51, PauseGrace.DEFAULT, "with a pause grace: "),
                    half(wire, 52, PauseGrace.NONE, "without: ")));
            List<Half> inOrder = List.copyOf(halves);
            wire.capture("ip proto 112");
            for (Half half : halves) {
                half.pair().startFirst();
                half.pair().awaitSettled();
                half.pair().startSecond();
                half.pair().awaitBackup();
            }
            int times = session.amount(50, 1);
            for (int i = 1; i <= times; i++) {
                session.progress().say(name() + ": " + i + " of " + times);
                // what a process does when it is young is not part of it
                int least = session.amount(loss == Loss.KILL ? 3000 : 500, 500);
                session.pause(least, least + 500);
                for (Half half : halves) {
                    half.pair().awaitSettled();
                    session.pause(100, 300);
                    measure(session, wire.frames(), half);
                }
                for (Half half : halves) {
                    loss.mend(half.pair());
                }
                Collections.reverse(halves);
            }
            inOrder.forEach(half -> tell(session, half));
        }
    }

    private void tell(Session session, Half half) {
        Figure beyond = session.figure(this, half.name() + LIMIT, Unit.MILLISECONDS);
        String counted =
                beyond.has(Contender.VRRP4J) ? LIMIT + ": " + beyond.distribution(Contender.VRRP4J) : "no try counts";
        session.note(name() + ", " + half.name() + counted + "; left out, as the master was silent already: "
                + half.leftOut());
    }

    private Half half(Wire wire, int vrid, PauseGrace grace, String name) throws IOException {
        String millis = Long.toString(grace.duration().toMillis());
        RouterSet routers = RouterSet.one(vrid, 0, interval);
        return new Half(
                new Pair(Contender.VRRP4J, "v" + vrid, wire, routers, "--pause-grace", millis),
                name,
                new AtomicInteger());
    }

    private void measure(Session session, Frames frames, Half half) throws IOException, InterruptedException {
        Pair pair = half.pair();
        long begin = loss.happen(pair);
        Frame taken = frames.await(half.name() + "taken over", begin, pair.isSecondsAdvertisement(), PATIENCE);
        Frame last = frames.last(pair.isFirstsAdvertisement().and(frame -> frame.micros() < taken.micros()))
                .orElseThrow(() -> new IOException(half.name() + "never advertised"));
        double limit = pair.secondRouters().masterDown().toNanos() / 1e6;
        double beyond = (taken.micros() - last.micros()) / 1e3 - limit;
        double sinceLast = (begin - last.micros()) / 1e3;
        boolean disturbed = beyond < 0 || sinceLast > MOST_SILENT_INTERVALS * interval.toMillis();
        if (disturbed) {
            half.leftOut().incrementAndGet();
            return;
        }
        session.figure(this, half.name() + LIMIT, Unit.MILLISECONDS).add(Contender.VRRP4J, beyond);
        if (loss != Loss.LINK) {
            session.figure(this, half.name() + "from the signal to the takeover", Unit.MILLISECONDS)
                    .add(Contender.VRRP4J, (taken.micros() - begin) / 1e3);
            session.figure(this, half.name() + "last advertisement after the signal", Unit.MILLISECONDS)
                    .add(Contender.VRRP4J, Math.max(0, -sinceLast));
        }
    }
}
