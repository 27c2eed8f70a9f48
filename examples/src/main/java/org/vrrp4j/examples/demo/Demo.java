package org.vrrp4j.examples.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.vrrp4j.linux.lab.Lab;

/** The demo from beginning to end: plays the story, prints its timeline and its results, and draws the picture. */
public final class Demo {
    private final PrintStream out;
    private final Settings settings = Settings.DEMO;

    /** A demo that prints to a stream. */
    public Demo(PrintStream out) {
        this.out = out;
    }

    /**
     * Plays it, which takes some 20 seconds.
     *
     * @param picture the SVG file to write; one that is there is overwritten
     * @param simulated plays on a simulated network even where a real one is possible
     * @return whether the client had answers again after everything that happened
     * @throws IOException if something did not work that has nothing to do with VRRP
     */
    public boolean run(Path picture, boolean simulated) throws IOException, InterruptedException {
        Instant start = Instant.now();
        boolean complete;
        Recording recording;
        List<Act> acts;
        try (Timeline timeline = new Timeline(out, start)) {
            recording = new Recording(timeline, settings);
            try (Stage stage = stage(recording, simulated)) {
                out.println("On " + stage.description() + ".");
                Story story = new Story(stage, recording, timeline, Story.Pace.DEMO);
                complete = story.play();
                acts = story.acts();
                timeline.tell(Instant.now(), "end");
            }
        }
        Instant end = Instant.now();
        List<Outage> outages = Outage.of(acts, recording.replies(), settings);
        List<Holding> holdings = recording.holdings(end);
        out.println();
        ResultTable.lines(outages, settings).forEach(out::println);
        out.println();
        out.println("Without answers is the longest time between two answers, beyond the "
                + settings.probeInterval().toMillis()
                + " ms between requests; a busy machine adds to it.");
        out.println("The limit is the protocol's own, from the last advertisement on.");
        note(acts, holdings).ifPresent(out::println);
        Instant from = acts.isEmpty() ? start : acts.get(0).time();
        Picture.Contents contents = new Picture.Contents(settings, from, end, acts, holdings, recording.replies());
        Files.writeString(picture, Picture.draw(contents));
        out.println("The same as a picture: " + picture);
        out.flush();
        return complete && outages.stream().allMatch(outage -> outage.longest().isPresent());
    }

    private Stage stage(Audience audience, boolean simulated) {
        Optional<String> missing = simulated ? Optional.empty() : Lab.unavailabilityCause();
        missing.ifPresent(cause -> out.println("No real network can be made here: " + cause));
        return simulated || missing.isPresent()
                ? new SimulatedStage(settings, audience)
                : new LabStage(settings, audience);
    }

    /** Says what surprises in the picture: after a kill two hosts have the address for a while. */
    private static Optional<String> note(List<Act> acts, List<Holding> holdings) {
        return acts.stream()
                .filter(act -> act.happening() == Happening.KILL)
                .findFirst()
                .flatMap(kill -> holdings.stream()
                        .filter(holding -> holding.host().equals(kill.expectedHolder())
                                && holding.from().isAfter(kill.time()))
                        .findFirst()
                        .flatMap(next -> holdings.stream()
                                .filter(holding -> holding.host().equals(kill.host())
                                        && holding.until().isAfter(next.from()))
                                .findFirst()
                                .map(dead -> Duration.between(next.from(), dead.until()))))
                .map(both ->
                        "After the kill the dead host's kernel kept the address, and its server answered, until the"
                                + " lease ended; both had it for "
                                + ResultTable.millis(both) + ".");
    }
}
