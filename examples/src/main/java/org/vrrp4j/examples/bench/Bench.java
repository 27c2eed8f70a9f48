package org.vrrp4j.examples.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.vrrp4j.config.PauseGrace;

/** The benchmark from beginning to end: runs scenarios, one after the other, and writes what came of them. */
public final class Bench {
    private static final Duration FAST = Duration.ofMillis(10);
    private static final Duration NORMAL = Duration.ofMillis(100);

    /** So long that 1,000 routers advertise just as often as is sent ahead: {@link PauseGrace#MOST_A_SECOND}. */
    private static final Duration MANY_WITHIN = Duration.ofSeconds(1000 / PauseGrace.MOST_A_SECOND);

    /** Five times too often for that. */
    private static final Duration MANY_BEYOND = MANY_WITHIN.dividedBy(5);

    private static final List<Scenario> SCENARIOS = List.of(
            new Takeover(NORMAL, true),
            new Takeover(FAST, false),
            new FirstTakeover(),
            new HandOver(),
            new Start(),
            new Load(NORMAL, 10, 50, 100),
            new Load(FAST),
            new ManyRouters(),
            new Memory(),
            new Allocation(),
            new Garbage(NORMAL, "G1", 100),
            new Garbage(FAST, "G1", 100),
            new Garbage(FAST, "G1", 1000),
            new Garbage(FAST, "Parallel", 100),
            new Garbage(FAST, "Parallel", 1000),
            new Garbage(FAST, "Serial", 100),
            new Garbage(FAST, "Serial", 1000),
            new Garbage(FAST, "Z", 100),
            new Garbage(FAST, "Z", 1000),
            new Ahead(1, 1, FAST, NORMAL),
            new Ahead(4, 250, MANY_WITHIN, MANY_BEYOND),
            new Death(FAST, Death.Loss.KILL),
            new Death(FAST, Death.Loss.STOP),
            new Death(FAST, Death.Loss.LINK));

    private final PrintStream out;

    /**
     * How it is run.
     *
     * @param againstKeepalived whether keepalived is measured beside us
     * @param quick only to see whether everything works, in less than a minute: the figures mean nothing
     * @param only scenarios of whose name this is a part; all if it matches everything
     * @param json a file for every sample
     * @param svg a directory for the plots
     * @param garbage how long each half of a garbage scenario takes, unless it is quick
     */
    public record Options(
            boolean againstKeepalived,
            boolean quick,
            Pattern only,
            Optional<Path> json,
            Optional<Path> svg,
            Duration garbage) {}

    /** A benchmark that prints to a stream. */
    public Bench(PrintStream out) {
        this.out = out;
    }

    /** The names and titles of all scenarios, a line each. */
    public static List<String> scenarios() {
        return SCENARIOS.stream()
                .map(scenario -> scenario.name() + ": " + scenario.title())
                .toList();
    }

    /** Why a contender cannot be measured here; empty if all can. */
    public static Optional<String> unavailabilityCause(Options options) {
        return Contender.of(options.againstKeepalived()).stream()
                .flatMap(contender -> contender.unavailabilityCause().stream())
                .findFirst();
    }

    /**
     * Runs the scenarios. What one fails of is told, and the others are run nevertheless.
     *
     * @return whether all scenarios came to their end
     * @throws IOException if a file cannot be written
     */
    public boolean run(Options options) throws IOException, InterruptedException {
        Instant start = Instant.now();
        Progress progress = new Progress(out);
        Session session =
                new Session(Contender.of(options.againstKeepalived()), options.quick(), options.garbage(), progress);
        progress.say(Machine.description());
        boolean complete = true;
        for (Scenario scenario : SCENARIOS) {
            if (options.only().matcher(scenario.name()).find()) {
                progress.say(scenario.name() + ": " + scenario.title());
                complete &= run(scenario, session);
            }
        }
        out.println();
        new Table(session.contenders(), session.figures()).lines().forEach(out::println);
        out.println();
        out.println((options.quick() ? "Only to see that it works; the figures mean nothing. " : "") + "Measured on: "
                + Machine.description());
        session.notes().forEach(out::println);
        if (options.json().isPresent()) {
            JsonReport.write(options.json().get(), session, start);
        }
        if (options.svg().isPresent()) {
            draw(session, options.svg().get());
        }
        return complete;
    }

    private static boolean run(Scenario scenario, Session session) throws InterruptedException {
        try {
            scenario.run(session);
            return true;
        } catch (IOException e) {
            session.note(scenario.name() + " failed: " + e.getMessage());
            return false;
        }
    }

    private static void draw(Session session, Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("durations.svg"), DistributionPlot.draw(session));
        if (!session.outages().isEmpty()) {
            Files.writeString(directory.resolve("outages.svg"), OutagePlot.draw(session));
        }
        List<String> loads = session.figures().stream()
                .map(Figure::scenario)
                .filter(name -> name.startsWith("load"))
                .distinct()
                .toList();
        for (String load : loads) {
            Files.writeString(directory.resolve(load + ".svg"), LoadPlot.draw(session, load));
        }
    }
}
