package org.vrrp4j.examples.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.vrrp4j.keepalived.KeepalivedConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vrrp check CONF}. */
@Command(
        name = "check",
        description =
                "Reads a keepalived.conf and prints every problem as file:line: text, and what would run if there is"
                        + " no error. Exits with 5 on errors, and on a misplaced brace that vrrp run repairs, as"
                        + " keepalived -t does.",
        mixinStandardHelpOptions = true,
        footerHeading = HelpText.EXAMPLES,
        footer = {
            "  vrrp check /etc/keepalived/keepalived.conf",
            "  # the lines for another host",
            "  vrrp check --config-id lb2 /etc/keepalived/keepalived.conf"
        },
        exitCodeListHeading = HelpText.EXIT_CODES,
        exitCodeList = {
            "0:no errors; there may be warnings",
            HelpText.USAGE,
            HelpText.CONFIGURATION,
            HelpText.UNREADABLE
        })
final class CheckCommand implements Callable<Integer> {

    @Parameters(paramLabel = "CONF", description = "The file to read.")
    private Path file;

    @Mixin
    private ConfigIdOption configId;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Optional<KeepalivedConf> conf = ConfigFile.read(file, configId.host(), out);
        if (conf.isEmpty()) {
            return ExitCode.UNREADABLE;
        }
        if (conf.get().hasErrors()) {
            return ExitCode.CONFIGURATION;
        }
        new ConfigDump(out).print(conf.get().nodeConfig());
        out.flush();
        return conf.get().isRepaired() ? ExitCode.CONFIGURATION : 0;
    }
}
