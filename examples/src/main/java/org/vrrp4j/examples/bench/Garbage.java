package org.vrrp4j.examples.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.vrrp4j.config.PauseGrace;
import org.vrrp4j.examples.bench.Figure.Unit;
import org.vrrp4j.linux.lab.LabHost;

/**
 * The master's JVM makes 200 MB of garbage a second meanwhile, with a pause grace and without: how late its
 * advertisements are, and who takes over.
 */
final class Garbage implements Scenario {
    private static final int MEGABYTES_A_SECOND = 200;
    private static final List<Double> SHARES = List.of(0.5, 0.99, 0.999, 1.0);

    private final Duration interval;
    private final String collector;
    private final int liveMegabytes;

    /**
     * For one collector.
     *
     * @param collector as in -XX:+UseCOLLECTORGC
     * @param liveMegabytes how much stays
     */
    Garbage(Duration interval, String collector, int liveMegabytes) {
        this.liveMegabytes = liveMegabytes;
        this.interval = interval;
        this.collector = collector;
    }

    @Override
    public String name() {
        String of = collector.toLowerCase(Locale.ROOT) + "-" + liveMegabytes + "mb";
        return "garbage-" + of + "-" + interval.toMillis() + "ms";
    }

    @Override
    public String title() {
        return MEGABYTES_A_SECOND + " MB of garbage a second over " + liveMegabytes
                + " MB that stay in the master's JVM, " + collector + ", advertisements every " + interval.toMillis()
                + " ms";
    }

    @Override
    public void run(Session session) throws IOException, InterruptedException {
        measure(session, PauseGrace.DEFAULT, "with a pause grace: ");
        measure(session, PauseGrace.NONE, "without: ");
    }

    private void measure(Session session, PauseGrace grace, String half) throws IOException, InterruptedException {
        try (Wire wire = Wire.open()) {
            RouterSet routers = RouterSet.one(51, Pair.FIRST_PRIORITY, interval);
            LabHost first = wire.addHost("oa");
            LabHost second = wire.addHost("ob");
            String firstMac = Wire.mac(first);
            wire.capture("ip proto 112");
            List<String> options = List.of("-XX:+Use" + collector + "GC", heap("-Xms"), heap("-Xmx"));
            try (Probed master = Probed.start(first, routers, options, grace)) {
                Thread.sleep(routers.masterDown().toMillis() + 500);
                Contender.VRRP4J.start(second, routers.withPriority(Pair.SECOND_PRIORITY));
                Thread.sleep(session.amount(2500, 1000));
                master.ask("garbage " + MEGABYTES_A_SECOND + " " + liveMegabytes);
                Thread.sleep(session.amount(2000, 500));
                long begin = Frames.now();
                int length = session.garbageSeconds();
                for (int second10 = 0; second10 < length; second10 += 10) {
                    session.progress().say(name() + ", " + half + second10 + " of " + length + " s");
                    Thread.sleep(Math.min(10, length - second10) * 1000L);
                }
                judge(session, half, wire.frames().since(begin, frame -> true), firstMac);
            }
        }
    }

    /** What stays, and as much again, but at least what small ones have. */
    private String heap(String option) {
        return option + Math.max(512, 2 * liveMegabytes) + "m";
    }

    private void judge(Session session, String half, List<Frame> frames, String firstMac) {
        Figure late = session.figure(this, half + "advertisements later than their interval", Unit.MILLISECONDS);
        Figure taken = session.figure(this, half + "false takeovers", Unit.COUNT);
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
        StringBuilder text = new StringBuilder(name() + ", " + half + "late by");
        for (double share : SHARES) {
            if (late.has(Contender.VRRP4J)) {
                text.append(String.format(
                        Locale.ROOT, " %.1f%%: %.2f ms", share * 100, late.quantile(Contender.VRRP4J, share)));
            }
        }
        session.note(text + ", false takeovers: " + takeovers);
    }
}
