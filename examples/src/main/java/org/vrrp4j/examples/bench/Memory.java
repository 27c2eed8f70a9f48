package org.vrrp4j.examples.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.vrrp4j.examples.bench.Figure.Unit;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.lab.LabProcess;

/** The heap of a node with one router and with many, and the memory of a process beside that of an empty JVM. */
final class Memory implements Scenario {
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final int MANY = 250;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int AFTER_MILLIS = 3000;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String title() {
        return "heap per router, and memory of a process with one router";
    }

    @Override
    public void run(Session session) throws IOException, InterruptedException {
        session.progress().say(name());
        try (Wire wire = Wire.open()) {
            LabHost host = wire.addHost("memory");
            int after = session.amount(AFTER_MILLIS, AFTER_MILLIS / 10);
            // long enough for journals to be full
            double one = heap(host, 1, 4 * after);
            double many = heap(host, MANY, 4 * after);
            session.figure(this, "heap per router, master at 100 ms", Unit.KILOBYTES)
                    .add(Contender.VRRP4J, (many - one) / (MANY - 1) / 1e3);
            double empty = 0;
            try (LabProcess process = host.start(Jvm.command(Jvm.SMALL, EmptyProgram.class))) {
                process.awaitLine(EmptyProgram.READY, PATIENCE);
                Thread.sleep(after);
                empty = ProcessUsage.of(process).residentKilobytes() / 1e3;
            }
            session.figure(this, "resident memory of an empty JVM", Unit.MEGABYTES)
                    .add(Contender.VRRP4J, empty);
            for (Contender contender : session.contenders()) {
                RouterSet routers = RouterSet.one(51 + contender.ordinal(), Pair.FIRST_PRIORITY, INTERVAL);
                try (LabProcess process = contender.start(host, routers)) {
                    process.awaitLine(contender.masterLine(), PATIENCE);
                    Thread.sleep(after);
                    double used = ProcessUsage.of(process).residentKilobytes() / 1e3;
                    session.figure(this, "resident memory with one router", Unit.MEGABYTES)
                            .add(contender, used);
                    if (contender == Contender.VRRP4J) {
                        session.figure(this, "resident memory over an empty JVM", Unit.MEGABYTES)
                                .add(contender, used - empty);
                    }
                }
            }
        }
    }

    private static double heap(LabHost host, int routers, int afterMillis) throws IOException, InterruptedException {
        RouterSet set = new RouterSet(1, routers, Pair.FIRST_PRIORITY, INTERVAL, List.of("eth0"));
        // by default the collector leaves up to a twentieth of the heap uncompacted, which would count as used
        List<String> options = new ArrayList<>(Jvm.SMALL);
        options.add("-XX:MarkSweepAlwaysCompactCount=1");
        try (Probed probed = Probed.start(host, set, options)) {
            Thread.sleep(afterMillis);
            return probed.ask("heap")[0];
        }
    }
}
