package org.vrrp4j.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.NodeBuilder;
import org.vrrp4j.NodeStartException;
import org.vrrp4j.VrrpNode;
import org.vrrp4j.config.LimitedCommand;
import org.vrrp4j.config.LoopScheduling;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.examples.status.StatusAnswers;
import org.vrrp4j.examples.status.StatusPath;
import org.vrrp4j.examples.status.StatusSocket;
import org.vrrp4j.keepalived.KeepalivedConf;
import org.vrrp4j.linux.LinuxPlatformProvider;
import org.vrrp4j.linux.notify.LinuxNotifier;
import org.vrrp4j.management.NodeManagement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vrrp run CONF}. */
@Command(
        name = "run",
        description = "Runs a keepalived.conf in the foreground. SIGTERM or SIGINT hands over and ends with 0. SIGHUP"
                + " reads the file again: what has changed changes, and the rest notices nothing; a file with errors"
                + " changes nothing, and the log says what they are.",
        mixinStandardHelpOptions = true,
        footerHeading = HelpText.EXAMPLES,
        footer = {
            "  # the file that a site already has; Ctrl-C hands over",
            "  vrrp run /etc/keepalived/keepalived.conf",
            "  # as a service, with a log of its own and mails over an encrypted connection",
            "  vrrp run --log-file /var/log/vrrp.log --smtp-starttls --smtp-user lb \\",
            "    --smtp-password-file /etc/vrrp.pw FILE"
        },
        exitCodeListHeading = HelpText.EXIT_CODES,
        exitCodeList = {
            "0:it was ended by a signal and has handed over",
            HelpText.FAILED,
            HelpText.USAGE,
            HelpText.PERMISSION,
            HelpText.INTERFACE_MISSING,
            HelpText.CONFIGURATION,
            HelpText.UNAVAILABLE,
            HelpText.UNREADABLE
        })
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

    @Option(
            names = "--pause-grace",
            paramLabel = "MILLISECONDS",
            description =
                    "For how long the kernel goes on advertising while the JVM is paused, where intervals are that"
                            + " short; 0 for not at all. Default: 400.")
    private Integer pauseGrace;

    @Option(
            names = "--urgent",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "The one thread of the node goes before others, with nice -10, if this process may do that and"
                            + " the file has no vrrp_priority or vrrp_rt_priority. On by default.")
    private boolean urgent;

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description = "Where 'vrrp status' asks; default: the name of the node in /run/vrrp4j, which stays when a"
                    + " reload changes router_id.")
    private Path socket;

    @Mixin
    private LogOptions log;

    @Mixin
    private MailOptions mails;

    @Mixin
    private ConfigIdOption configId;

    @Spec
    private CommandSpec spec;

    private volatile int exitCode;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        Optional<KeepalivedConf> conf = ConfigFile.read(file, configId.host(), err);
        if (conf.isEmpty()) {
            return ExitCode.UNREADABLE;
        }
        if (conf.get().hasErrors()) {
            return ExitCode.CONFIGURATION;
        }
        try {
            log.apply();
            Hangups hangups = Hangups.install();
            Reloads reloads = run(conf.get(), new ProcessDuties(hangups::add));
            while (true) {
                hangups.await();
                reloads.reload();
            }
        } catch (NodeStartException e) {
            err.println("vrrp: cannot start: " + e.getMessage());
            return exitCode(e.reason());
        } catch (IOException e) {
            err.println("vrrp: cannot start: " + e.getMessage());
            exitCode = ExitCode.FAILED;
            return exitCode;
        }
    }

    private Reloads run(KeepalivedConf conf, ProcessDuties duties) throws IOException, InterruptedException {
        NodeConfig config = conf.nodeConfig();
        duties.use(config.process());
        runScript("startup_script", config, config.process().startup());
        CurrentMails alerts = new CurrentMails(mails.open(config));
        VrrpNode node;
        try {
            node = start(conf, alerts);
        } catch (NodeStartException e) {
            // what the first script has made
            runScript("shutdown_script", config, config.process().shutdown());
            throw e;
        }
        Queue<Runnable> closings = new ConcurrentLinkedQueue<>();
        // at once: a signal may come before the rest is open
        Runtime.getRuntime().addShutdownHook(new Thread(() -> handOver(node, closings), "vrrp-shutdown"));
        closings.add(alerts::close);
        closings.add(duties::close);
        NodeManagement management = NodeManagement.register(node::status);
        closings.add(management::close);
        openStatus(new StatusAnswers(node, duties::nextReload), config.name())
                .ifPresent(open -> closings.add(() -> close(open)));
        LOG.info("running {} with {}", config.name(), file);
        return new Reloads(node, file, configId.host(), management, next -> alerts.use(mails.open(next)), duties);
    }

    /** That it fails changes nothing, as with keepalived. */
    private static void runScript(String keyword, NodeConfig config, Optional<LimitedCommand> script)
            throws InterruptedException {
        if (script.isPresent()) {
            LOG.info("{}: running {}", keyword, script.get().command());
            LinuxNotifier.runOnce(keyword, script.get(), config);
        }
    }

    /** A node that cannot be asked serves all the same, unless the path was given. */
    private Optional<StatusSocket> openStatus(StatusAnswers answers, String name) throws IOException {
        Path path = socket == null ? StatusPath.of(name) : socket;
        try {
            return Optional.of(StatusSocket.open(path, answers));
        } catch (IOException e) {
            if (socket != null) {
                throw new IOException("--socket: " + e.getMessage(), e);
            }
            LOG.info("vrrp status will not be answered: {}", e.toString());
            return Optional.empty();
        }
    }

    private static void close(StatusSocket status) {
        try {
            status.close();
        } catch (IOException e) {
            LOG.warn("the socket of vrrp status stays: {}", e.toString());
        }
    }

    private VrrpNode start(KeepalivedConf conf, CurrentMails alerts) {
        NodeBuilder builder = VrrpNode.builder()
                .keepalivedConf(conf)
                .runNotifyScripts(Duration.ofSeconds(Math.max(1, scriptLimit)))
                .loopScheduling(urgent ? LoopScheduling.URGENT : LoopScheduling.AS_OTHERS)
                .listener(alerts);
        Optional.ofNullable(pauseGrace).map(Duration::ofMillis).ifPresent(builder::pauseGrace);
        return (guard ? builder.platform(new LinuxPlatformProvider().withGuard()) : builder).start();
    }

    /** Ends the JVM with 0 or an error of the start, where a signal would make it 128 and more. */
    private void handOver(VrrpNode node, Queue<Runnable> closings) {
        try {
            node.close();
            closings.forEach(Runnable::run);
            runScript("shutdown_script", node.config(), node.config().process().shutdown());
            LOG.info("stopped");
            System.out.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Runtime.getRuntime().halt(exitCode);
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
