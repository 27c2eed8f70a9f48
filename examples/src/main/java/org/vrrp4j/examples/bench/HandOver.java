package org.vrrp4j.examples.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.vrrp4j.examples.bench.Figure.Unit;
import org.vrrp4j.examples.bench.Frame.Kind;

/** The master is asked to end (SIGTERM) and says goodbye with priority 0; then it is started again. */
final class HandOver implements Scenario {
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "hand-over";
    }

    @Override
    public String title() {
        return "the master is asked to end, advertisements every " + INTERVAL.toMillis() + " ms";
    }

    @Override
    public void run(Session session) throws IOException, InterruptedException {
        try (Wire wire = Wire.open()) {
            List<Pair> pairs = Pair.ofAll(session, wire, INTERVAL);
            for (Pair pair : pairs) {
                pair.startSecond();
                pair.awaitBackup();
            }
            int times = session.amount(20, 1);
            for (int i = 1; i <= times; i++) {
                session.progress().say(name() + ": " + i + " of " + times);
                for (Pair pair : pairs) {
                    pair.startFirst();
                    pair.awaitSettled();
                    session.pause(200, 300);
                    handOver(session, wire.frames(), pair);
                }
            }
        }
    }

    private void handOver(Session session, Frames frames, Pair pair) throws IOException, InterruptedException {
        int vrid = pair.secondRouters().firstVrid();
        Predicate<Frame> isGoodbye =
                frame -> frame.kind() == Kind.ADVERTISEMENT && frame.number() == vrid && frame.priority() == 0;
        long asked = Frames.now();
        pair.first().signal("TERM");
        Frame goodbye = frames.await(pair.contender().label() + " says goodbye", asked, isGoodbye, PATIENCE);
        Frame begin = frames.await(
                pair.contender().label() + " succeeds", goodbye.micros(), pair.isSecondsAdvertisement(), PATIENCE);
        double took = (begin.micros() - goodbye.micros()) / 1e3;
        session.figure(this, "hand-over beyond the skew", Unit.MILLISECONDS)
                .add(pair.contender(), took - pair.secondRouters().skew().toNanos() / 1e6);
        pair.first().awaitExit(PATIENCE);
    }
}
