package org.vrrp4j.examples.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.vrrp4j.examples.bench.Figure.Unit;
import org.vrrp4j.linux.lab.LabHost;

/** The master's JVM makes 200 MB of garbage a second meanwhile: how late its advertisements are, and who takes over. */
final class Garbage implements Scenario {
    private static final int MEGABYTES_A_SECOND = 200;
    private static final List<Double> SHARES = List.of(0.5, 0.99, 0.999, 1.0);

    private final Duration interval;
    private final String collector;
    private final int seconds;

    /**
     * For one collector.
     *
     * @param collector as in -XX:+UseCOLLECTORGC
     * @param seconds how long a whole run takes
     */
    Garbage(Duration interval, String collector, int seconds) {
        this.interval = interval;
        this.collector = collector;
        this.seconds = seconds;
    }

    @Override
    public String name() {
        return "garbage-" + collector.toLowerCase(Locale.ROOT) + "-" + interval.toMillis() + "ms";
    }

    @Override
    public String title() {
        return MEGABYTES_A_SECOND + " MB of garbage a second in the master's JVM, " + collector
                + ", advertisements every " + interval.toMillis() + " ms";
    }

    @Override
    public void run(Session session) throws IOException, InterruptedException {
        try (Wire wire = Wire.open()) {
            RouterSet routers = RouterSet.one(51, Pair.FIRST_PRIORITY, interval);
            LabHost first = wire.addHost("oa");
            LabHost second = wire.addHost("ob");
            String firstMac = Wire.mac(first);
            wire.capture("ip proto 112");
            List<String> options = List.of("-XX:+Use" + collector + "GC", "-Xms512m", "-Xmx512m");
            try (Probed master = Probed.start(first, routers, options)) {
                Thread.sleep(routers.masterDown().toMillis() + 1000);
                Contender.VRRP4J.start(second, routers.withPriority(Pair.SECOND_PRIORITY));
                Thread.sleep(2500);
                master.ask("garbage " + MEGABYTES_A_SECOND);
                Thread.sleep(session.amount(2000, 500));
                long begin = Frames.now();
                int length = session.amount(seconds, 3);
                for (int second10 = 0; second10 < length; second10 += 10) {
                    session.progress().say(name() + ": " + second10 + " of " + length + " s");
                    Thread.sleep(Math.min(10, length - second10) * 1000L);
                }
                judge(session, wire.frames().since(begin, frame -> true), firstMac);
            }
        }
    }

    private void judge(Session session, List<Frame> frames, String firstMac) {
        Figure late = session.figure(this, "advertisements later than their interval", Unit.MILLISECONDS);
        Figure taken = session.figure(this, "false takeovers", Unit.COUNT);
        long last = 0;
        boolean away = false;
        int takeovers = 0;
        for (Frame frame : frames) {
            boolean first = frame.mac().equals(firstMac);
            if (first && last > 0) {
                late.add(Contender.VRRP4J, Math.max(0, (frame.micros() - last) / 1e3 - interval.toMillis()));
            }
            last = first ? frame.micros() : last;
            takeovers += !first && !away ? 1 : 0;
            away = !first;
        }
        taken.add(Contender.VRRP4J, takeovers);
        StringBuilder text = new StringBuilder(name() + ": late by");
        for (double share : SHARES) {
            if (late.has(Contender.VRRP4J)) {
                text.append(String.format(
                        Locale.ROOT, " %.1f%%: %.2f ms", share * 100, late.quantile(Contender.VRRP4J, share)));
            }
        }
        session.note(text + ", false takeovers: " + takeovers);
    }
}
