package org.vrrp4j.examples.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.vrrp4j.examples.bench.Figure.Unit;

/** The master's link is cut while the backup is a process that was nothing but backup so far, a new one each time. */
final class FirstTakeover implements Scenario {
    private static final Duration INTERVAL = Duration.ofMillis(100);

    @Override
    public String name() {
        return "first-takeover";
    }

    @Override
    public String title() {
        return "the first takeover of a process that has only been backup, advertisements every " + INTERVAL.toMillis()
                + " ms";
    }

    @Override
    public void run(Session session) throws IOException, InterruptedException {
        try (Wire wire = Wire.open()) {
            List<Pair> pairs = new ArrayList<>();
            for (Contender contender : session.contenders()) {
                pairs.add(new Pair(contender, wire, RouterSet.one(51 + contender.ordinal(), 0, INTERVAL)));
            }
            wire.capture(Frame.FILTER);
            for (Pair pair : pairs) {
                pair.startFirst();
                pair.awaitSettled();
            }
            int tries = session.amount(12, 1);
            for (int i = 1; i <= tries; i++) {
                session.progress().say(name() + ": process " + i + " of " + tries);
                for (Pair pair : pairs) {
                    takeOver(session, pair);
                }
            }
        }
    }

    private void takeOver(Session session, Pair pair) throws IOException, InterruptedException {
        pair.startSecond();
        pair.awaitBackup();
        pair.awaitSettled();
        // as long as a new process may take to get ready for it
        session.pause(3000, 3200);
        long cut = Frames.now();
        pair.firstHost().partition();
        Pair.TakeOver takeOver = pair.awaitTakeOver(cut);
        session.figure(this, "takeover beyond the protocol's limit", Unit.MILLISECONDS)
                .add(
                        pair.contender(),
                        takeOver.beyondMillis(pair.secondRouters().masterDown()));
        session.figure(this, "first advertisement to first gratuitous ARP", Unit.MILLISECONDS)
                .add(pair.contender(), takeOver.toAnnouncementMillis());
        pair.second().close();
        // what the process leaves behind is not part of the next try
        pair.secondHost().run("ip", "address", "flush", "dev", "eth0", "to", "198.51.100.0/24");
        pair.firstHost().heal();
        pair.awaitSettled();
    }
}
