package org.vrrp4j.examples.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.vrrp4j.examples.bench.Figure.Unit;
import org.vrrp4j.examples.bench.Frame.Kind;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.lab.LabProcess;

/**
 * Two hosts with the same program on a wire: the first is master when it can be. What they do is judged by their
 * advertisements for the first VRID and by the announcements of its address.
 */
final class Pair {
    static final int FIRST_PRIORITY = 150;
    static final int SECOND_PRIORITY = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Shorter pauses than this can be a busy machine's. */
    private static final Duration LEAST_QUIET = Duration.ofMillis(150);

    private static final int QUIET_INTERVALS = 4;

    private final Contender contender;
    private final Frames frames;
    private final RouterSet firstRouters;
    private final RouterSet secondRouters;
    private final LabHost firstHost;
    private final LabHost secondHost;
    private final String firstMac;
    private final String secondMac;
    private final String[] options;
    private LabProcess first;
    private LabProcess second;

    /**
     * What passed the wire when one took over from the other.
     *
     * @param last the last advertisement of the former master
     * @param begin the first advertisement of the new one
     * @param announcement its first gratuitous ARP
     */
    record TakeOver(Frame last, Frame begin, Frame announcement) {
        /** From the last advertisement to the successor's first, beyond a time that the protocol prescribes. */
        double beyondMillis(Duration prescribed) {
            return (begin.micros() - last.micros()) / 1e3 - prescribed.toNanos() / 1e6;
        }

        double toAnnouncementMillis() {
            return (announcement.micros() - begin.micros()) / 1e3;
        }
    }

    Pair(Contender contender, Wire wire, RouterSet routers) throws IOException {
        this(contender, contender.host(""), wire, routers);
    }

    /**
     * One of several of the same contender.
     *
     * @param hosts what the names of its hosts begin with
     * @param options further ones of its command
     */
    Pair(Contender contender, String hosts, Wire wire, RouterSet routers, String... options) throws IOException {
        this.contender = contender;
        this.options = options;
        this.frames = wire.frames();
        this.firstRouters = routers.withPriority(FIRST_PRIORITY);
        this.secondRouters = routers.withPriority(SECOND_PRIORITY);
        this.firstHost = wire.addHost(hosts + "a");
        this.secondHost = wire.addHost(hosts + "b");
        this.firstMac = Wire.mac(firstHost);
        this.secondMac = Wire.mac(secondHost);
    }

    /** One of each contender, with one router, on a wire that is captured from now on. */
    static List<Pair> ofAll(Session session, Wire wire, Duration interval) throws IOException, InterruptedException {
        List<Pair> pairs = new ArrayList<>();
        for (Contender contender : session.contenders()) {
            pairs.add(new Pair(contender, wire, RouterSet.one(51 + contender.ordinal(), 0, interval)));
        }
        wire.capture(Frame.FILTER);
        return pairs;
    }

    Contender contender() {
        return contender;
    }

    RouterSet secondRouters() {
        return secondRouters;
    }

    LabHost firstHost() {
        return firstHost;
    }

    LabHost secondHost() {
        return secondHost;
    }

    LabProcess first() {
        return first;
    }

    LabProcess second() {
        return second;
    }

    void startFirst() throws IOException {
        first = contender.start(firstHost, firstRouters, options);
    }

    void startSecond() throws IOException {
        second = contender.start(secondHost, secondRouters, options);
    }

    /** Until the second has said that it is backup. */
    void awaitBackup() throws IOException, InterruptedException {
        second.awaitLine(contender.backupLine(), PATIENCE);
    }

    /** Until the first advertises and the second has been silent for some intervals. */
    void awaitSettled() throws IOException, InterruptedException {
        Duration quiet = firstRouters.interval().multipliedBy(QUIET_INTERVALS);
        long micros = (quiet.compareTo(LEAST_QUIET) < 0 ? LEAST_QUIET : quiet).toNanos() / 1000;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            long recently = Frames.now() - micros;
            boolean advertises =
                    !frames.since(recently, isAdvertisement(firstMac)).isEmpty();
            Optional<Frame> other = frames.last(isAdvertisement(secondMac));
            if (advertises && other.map(frame -> frame.micros() < recently).orElse(true)) {
                return;
            }
            Thread.sleep(5);
        }
        throw new IOException(contender.label() + " has not settled within " + PATIENCE.toSeconds() + " s");
    }

    /** What happened when the second took over from the first, after a time at which the first was still master. */
    TakeOver awaitTakeOver(long since) throws IOException, InterruptedException {
        String name = contender.label();
        Predicate<Frame> announces = frame -> frame.kind() == Kind.ANNOUNCEMENT
                && frame.mac().equals(secondMac)
                && frame.address().equals(firstRouters.firstAddress());
        Frame begin = frames.await(name + " takes over", since, isAdvertisement(secondMac), PATIENCE);
        Frame announcement = frames.await(name + " announces its address", begin.micros(), announces, PATIENCE);
        Predicate<Frame> isLast = isAdvertisement(firstMac).and(frame -> frame.micros() < begin.micros());
        Frame last = frames.last(isLast).orElseThrow(() -> new IOException(name + " was no master"));
        return new TakeOver(last, begin, announcement);
    }

    /** How long a takeover by the second took. */
    void addFigures(Session session, Scenario scenario, TakeOver takeOver) {
        session.figure(scenario, "takeover beyond the protocol's limit", Unit.MILLISECONDS)
                .add(contender, takeOver.beyondMillis(secondRouters.masterDown()));
        session.figure(scenario, "first advertisement to first gratuitous ARP", Unit.MILLISECONDS)
                .add(contender, takeOver.toAnnouncementMillis());
    }

    Predicate<Frame> isFirstsReply() {
        return isReply().and(frame -> frame.mac().equals(firstMac));
    }

    Predicate<Frame> isSecondsReply() {
        return isReply().and(frame -> frame.mac().equals(secondMac));
    }

    Predicate<Frame> isReply() {
        return frame -> frame.kind() == Kind.ECHO_REPLY && frame.address().equals(firstRouters.firstAddress());
    }

    Predicate<Frame> isFirstsAdvertisement() {
        return isAdvertisement(firstMac);
    }

    Predicate<Frame> isSecondsAdvertisement() {
        return isAdvertisement(secondMac);
    }

    /** Advertisements of the second for any VRID: while the first is well, each is a false takeover. */
    Predicate<Frame> anyOfSecond() {
        return frame -> frame.kind() == Kind.ADVERTISEMENT && frame.mac().equals(secondMac);
    }

    private Predicate<Frame> isAdvertisement(String mac) {
        return frame -> frame.kind() == Kind.ADVERTISEMENT
                && frame.number() == firstRouters.firstVrid()
                && frame.mac().equals(mac);
    }
}
