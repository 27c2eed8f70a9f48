package org.vrrp4j.examples.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line itself. */
@Command(
        name = "vrrp",
        description = "Holds virtual IP addresses with VRRP, from a keepalived.conf.",
        subcommands = {
            RunCommand.class,
            StatusCommand.class,
            CheckCommand.class,
            DoctorCommand.class,
            DemoCommand.class,
            BenchCommand.class,
            WatchCommand.class,
            DecodeCommand.class,
            SimulateCommand.class,
            CompletionCommand.class,
            PrepareCommand.class,
            CommandLine.HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        version = "vrrp4j 0.1.0",
        footerHeading = HelpText.EXAMPLES,
        footer = {
            "  vrrp doctor            # would VRRP work on this host?",
            "  vrrp demo              # a failover to look at",
            "  vrrp check keepalived.conf && vrrp run keepalived.conf",
            "  vrrp help run          # all about one command"
        },
        exitCodeListHeading = HelpText.EXIT_CODES,
        exitCodeList = {
            HelpText.OK,
            HelpText.FAILED,
            HelpText.USAGE,
            HelpText.PERMISSION,
            HelpText.INTERFACE_MISSING,
            HelpText.CONFIGURATION,
            HelpText.UNAVAILABLE,
            HelpText.UNREADABLE,
            "8:vrrp doctor: VRRP would not work on this host"
        })
public final class Vrrp {

    private Vrrp() {}

    /**
     * Runs a subcommand and exits with its code.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        CommandLine commandLine = commandLine();
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            failure.printStackTrace(command.getErr());
            return ExitCode.FAILED;
        });
        System.exit(commandLine.execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Vrrp()).setCaseInsensitiveEnumValuesAllowed(true);
    }
}
