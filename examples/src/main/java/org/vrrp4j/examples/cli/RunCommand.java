package org.vrrp4j.examples.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.NodeBuilder;
import org.vrrp4j.NodeStartException;
import org.vrrp4j.VrrpNode;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.keepalived.KeepalivedConf;
import org.vrrp4j.linux.LinuxPlatformProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vrrp run CONF}. */
@Command(
        name = "run",
        description = "Runs a keepalived.conf in the foreground. SIGTERM or SIGINT hands over and ends with 0.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Parameters(paramLabel = "CONF", description = "The file to run.")
    private Path file;

    @Option(
            names = "--guard",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "A small process takes the addresses away within milliseconds if this one is killed. On by"
                    + " default; without it the end of their lease does, within a second or more.")
    private boolean guard;

    @Option(
            names = "--script-limit",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long a run of a notify script may take before it is ended with its children; default:"
                    + " ${DEFAULT-VALUE}.")
    private int scriptLimit;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        Optional<KeepalivedConf> conf = ConfigFile.read(file, err);
        if (conf.isEmpty()) {
            return ExitCode.UNREADABLE;
        }
        if (conf.get().hasErrors()) {
            return ExitCode.CONFIGURATION;
        }
        VrrpNode node;
        try {
            node = start(conf.get().nodeConfig());
        } catch (NodeStartException e) {
            err.println("vrrp: cannot start: " + e.getMessage());
            return exitCode(e.reason());
        }
        LOG.info("running {} with {}", conf.get().nodeConfig().name(), file);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> handOver(node), "vrrp-shutdown"));
        new CountDownLatch(1).await();
        return 0;
    }

    private VrrpNode start(NodeConfig config) {
        NodeBuilder builder =
                VrrpNode.builder().config(config).runNotifyScripts(Duration.ofSeconds(Math.max(1, scriptLimit)));
        return (guard ? builder.platform(new LinuxPlatformProvider().withGuard()) : builder).start();
    }

    /** Ends the JVM with 0, where a signal would make it 128 and more. */
    private static void handOver(VrrpNode node) {
        try {
            node.close();
            LOG.info("stopped");
            System.out.flush();
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }

    private static int exitCode(NodeStartException.Reason reason) {
        return switch (reason) {
            case PERMISSION -> ExitCode.PERMISSION;
            case INTERFACE_MISSING -> ExitCode.INTERFACE_MISSING;
            case UNAVAILABLE -> ExitCode.UNAVAILABLE;
            case FAILED -> ExitCode.FAILED;
            default -> throw new IllegalStateException("unknown reason " + reason);
        };
    }
}
