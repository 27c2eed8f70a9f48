package org.vrrp4j.examples.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.vrrp4j.config.PauseGrace;
import org.vrrp4j.examples.bench.Figure.Unit;
import org.vrrp4j.linux.lab.LabHost;

/** The master's process is killed or stopped, with a pause grace and without: when its peer takes over. */
final class Death implements Scenario {
    private static final Duration WAIT = Duration.ofSeconds(10);

    private final Duration interval;
    private final String signal;

    /** @param signal such as KILL */
    Death(Duration interval, String signal) {
        this.interval = interval;
        this.signal = signal;
    }

    @Override
    public String name() {
        return "death-" + signal.toLowerCase(Locale.ROOT) + "-" + interval.toMillis() + "ms";
    }

    @Override
    public String title() {
        return "the master's JVM gets SIG" + signal + ", advertisements every " + interval.toMillis() + " ms";
    }

    @Override
    public void run(Session session) throws IOException, InterruptedException {
        int times = session.amount(20, 1);
        for (int i = 1; i <= times; i++) {
            session.progress().say(name() + ": " + i + " of " + times);
            measure(session, PauseGrace.DEFAULT, "with a pause grace: ");
            measure(session, PauseGrace.NONE, "without: ");
        }
    }

    private void measure(Session session, PauseGrace grace, String half) throws IOException, InterruptedException {
        try (Wire wire = Wire.open()) {
            RouterSet routers = RouterSet.one(51, Pair.FIRST_PRIORITY, interval);
            RouterSet others = routers.withPriority(Pair.SECOND_PRIORITY);
            LabHost first = wire.addHost("oa");
            LabHost second = wire.addHost("ob");
            String firstMac = Wire.mac(first);
            String secondMac = Wire.mac(second);
            wire.capture("ip proto 112");
            try (Probed master = Probed.start(first, routers, Jvm.SMALL, grace);
                    Probed backup = Probed.start(second, others, Jvm.SMALL, grace)) {
                Thread.sleep(routers.masterDown().toMillis() + session.amount(3000, 1000));
                session.pause(100, 300);
                long begin = Frames.now();
                master.process().signal(signal);
                Frame taken = wire.frames()
                        .await(
                                backup + " takes over",
                                begin,
                                frame -> frame.mac().equals(secondMac),
                                WAIT);
                List<Frame> before = wire.frames()
                        .since(begin, frame -> frame.mac().equals(firstMac) && frame.micros() < taken.micros());
                Frame last = wire.frames()
                        .last(frame -> frame.mac().equals(firstMac) && frame.micros() < taken.micros())
                        .orElseThrow(() -> new IOException(master + " has never advertised"));
                double limit = others.masterDown().toNanos() / 1e6;
                session.figure(this, half + "takeover beyond the protocol's limit", Unit.MILLISECONDS)
                        .add(Contender.VRRP4J, Math.max(0, (taken.micros() - last.micros()) / 1e3 - limit));
                session.figure(this, half + "takeover after the signal", Unit.MILLISECONDS)
                        .add(Contender.VRRP4J, (taken.micros() - begin) / 1e3);
                session.figure(this, half + "advertisements after the signal was given", Unit.COUNT)
                        .add(Contender.VRRP4J, before.size());
                if (!signal.equals("KILL")) {
                    master.process().signal("KILL");
                }
            }
        }
    }
}
