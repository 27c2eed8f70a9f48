package org.vrrp4j.examples.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line itself. */
@Command(
        name = "vrrp",
        description = "Holds virtual IP addresses with VRRP, from a keepalived.conf.",
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
    private static final Map<String, Class<?>> COMMANDS = commands();

    private Vrrp() {}

    private static Map<String, Class<?>> commands() {
        Map<String, Class<?>> commands = new LinkedHashMap<>();
        commands.put("run", RunCommand.class);
        commands.put("status", StatusCommand.class);
        commands.put("check", CheckCommand.class);
        commands.put("doctor", DoctorCommand.class);
        commands.put("demo", DemoCommand.class);
        commands.put("bench", BenchCommand.class);
        commands.put("watch", WatchCommand.class);
        commands.put("decode", DecodeCommand.class);
        commands.put("simulate", SimulateCommand.class);
        commands.put("prepare", PrepareCommand.class);
        commands.put("help", CommandLine.HelpCommand.class);
        return commands;
    }

    /** With the command that is asked for, or with all: a command that nobody asks for takes its time to be read. */
    static CommandLine commandLine(String... args) {
        CommandLine commandLine = new CommandLine(new Vrrp());
        Class<?> asked = args.length == 0 || args[0].equals("help") ? null : COMMANDS.get(args[0]);
        if (asked == null) {
            COMMANDS.forEach(commandLine::addSubcommand);
        } else {
            commandLine.addSubcommand(args[0], asked);
        }
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        return commandLine;
    }

    /**
     * Runs a subcommand and exits with its code.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        CommandLine commandLine = commandLine(args);
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            failure.printStackTrace(command.getErr());
            return ExitCode.FAILED;
        });
        System.exit(commandLine.execute(args));
    }
}
