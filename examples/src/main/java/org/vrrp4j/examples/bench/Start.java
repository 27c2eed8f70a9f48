package org.vrrp4j.examples.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.vrrp4j.examples.bench.Figure.Unit;
import org.vrrp4j.examples.bench.Frame.Kind;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.lab.LabProcess;

/** A process is started with a router of priority 255, which advertises as soon as it can. */
final class Start implements Scenario {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int OWNER = 255;

    private record Place(Contender contender, LabHost host, RouterSet routers) {}

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String title() {
        return "from the start of the command to the first advertisement, with priority 255";
    }

    @Override
    public void run(Session session) throws IOException, InterruptedException {
        try (Wire wire = Wire.open()) {
            List<Place> places = new ArrayList<>();
            for (Contender contender : session.contenders()) {
                RouterSet routers = RouterSet.one(51 + contender.ordinal(), OWNER, Duration.ofMillis(100));
                places.add(new Place(contender, wire.addHost(contender.host("a")), routers));
            }
            wire.capture(Frame.FILTER);
            int times = session.amount(12, 2);
            for (int i = 1; i <= times; i++) {
                session.progress().say(name() + ": " + i + " of " + times);
                for (Place place : places) {
                    start(session, wire.frames(), place);
                }
            }
        }
    }

    private void start(Session session, Frames frames, Place place) throws IOException, InterruptedException {
        Contender contender = place.contender();
        Predicate<Frame> isAdvertisement = frame -> frame.kind() == Kind.ADVERTISEMENT
                && frame.number() == place.routers().firstVrid();
        long started = Frames.now();
        try (LabProcess process = contender.start(place.host(), place.routers())) {
            Frame first = frames.await(contender.label() + " advertises", started, isAdvertisement, PATIENCE);
            session.figure(this, "start to first advertisement", Unit.MILLISECONDS)
                    .add(contender, (first.micros() - started) / 1e3);
            process.signal("TERM");
            process.awaitExit(PATIENCE);
        }
        Thread.sleep(100);
    }
}
