package org.vrrp4j.examples.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vrrp4j.config.PauseGrace;
import org.vrrp4j.examples.bench.Figure.Unit;
import org.vrrp4j.linux.lab.Lab;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.uring.UringAvailability;

/**
 * What an advertisement costs a master that hands it to the kernel ahead of its time, and one that does not: two hosts
 * that do not hear each other, measured in the same seconds.
 */
final class Ahead implements Scenario {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String THREADS = "vrrp";

    private final int links;
    private final int perLink;
    private final List<Duration> intervals;

    /**
     * A number of routers with some intervals.
     *
     * @param links how many interfaces they are on
     * @param perLink how many each has
     */
    Ahead(int links, int perLink, Duration... intervals) {
        this.links = links;
        this.perLink = perLink;
        this.intervals = List.of(intervals);
    }

    /** A lab of its own with a master of all the routers. */
    private record Half(String name, Lab lab, Probed master) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            lab.close();
        }
    }

    /** What has been used up to a moment. */
    private record Reading(long nanos, long threadNanos, ProcessUsage usage) {}

    /** The default, or if that is too short for the interval as much as it takes. */
    private static PauseGrace grace(Duration interval) {
        return interval.compareTo(PauseGrace.DEFAULT.duration()) > 0 ? new PauseGrace(interval) : PauseGrace.DEFAULT;
    }

    private int count() {
        return links * perLink;
    }

    @Override
    public String name() {
        return "ahead-" + count() + (count() == 1 ? "-router" : "-routers");
    }

    @Override
    public String title() {
        return "processor time and system calls for each advertisement of " + count()
                + (count() == 1 ? " router" : " routers");
    }

    @Override
    public void run(Session session) throws IOException, InterruptedException {
        UringAvailability.unavailability()
                .ifPresent(cause -> session.note(name() + ": nothing is sent ahead: " + cause));
        Optional<String> uncountable = SystemCalls.unavailabilityCause();
        uncountable.ifPresent(cause -> session.note(name() + ": system calls are not counted: " + cause));
        for (Duration interval : intervals) {
            PauseGrace grace = grace(interval);
            try (Half with = start(interval, grace, "with a pause grace of " + text(grace.duration()));
                    Half without = start(interval, PauseGrace.NONE, "without")) {
                session.progress().say(name() + ", every " + text(interval));
                Thread.sleep(session.amount(10_000, 500));
                for (int turn = 0; turn < session.amount(3, 1); turn++) {
                    measureTime(session, interval, List.of(with, without));
                    if (uncountable.isEmpty()) {
                        countCalls(session, interval, List.of(with, without));
                    }
                }
            }
        }
    }

    private Half start(Duration interval, PauseGrace pauseGrace, String name) throws IOException, InterruptedException {
        Lab lab = Lab.open();
        try {
            LabHost host = ManyRouters.host(lab, "oa", 1, links);
            RouterSet routers = new RouterSet(1, perLink, Pair.FIRST_PRIORITY, interval, ManyRouters.interfaces(links));
            Probed master = Probed.start(host, routers, Jvm.SMALL, pauseGrace);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (Addresses.held(host) < count()) {
                if (System.nanoTime() > deadline) {
                    throw new IOException(name() + ": only " + Addresses.held(host) + " addresses are held");
                }
                Thread.sleep(100);
            }
            return new Half(name, lab, master);
        } catch (IOException e) {
            lab.close();
            throw e;
        }
    }

    private void measureTime(Session session, Duration interval, List<Half> halves)
            throws IOException, InterruptedException {
        // asked outside of what is measured, as to answer takes time too
        List<Long> sentBefore = sent(halves);
        List<Reading> before = readings(halves);
        Thread.sleep(session.amount(10_000, 500));
        List<Reading> after = readings(halves);
        List<Long> sentAfter = sent(halves);
        for (int i = 0; i < halves.size(); i++) {
            Reading from = before.get(i);
            Reading to = after.get(i);
            String of = figure(interval, halves.get(i));
            double sent = Math.max(1, sentAfter.get(i) - sentBefore.get(i));
            session.figure(this, of + "advertisements a second", Unit.COUNT)
                    .add(Contender.VRRP4J, sent * 1e9 / (to.nanos() - from.nanos()));
            session.figure(this, of + "processor time of the node's threads for each", Unit.MICROSECONDS)
                    .add(Contender.VRRP4J, (to.threadNanos() - from.threadNanos()) / 1e3 / sent);
            session.figure(this, of + "CPU of the process", Unit.PERCENT_OF_A_CORE)
                    .add(Contender.VRRP4J, to.usage().percentSince(from.usage()));
        }
    }

    private static List<Long> sent(List<Half> halves) throws IOException, InterruptedException {
        List<Long> sent = new ArrayList<>();
        for (Half half : halves) {
            sent.add(half.master().ask("allocated")[1]);
        }
        return sent;
    }

    private static List<Reading> readings(List<Half> halves) throws IOException, InterruptedException {
        List<Reading> readings = new ArrayList<>();
        for (Half half : halves) {
            long process = half.master().process().pid();
            long threadNanos = ThreadTime.nanos(process, ThreadTime.threads(process, THREADS));
            readings.add(new Reading(
                    System.nanoTime(),
                    threadNanos,
                    ProcessUsage.of(half.master().process())));
        }
        return readings;
    }

    private void countCalls(Session session, Duration interval, List<Half> halves)
            throws IOException, InterruptedException {
        int seconds = session.amount(10, 1);
        List<SystemCalls.Counting> countings = new ArrayList<>();
        for (Half half : halves) {
            long process = half.master().process().pid();
            countings.add(SystemCalls.count(ThreadTime.threads(process, THREADS), seconds));
        }
        for (int i = 0; i < halves.size(); i++) {
            SystemCalls calls = countings.get(i).await();
            String of = figure(interval, halves.get(i));
            double aSecond = count() * 1e9 / interval.toNanos();
            session.figure(this, of + "system calls for each", Unit.COUNT).add(Contender.VRRP4J, calls.all() / aSecond);
            session.figure(this, of + "of them io_uring_enter", Unit.COUNT)
                    .add(Contender.VRRP4J, calls.uring() / aSecond);
            session.figure(this, of + "of them sendmsg", Unit.COUNT).add(Contender.VRRP4J, calls.sends() / aSecond);
        }
    }

    private static String figure(Duration interval, Half half) {
        return "every " + text(interval) + ", " + half.name() + ": ";
    }

    private static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
