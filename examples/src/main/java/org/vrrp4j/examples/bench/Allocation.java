package org.vrrp4j.examples.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.vrrp4j.examples.bench.Figure.Unit;

/** What the thread of a node allocates for each advertisement that it sends or receives, once it runs steadily. */
final class Allocation implements Scenario {
    private static final Duration INTERVAL = Duration.ofMillis(10);
    private static final int ROUTERS = 50;

    @Override
    public String name() {
        return "allocation";
    }

    @Override
    public String title() {
        return "bytes allocated for each advertisement, " + ROUTERS + " routers, every " + INTERVAL.toMillis() + " ms";
    }

    @Override
    public void run(Session session) throws IOException, InterruptedException {
        session.progress().say(name());
        try (Wire wire = Wire.open()) {
            RouterSet routers = new RouterSet(1, ROUTERS, Pair.FIRST_PRIORITY, INTERVAL, List.of("eth0"));
            try (Probed master = Probed.start(wire.addHost("oa"), routers, Jvm.SMALL)) {
                Thread.sleep(1000);
                try (Probed backup =
                        Probed.start(wire.addHost("ob"), routers.withPriority(Pair.SECOND_PRIORITY), Jvm.SMALL)) {
                    Thread.sleep(session.amount(5000, 1000));
                    int seconds = session.amount(10, 1);
                    session.figure(this, "for each advertisement sent", Unit.BYTES)
                            .add(Contender.VRRP4J, perAdvertisement(master, seconds));
                    session.figure(this, "for each advertisement received", Unit.BYTES)
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
