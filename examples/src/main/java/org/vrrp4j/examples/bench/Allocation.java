package org.vrrp4j.examples.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.vrrp4j.examples.bench.Figure.Unit;

/**
 * What the thread of a node allocates for each advertisement that it sends or receives, once it runs steadily and its
 * journals are full: of few routers, whose advertisements are sent ahead, and of so many that the loop sends them.
 */
final class Allocation implements Scenario {
    private static final Duration INTERVAL = Duration.ofMillis(10);
    private static final int FEW = 4;
    private static final int MANY = 50;

    /** Until rehearsals and journals are complete: these remember two thousand inputs of each router at most. */
    private static final int STEADY_MILLIS = 25_000;

    @Override
    public String name() {
        return "allocation";
    }

    @Override
    public String title() {
        return "bytes allocated for each advertisement, " + FEW + " and " + MANY + " routers, every "
                + INTERVAL.toMillis() + " ms";
    }

    @Override
    public void run(Session session) throws IOException, InterruptedException {
        run(session, FEW);
        run(session, MANY);
    }

    private void run(Session session, int count) throws IOException, InterruptedException {
        String of = count + " routers, for each advertisement ";
        session.progress().say(name() + ": " + count + " routers");
        try (Wire wire = Wire.open()) {
            RouterSet routers = new RouterSet(1, count, Pair.FIRST_PRIORITY, INTERVAL, List.of("eth0"));
            try (Probed master = Probed.start(wire.addHost("oa"), routers, Jvm.SMALL)) {
                Thread.sleep(1000);
                try (Probed backup =
                        Probed.start(wire.addHost("ob"), routers.withPriority(Pair.SECOND_PRIORITY), Jvm.SMALL)) {
                    Thread.sleep(session.amount(STEADY_MILLIS, 1000));
                    int seconds = session.amount(10, 1);
                    session.figure(this, of + "sent", Unit.BYTES)
                            .add(Contender.VRRP4J, perAdvertisement(master, seconds));
                    session.figure(this, of + "received", Unit.BYTES)
                            .add(Contender.VRRP4J, perAdvertisement(backup, seconds));
                }
            }
        }
    }

    private static double perAdvertisement(Probed node, int seconds) throws IOException, InterruptedException {
        long[] before = node.ask("allocated");
        Thread.sleep(seconds * 1000L);
        long[] after = node.ask("allocated");
        return (double) (after[0] - before[0]) / Math.max(1, after[1] - before[1]);
    }
}
