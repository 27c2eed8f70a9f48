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
                introduce(stage);
                Story story = new Story(stage, recording, timeline, Story.Pace.DEMO);
                complete = story.play();
                acts = story.acts();
                timeline.tell(Instant.now(), "end");
            }
        }
        List<Outage> outages = Outage.of(acts, recording.replies(), settings);
        Instant end = Instant.now();
        printResults(outages, recording.holdings(end));
        Instant from = acts.isEmpty() ? start : acts.get(0).time();
        Files.writeString(
                picture,
                Picture.draw(
                        new Picture.Contents(settings, from, end, acts, recording.holdings(end), recording.replies())));
        out.println("The same as a picture: " + picture);
        out.flush();
        return complete && outages.stream().allMatch(outage -> outage.longest().isPresent());
    }

    private void introduce(Stage stage) {
        out.println("On " + stage.description() + ".");
        out.printf(
                "%s (priority %d) and %s (priority %d) share %s; a client asks the web server there every %d ms.%n",
                Settings.FIRST,
                settings.firstPriority(),
                Settings.SECOND,
                settings.secondPriority(),
                Settings.ADDRESS,
                settings.probeInterval().toMillis());
    }

    private void printResults(List<Outage> outages, List<Holding> holdings) {
        out.println();
        ResultTable.lines(outages, settings).forEach(out::println);
        out.println();
        out.println("Without answers is the longest time between two answers, beyond the "
                + settings.probeInterval().toMillis()
                + " ms between requests; a busy machine adds to it.");
        out.println("The limit is the protocol's own, from the last advertisement on.");
        afterKill(outages.stream().map(Outage::act).toList(), holdings)
                .map(both ->
                        "After the kill the dead host's kernel kept the address, and its server answered, until the"
                                + " lease ended: both had it for "
                                + ResultTable.millis(both) + ".")
                .ifPresent(out::println);
    }

    private Stage stage(Audience audience, boolean simulated) {
        Optional<String> missing = simulated ? Optional.empty() : Lab.unavailabilityCause();
        missing.ifPresent(cause -> out.println("No real network can be made here: " + cause));
        return simulated || missing.isPresent()
                ? new SimulatedStage(settings, audience)
                : new LabStage(settings, audience);
    }

    /** How long the killed host and the one that took over both had the address. */
    private static Optional<Duration> afterKill(List<Act> acts, List<Holding> holdings) {
        for (Act act : acts) {
            if (act.happening() != Happening.KILL) {
                continue;
            }
            Optional<Holding> next = holdings.stream()
                    .filter(holding -> holding.host().equals(act.expectedHolder())
                            && holding.from().isAfter(act.time()))
                    .findFirst();
            Optional<Holding> dead = holdings.stream()
                    .filter(holding ->
                            holding.host().equals(act.host()) && holding.until().isAfter(act.time()))
                    .findFirst();
            return next.flatMap(taken -> dead.map(left -> Duration.between(taken.from(), left.until())))
                    .filter(both -> !both.isNegative());
        }
        return Optional.empty();
    }
}
