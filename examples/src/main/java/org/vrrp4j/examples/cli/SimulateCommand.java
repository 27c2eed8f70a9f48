package org.vrrp4j.examples.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.slf4j.LoggerFactory;
import org.vrrp4j.sim.RandomStory;
import org.vrrp4j.sim.SimulationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vrrp simulate}. */
@Command(
        name = "simulate",
        description = {
            "Looks for faults of vrrp4j itself: runs whole nodes in virtual time on simulated networks where everything"
                    + " goes wrong at random, and checks after each event that they keep their promises.",
            "Each seed is a story of some minutes with a network of its own. A router-hour is one virtual router on one"
                    + " host running for a simulated hour. Exits with 1 at the first story that fails, and says how to"
                    + " repeat it. Ctrl-C ends with the summary.",
            "With a FILE it runs that scenario instead, and prints it with what came of each line."
        },
        mixinStandardHelpOptions = true,
        footerHeading = HelpText.EXAMPLES,
        footer = {
            "  # ten hours of virtual routers, the same every time",
            "  vrrp simulate --hours 10 --seed 42",
            "  vrrp simulate partition.txt"
        },
        exitCodeListHeading = HelpText.EXIT_CODES,
        exitCodeList = {
            "0:no promise was broken",
            "1:one was; the command that repeats it is printed",
            HelpText.USAGE,
            HelpText.UNREADABLE
        })
final class SimulateCommand implements Callable<Integer> {
    private static final Duration PROGRESS = Duration.ofSeconds(5);
    private static final Duration LONGEST_STORY = Duration.ofSeconds(10);
    private static final double DEFAULT_HOURS = 100;
    private static final double MAX_HOURS = 1e9;
    private static final int MAX_THREADS = 1024;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "A scenario; the other options do not matter then.")
    private Path scenario;

    @Option(
            names = "--hours",
            paramLabel = "N",
            description = "End after N simulated router-hours; default: 100, or no limit if --stories is given.")
    private Double hours;

    @Option(names = "--stories", paramLabel = "N", description = "End after N stories.")
    private Long stories;

    @Option(names = "--seed", paramLabel = "S", description = "The first seed; default: from the clock.")
    private Long seed;

    @Option(names = "--threads", paramLabel = "N", description = "Stories at a time; default: one for each processor.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Spec
    private CommandSpec spec;

    private final LongFunction<RandomStory> teller;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile int exitCode = ExitCode.FAILED;
    private long startNanos;

    SimulateCommand() {
        this(RandomStory::new);
    }

    /** For other stories than those with the standard invariants. */
    SimulateCommand(LongFunction<RandomStory> teller) {
        this.teller = teller;
    }

    @Override
    public Integer call() throws InterruptedException {
        // Thousands of nodes that fail on purpose would fill the screen; an error is not on purpose.
        if (LoggerFactory.getLogger("org.vrrp4j") instanceof Logger logger) {
            logger.setLevel(Level.ERROR);
        }
        if (scenario != null) {
            return ScenarioFile.run(
                    scenario, spec.commandLine().getOut(), spec.commandLine().getErr());
        }
        checkOptions();
        long first = seed == null ? System.currentTimeMillis() : seed;
        StoryRun run = new StoryRun(teller, first, stories == null ? Long.MAX_VALUE : stories, wanted());
        PrintWriter out = spec.commandLine().getOut();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> onSignal(run), "vrrp-shutdown"));
        out.println("seeds from " + first + " on, " + threads + " at a time; Ctrl-C ends");
        out.flush();
        startNanos = System.nanoTime();
        try {
            run.run(threads, PROGRESS, () -> print("", run.tally()));
            run.failure().ifPresent(this::tell);
            print(run.failure().isPresent() ? "failed after " : "no failure in ", run.tally());
            exitCode = run.failure().isPresent() ? ExitCode.FAILED : 0;
        } finally {
            done.countDown();
        }
        return exitCode;
    }

    private void checkOptions() {
        if (hours != null && !(hours > 0 && hours <= MAX_HOURS)) {
            throw new ParameterException(spec.commandLine(), "--hours must be above 0 and at most 1e9: " + hours);
        }
        if (stories != null && stories < 1) {
            throw new ParameterException(spec.commandLine(), "--stories must be at least 1: " + stories);
        }
        if (threads < 1 || threads > MAX_THREADS) {
            throw new ParameterException(spec.commandLine(), "--threads must be between 1 and 1024: " + threads);
        }
    }

    private Duration wanted() {
        if (hours == null && stories != null) {
            return Duration.ofSeconds(Long.MAX_VALUE);
        }
        double wanted = hours == null ? DEFAULT_HOURS : hours;
        return Duration.ofMillis((long) Math.ceil(wanted * Duration.ofHours(1).toMillis()));
    }

    /** An ordinary end comes here too, after the summary. A signal would make the exit code 128 and more. */
    private void onSignal(StoryRun run) {
        if (done.getCount() == 0) {
            return;
        }
        run.end();
        try {
            done.await(LONGEST_STORY.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(exitCode);
    }

    private void tell(StoryRun.Failure failure) {
        PrintWriter err = spec.commandLine().getErr();
        if (failure.cause() instanceof SimulationException violation) {
            err.println(violation.getMessage());
        } else {
            err.println("seed " + failure.seed() + ":");
            failure.cause().printStackTrace(err);
        }
        err.println("repeat with: vrrp simulate --seed " + failure.seed() + " --stories 1");
        err.flush();
    }

    private void print(String what, StoryRun.Tally tally) {
        double minutes = Math.max(System.nanoTime() - startNanos, 1) / 6e10;
        double routerHours = tally.routerTime().toMillis() / 3.6e6;
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(
                Locale.ROOT,
                "%s%d stories: %.1f router-hours, %d deliveries, in %.1f s: %.0f router-hours a minute",
                what,
                tally.stories(),
                routerHours,
                tally.deliveries(),
                minutes * 60,
                routerHours / minutes));
        out.flush();
    }
}
