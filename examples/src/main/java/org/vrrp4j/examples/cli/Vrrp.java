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
            PrepareCommand.class,
            CommandLine.HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        version = "vrrp4j 0.1.0",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all went well",
            "1:failed unexpectedly",
            "2:wrong command line",
            "3:a right is missing; the message says which and how to grant it",
            "4:an interface does not exist",
            "5:the configuration has errors",
            "6:not possible on this host; the message says why",
            "7:a file cannot be read, or not to its end",
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
        CommandLine commandLine = new CommandLine(new Vrrp());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            failure.printStackTrace(command.getErr());
            return ExitCode.FAILED;
        });
        System.exit(commandLine.execute(args));
    }
}
