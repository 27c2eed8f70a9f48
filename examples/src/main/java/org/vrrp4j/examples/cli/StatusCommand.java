package org.vrrp4j.examples.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.vrrp4j.examples.status.StatusAnswers;
import org.vrrp4j.examples.status.StatusPath;
import org.vrrp4j.examples.status.StatusSocket;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vrrp status}. */
@Command(
        name = "status",
        description = "Shows the virtual routers of a running 'vrrp run' on this host.",
        mixinStandardHelpOptions = true,
        footerHeading = HelpText.EXAMPLES,
        footer = {
            "  vrrp status",
            "  # is VI_1 master? (2 is MASTER in the dump of keepalived)",
            "  vrrp status --json | jq '.[] | select(.data.iname == \"VI_1\") | .data.state'"
        },
        exitCodeListHeading = HelpText.EXIT_CODES,
        exitCodeList = {HelpText.OK, HelpText.USAGE, "7:nobody answers"})
final class StatusCommand implements Callable<Integer> {

    @Option(names = "--json", description = "In the format of keepalived's JSON dump.")
    private boolean json;

    @Option(names = "--socket", paramLabel = "PATH", description = "Where it answers; default: the only one there is.")
    private Path socket;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try {
            Path path = socket == null ? StatusPath.only() : socket;
            String request = json ? StatusAnswers.JSON : StatusAnswers.TABLE;
            spec.commandLine().getOut().print(ask(path, request));
            spec.commandLine().getOut().flush();
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println("vrrp: " + e.getMessage());
            return ExitCode.UNREADABLE;
        }
    }

    private static String ask(Path path, String request) throws IOException {
        try {
            return StatusSocket.ask(path, request);
        } catch (IOException e) {
            throw new IOException("nobody answers on " + path + ": " + e.getMessage(), e);
        }
    }
}
