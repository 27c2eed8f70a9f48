package org.vrrp4j.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.vrrp4j.examples.bench.Bench;
import org.vrrp4j.linux.lab.Lab;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vrrp bench}. */
@Command(
        name = "bench",
        description = {
            "Measures takeover, hand-over, start, load and memory, on hosts in network namespaces of their own, with"
                    + " the kernel's receive timestamps of a capture.",
            "Needs tcpdump, and root for it. docs/performance.md explains the figures. Exits with 0 if everything could"
                    + " be measured, with 1 if not, whatever the figures are."
        },
        mixinStandardHelpOptions = true,
        footerHeading = HelpText.EXAMPLES,
        footer = {"  vrrp bench --list", "  vrrp bench --against keepalived --only 'takeover-.*' --json figures.json"},
        exitCodeListHeading = HelpText.EXIT_CODES,
        exitCodeList = {
            "0:everything was measured",
            "1:something could not be measured",
            HelpText.USAGE,
            HelpText.UNAVAILABLE
        })
final class BenchCommand implements Callable<Integer> {
    private static final String KEEPALIVED = "keepalived";

    @Option(
            names = "--against",
            paramLabel = KEEPALIVED,
            description = "Measures keepalived beside it, on the same wire and in turns.")
    private String against;

    @Option(
            names = "--quick",
            description = "Only to see that everything works, in a minute; the figures mean nothing.")
    private boolean quick;

    @Option(names = "--only", paramLabel = "REGEX", defaultValue = "", description = "Only scenarios of such a name.")
    private Pattern only;

    @Option(
            names = "--garbage-minutes",
            paramLabel = "N",
            defaultValue = "10",
            description = "How long each half of a garbage scenario takes: ${DEFAULT-VALUE}.")
    private int garbageMinutes;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes every sample there.")
    private Path json;

    @Option(names = "--svg", paramLabel = "DIR", description = "Draws the plots there.")
    private Path svg;

    @Option(names = "--list", description = "Prints the names of the scenarios, and runs none.")
    private boolean list;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        if (list) {
            Bench.scenarios().forEach(System.out::println);
            return 0;
        }
        if (against != null && !against.equals(KEEPALIVED)) {
            err.println("vrrp: --against knows only " + KEEPALIVED + ": " + against);
            return spec.exitCodeOnInvalidInput();
        }
        if (garbageMinutes < 1) {
            err.println("vrrp: --garbage-minutes must be at least 1: " + garbageMinutes);
            return spec.exitCodeOnInvalidInput();
        }
        Bench.Options options = new Bench.Options(
                against != null,
                quick,
                only,
                Optional.ofNullable(json),
                Optional.ofNullable(svg),
                Duration.ofMinutes(garbageMinutes));
        Optional<String> cause = Lab.unavailabilityCause().or(() -> Bench.unavailabilityCause(options));
        if (cause.isPresent()) {
            err.println("vrrp: cannot measure here: " + cause.get());
            return ExitCode.UNAVAILABLE;
        }
        try {
            return new Bench(System.out).run(options) ? 0 : ExitCode.FAILED;
        } catch (IOException e) {
            err.println("vrrp: the benchmark failed: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }
}
