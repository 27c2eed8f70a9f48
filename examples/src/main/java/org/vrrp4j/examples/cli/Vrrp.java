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
    private static final String COMPLETION = "completion";
    private static final String HELP = "help";
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
        commands.put(COMPLETION, CompletionCommand.class);
        commands.put("prepare", PrepareCommand.class);
        commands.put(HELP, CommandLine.HelpCommand.class);
        return commands;
    }

    /** With the command that is asked for, or with all: a command that nobody asks for takes its time to be read. */
    static CommandLine commandLine(String... args) {
        CommandLine commandLine = new CommandLine(new Vrrp());
        String asked = args.length == 0 ? HELP : args[0];
        if (!COMMANDS.containsKey(asked) || asked.equals(HELP) || asked.equals(COMPLETION)) {
            COMMANDS.forEach(commandLine::addSubcommand);
        } else {
            commandLine.addSubcommand(asked, COMMANDS.get(asked));
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
