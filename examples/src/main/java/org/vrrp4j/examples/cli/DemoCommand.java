package org.vrrp4j.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.vrrp4j.examples.demo.Demo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code vrrp demo}. */
@Command(
        name = "demo",
        description = {
            "Shows failover in some 20 seconds: two hosts and a client on a private network of their own, a master that"
                    + " is killed, leaves and is cut off, and what the client notices of it.",
            "Needs no root where the kernel gives plain users network namespaces; where it does not, the network is"
                    + " simulated. Exits with 0 if the client had answers again every time, with 1 if not."
        },
        mixinStandardHelpOptions = true,
        footerHeading = HelpText.EXAMPLES,
        footer = {"  vrrp demo", "  vrrp demo --svg failover.svg"},
        exitCodeListHeading = HelpText.EXIT_CODES,
        exitCodeList = {"0:the client had answers again every time", "1:it had not", HelpText.USAGE})
final class DemoCommand implements Callable<Integer> {

    @Option(
            names = "--svg",
            paramLabel = "FILE",
            defaultValue = "vrrp-demo.svg",
            description = "Where to draw the timeline; default: ${DEFAULT-VALUE} in the current directory.")
    private Path picture;

    @Option(names = "--simulated", description = "Simulate the network even where a real one is possible.")
    private boolean simulated;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        checkWritable();
        PrintWriter err = spec.commandLine().getErr();
        try {
            return new Demo(System.out).run(picture, simulated) ? 0 : ExitCode.FAILED;
        } catch (IOException e) {
            err.println("vrrp: the demo failed: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }

    /** Tried before the demo rather than after it. */
    private void checkWritable() {
        boolean isNew = !Files.exists(picture);
        try {
            Files.newOutputStream(picture, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
            if (isNew) {
                Files.delete(picture);
            }
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "cannot write " + picture.toAbsolutePath() + " (" + e + "): choose another with --svg FILE",
                    e);
        }
    }
}
