package org.vrrp4j.examples.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

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
            List<Pair> pairs = Pair.ofAll(session, wire, INTERVAL);
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
        session.pause(session.amount(3000, 300), session.amount(3200, 300));
        long cut = Frames.now();
        pair.firstHost().partition();
        Pair.TakeOver takeOver = pair.awaitTakeOver(cut);
        pair.addFigures(session, this, takeOver);
        pair.second().close();
        // what the process leaves behind is not part of the next try
        pair.secondHost().run("ip", "address", "flush", "dev", "eth0", "to", "198.51.100.0/24");
        pair.firstHost().heal();
        pair.awaitSettled();
    }
}
