package org.vrrp4j.examples.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.vrrp4j.config.PauseGrace;
import org.vrrp4j.examples.bench.Figure.Unit;
import org.vrrp4j.linux.lab.LabHost;

/**
 * The master's JVM makes 200 MB of garbage a second meanwhile, with a pause grace and, on a wire of its own at
 * the same time, without: how late its advertisements are, and who takes over.
 */
final class Garbage implements Scenario {
    private static final int MEGABYTES_A_SECOND = 200;
    private static final int PROGRESS_SECONDS = 10;
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
        try (Side with = new Side("with a pause grace: ", PauseGrace.DEFAULT);
                Side without = new Side("without: ", PauseGrace.NONE)) {
            with.start();
            without.start();
            Thread.sleep(session.amount(2500, 1000));
            with.makeGarbage();
            without.makeGarbage();
            Thread.sleep(session.amount(2000, 500));
            long begin = Frames.now();
            int length = session.garbageSeconds();
            for (int second = 0; second < length; second += PROGRESS_SECONDS) {
                session.progress().say(name() + ": " + second + " of " + length + " s");
                Thread.sleep(Math.min(PROGRESS_SECONDS, length - second) * 1000L);
            }
            with.judge(session, begin);
            without.judge(session, begin);
        }
    }

    /** What stays, and as much again, but at least what small ones have. */
    private String heap(String option) {
        return option + Math.max(512, 2 * liveMegabytes) + "m";
    }

    /** A pair of its own, on a wire of its own: both live through the same time. */
    private final class Side implements AutoCloseable {
        private final String half;
        private final PauseGrace grace;
        private final Wire wire = Wire.open();
        private LabHost first;
        private Probed master;
        private String masterMac;
        private String pauses;

        Side(String half, PauseGrace grace) throws IOException {
            this.half = half;
            this.grace = grace;
        }

        void start() throws IOException, InterruptedException {
            RouterSet routers = RouterSet.one(51, Pair.FIRST_PRIORITY, interval);
            first = wire.addHost("oa");
            LabHost second = wire.addHost("ob");
            masterMac = Wire.mac(first);
            pauses = first.write("pauses.log", "");
            wire.capture("ip proto 112");
            List<String> options =
                    List.of("-XX:+Use" + collector + "GC", heap("-Xms"), heap("-Xmx"), Pause.option(pauses));
            master = Probed.start(first, routers, options, grace);
            Thread.sleep(routers.masterDown().toMillis() + 500);
            Contender.VRRP4J.start(second, routers.withPriority(Pair.SECOND_PRIORITY));
        }

        void makeGarbage() throws IOException, InterruptedException {
            master.ask("garbage " + MEGABYTES_A_SECOND + " " + liveMegabytes);
        }

        void judge(Session session, long begin) throws IOException {
            Figure late =
                    session.figure(Garbage.this, half + "advertisements later than their interval", Unit.MILLISECONDS);
            List<Long> takeovers = new ArrayList<>();
            long last = 0;
            boolean away = false;
            for (Frame frame : wire.frames().since(begin, each -> true)) {
                boolean ofMaster = frame.mac().equals(masterMac);
                if (ofMaster && last > 0) {
                    late.add(Contender.VRRP4J, Math.max(0, (frame.micros() - last) / 1e3 - interval.toMillis()));
                }
                last = ofMaster ? frame.micros() : last;
                if (!ofMaster && !away) {
                    takeovers.add(frame.micros());
                }
                away = !ofMaster;
            }
            List<Pause> all = Pause.read(first.run("cat", pauses)).stream()
                    .filter(pause -> pause.endMicros() >= begin)
                    .toList();
            tell(session, late, takeovers, all);
        }

        private void tell(Session session, Figure late, List<Long> takeovers, List<Pause> all) {
            RouterSet others = RouterSet.one(51, Pair.SECOND_PRIORITY, interval);
            long peersWait = others.masterDown().minus(interval).toNanos() / 1000;
            long borne = Math.max(grace.duration().toNanos() / 1000, peersWait);
            double longest = all.stream().mapToLong(Pause::micros).max().orElse(0) / 1e3;
            long tooLong = all.stream().filter(pause -> pause.micros() > borne).count();
            long unexplained = takeovers.stream()
                    .filter(at ->
                            all.stream().noneMatch(pause -> pause.micros() > borne && pause.explains(at, peersWait)))
                    .count();
            add(session, "longest pause of the JVM", Unit.MILLISECONDS, longest);
            add(session, "pauses longer than it bears", Unit.COUNT, tooLong);
            add(session, "false takeovers", Unit.COUNT, takeovers.size());
            add(session, "false takeovers beside such pauses", Unit.COUNT, unexplained);
            StringBuilder text = new StringBuilder(name() + ", " + half + "late by");
            for (double share : SHARES) {
                if (late.has(Contender.VRRP4J)) {
                    text.append(String.format(
                            Locale.ROOT, " %.1f%%: %.2f ms", share * 100, late.quantile(Contender.VRRP4J, share)));
                }
            }
            text.append(String.format(
                    Locale.ROOT,
                    ", %d pauses, longest %.2f ms, %d over %.0f ms; false takeovers: %d, %d of them beside those",
                    all.size(),
                    longest,
                    tooLong,
                    borne / 1e3,
                    takeovers.size(),
                    unexplained));
            session.note(text.toString());
        }

        private void add(Session session, String figure, Unit unit, double value) {
            session.figure(Garbage.this, half + figure, unit).add(Contender.VRRP4J, value);
        }

        @Override
        public void close() throws IOException {
            if (master != null) {
                master.close();
            }
            wire.close();
        }
    }
}
