package org.vrrp4j.examples.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.vrrp4j.examples.bench.Figure.Unit;
import org.vrrp4j.linux.lab.LabHost;

/**
 * The link of the master is cut, again and again; after each cut it is mended, and the former master takes its address
 * back. A client asks the address all the time, if it is to.
 */
final class Takeover implements Scenario {
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(2);
    private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(12);
    private static final long BEFORE_EVENT_MICROS = 100_000;

    private final Duration interval;
    private final boolean probed;

    Takeover(Duration interval, boolean probed) {
        this.interval = interval;
        this.probed = probed;
    }

    @Override
    public String name() {
        return "takeover-" + interval.toMillis() + "ms";
    }

    @Override
    public String title() {
        return "the master's link is cut and mended, advertisements every " + interval.toMillis() + " ms";
    }

    @Override
    public void run(Session session) throws IOException, InterruptedException {
        try (Wire wire = Wire.open()) {
            List<Pair> pairs = Pair.ofAll(session, wire, interval);
            for (Pair pair : pairs) {
                pair.startFirst();
                pair.awaitSettled();
                pair.startSecond();
            }
            for (Pair pair : pairs) {
                pair.awaitBackup();
                pair.awaitSettled();
            }
            if (probed) {
                wire.probe(
                        PROBE_INTERVAL,
                        pairs.stream()
                                .map(pair -> pair.secondRouters().firstAddress())
                                .toList());
            }
            Thread.sleep(session.amount(2000, 300));
            int cuts = session.amount(probed ? 25 : 40, 1);
            for (int i = 1; i <= cuts; i++) {
                session.progress().say(name() + ": cut " + i + " of " + cuts);
                for (Pair pair : pairs) {
                    cutAndMend(session, wire, pair);
                }
            }
        }
    }

    private void cutAndMend(Session session, Wire wire, Pair pair) throws IOException, InterruptedException {
        Contender contender = pair.contender();
        LabHost host = pair.firstHost();
        pair.awaitSettled();
        session.pause(100, 300);
        long cut = Frames.now();
        host.partition();
        Pair.TakeOver takeOver = pair.awaitTakeOver(cut);
        pair.addFigures(session, this, takeOver);
        session.pause(300, 500);
        long mended = Frames.now();
        host.heal();
        if (probed) {
            session.figure(this, "client outage at a cut", Unit.MILLISECONDS)
                    .add(contender, outage(session, wire.frames(), pair, cut, mended, "link cut"));
            awaitAnswers(wire.frames(), pair, mended);
            session.figure(this, "client outage when the link is mended", Unit.MILLISECONDS)
                    .add(contender, outage(session, wire.frames(), pair, mended, Frames.now(), "link mended"));
        }
    }

    /** Until the first has answered, or for so long that it does not matter any more. */
    private static void awaitAnswers(Frames frames, Pair pair, long since) throws IOException, InterruptedException {
        Frame answer = frames.await(
                pair.contender().label() + " answers a client again", since, pair.isFirstsReply(), LONGEST_OUTAGE);
        frames.await("answers", answer.micros() + BEFORE_EVENT_MICROS, pair.isReply(), LONGEST_OUTAGE);
    }

    /** The longest time without an answer around an event, beyond the time between two questions. */
    private double outage(Session session, Frames frames, Pair pair, long event, long until, String what) {
        List<Frame> replies = frames.since(event - BEFORE_EVENT_MICROS, pair.isReply()).stream()
                .filter(frame -> frame.micros() <= until)
                .toList();
        double longest = 0;
        double from = 0;
        for (int i = 1; i < replies.size(); i++) {
            long gap = replies.get(i).micros() - replies.get(i - 1).micros();
            if (gap > longest) {
                longest = gap;
                from = (replies.get(i - 1).micros() - event) / 1e3;
            }
        }
        boolean firstSucceeds = what.contains("mended");
        session.add(new Outage(
                pair.contender(),
                what,
                replies.stream().map(frame -> (frame.micros() - event) / 1e3).toList(),
                replies.stream()
                        .map(frame -> firstSucceeds == pair.isFirstsReply().test(frame))
                        .toList(),
                from,
                from + longest / 1e3));
        return Math.max(0, longest / 1e3 - PROBE_INTERVAL.toMillis());
    }
}
