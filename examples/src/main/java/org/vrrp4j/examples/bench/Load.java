package org.vrrp4j.examples.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.vrrp4j.examples.bench.Figure.Unit;
import org.vrrp4j.linux.lab.LabHost;

/** Many routers on one interface of two hosts, each contender alone on the machine and in turns. */
final class Load implements Scenario {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST = 250;

    private final Duration interval;
    private final List<Integer> counts;

    /** As many routers as an interface has room for, and with a whole run some fewer ones before. */
    Load(Duration interval, Integer... fewer) {
        this.interval = interval;
        this.counts = List.of(fewer);
    }

    @Override
    public String name() {
        return "load-" + interval.toMillis() + "ms";
    }

    @Override
    public String title() {
        return "up to " + MOST + " routers on one interface, advertisements every " + interval.toMillis() + " ms";
    }

    @Override
    public void run(Session session) throws IOException, InterruptedException {
        if (!session.isQuick()) {
            for (int count : counts) {
                for (Contender contender : session.contenders()) {
                    measure(session, contender, count, 5);
                }
            }
        }
        for (int turn = 0; turn < session.amount(3, 1); turn++) {
            for (Contender contender : session.contenders()) {
                measure(session, contender, MOST, session.amount(10, 2));
            }
        }
    }

    private void measure(Session session, Contender contender, int count, int seconds)
            throws IOException, InterruptedException {
        session.progress().say(name() + ": " + count + " routers, " + contender.label());
        try (Wire wire = Wire.open()) {
            RouterSet routers = new RouterSet(1, count, 0, interval, List.of("eth0"));
            Pair pair = new Pair(contender, wire, routers);
            wire.capture("arp or ip proto 112 and (ip src 192.0.2.2 or ip[21] = 1)");
            pair.startFirst();
            awaitHeld(pair.firstHost(), count);
            pair.startSecond();
            pair.awaitBackup();
            pair.awaitSettled();
            Thread.sleep(session.amount(8000, 1500));
            // which gives a compiler its time

            long begin = Frames.now();
            ProcessUsage master = ProcessUsage.of(pair.first());
            ProcessUsage backup = ProcessUsage.of(pair.second());
            Thread.sleep(seconds * 1000L);
            ProcessUsage masterThen = ProcessUsage.of(pair.first());
            ProcessUsage backupThen = ProcessUsage.of(pair.second());
            String of = count + " routers: ";
            add(session, of + "CPU of the master", Unit.PERCENT_OF_A_CORE, contender, masterThen.percentSince(master));
            add(session, of + "CPU of the backup", Unit.PERCENT_OF_A_CORE, contender, backupThen.percentSince(backup));
            add(session, of + "memory of the master", Unit.MEGABYTES, contender, masterThen.residentKilobytes() / 1e3);
            Predicate<Frame> isFalse = pair.anyOfSecond();
            long takeovers = wire.frames().since(begin, isFalse).stream()
                    .filter(frame -> frame.micros() >= begin)
                    .map(Frame::number)
                    .distinct()
                    .count();
            add(session, of + "routers that took over falsely", Unit.COUNT, contender, takeovers);
        }
    }

    private void add(Session session, String name, Unit unit, Contender contender, double value) {
        session.figure(this, name, unit).add(contender, value);
    }

    private static void awaitHeld(LabHost host, int count) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (Addresses.held(host) < count) {
            if (System.nanoTime() > deadline) {
                throw new IOException(host + " holds " + Addresses.held(host) + " of " + count + " addresses after "
                        + PATIENCE.toSeconds() + " s");
            }
            Thread.sleep(100);
        }
    }
}
