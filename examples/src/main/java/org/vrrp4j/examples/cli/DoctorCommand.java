package org.vrrp4j.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.vrrp4j.config.NamespaceName;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.keepalived.KeepalivedConf;
import org.vrrp4j.linux.doctor.Diagnosis;
import org.vrrp4j.linux.doctor.Doctor;
import org.vrrp4j.linux.doctor.Finding.Topic;
import org.vrrp4j.linux.libc.Capability;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.libc.LinuxHost;
import org.vrrp4j.linux.libc.NetworkNamespace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vrrp doctor [CONF]}. */
@Command(
        name = "doctor",
        description = {
            "Checks whether VRRP would work on this host, with the interfaces and addresses of CONF if given: rights,"
                    + " kernel, interfaces, sysctl settings, the firewall, other routers, addresses that are taken."
                    + " Each finding comes with what to do about it.",
            "Changes nothing. Run it with the rights and the options of the JVM that vrrp run will have; what it cannot"
                    + " check without a right, it says.",
            "Exits with 0 if nothing was found that keeps VRRP from working, with 8 if something was; with 3 if a right"
                    + " is missing, so that vrrp run would not start, and with 4 if an interface does not exist."
        },
        mixinStandardHelpOptions = true,
        footerHeading = HelpText.EXAMPLES,
        footer = {
            "  vrrp doctor",
            "  vrrp doctor /etc/keepalived/keepalived.conf",
            "  # with the rights that the service will have",
            "  setpriv --reuid=app --clear-groups --inh-caps=+net_raw,+net_admin \\",
            "    --ambient-caps=+net_raw,+net_admin vrrp doctor FILE"
        },
        exitCodeListHeading = HelpText.EXIT_CODES,
        exitCodeList = {
            "0:nothing keeps VRRP from working",
            HelpText.USAGE,
            HelpText.PERMISSION,
            HelpText.INTERFACE_MISSING,
            HelpText.CONFIGURATION,
            HelpText.UNAVAILABLE,
            HelpText.UNREADABLE,
            "8:vrrp run would start, but VRRP would not work"
        })
final class DoctorCommand implements Callable<Integer> {
    private static final double MAX_SECONDS = 3600;

    @Parameters(
            paramLabel = "CONF",
            arity = "0..1",
            description = "A keepalived.conf; without it, every Ethernet interface in use is examined.")
    private Path file;

    @Option(names = "--json", description = "Print one JSON object with all findings.")
    private boolean json;

    @Option(
            names = "--listen",
            paramLabel = "S",
            description =
                    "Listen for S seconds to other routers; default: for two advertisement intervals, 10 s at most.")
    private Double seconds;

    @Mixin
    private ConfigIdOption configId;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (seconds != null && !(seconds > 0 && seconds <= MAX_SECONDS)) {
            throw new ParameterException(spec.commandLine(), "--listen must be above 0 and at most 3600: " + seconds);
        }
        Optional<NodeConfig> config = Optional.empty();
        if (file != null) {
            Optional<KeepalivedConf> conf =
                    ConfigFile.read(file, configId.host(), spec.commandLine().getErr());
            if (conf.isEmpty()) {
                return ExitCode.UNREADABLE;
            }
            if (conf.get().hasErrors()) {
                return ExitCode.CONFIGURATION;
            }
            config = Optional.of(conf.get().nodeConfig());
        }
        Optional<NamespaceName> namespace = config.flatMap(NodeConfig::namespace);
        boolean canEnter =
                LinuxHost.unavailabilityCause(EnumSet.noneOf(Capability.class)).isEmpty();
        return namespace.isPresent() && canEnter ? examineIn(namespace.get(), config) : examine(config);
    }

    private int examineIn(NamespaceName name, Optional<NodeConfig> config) throws InterruptedException {
        try (NetworkNamespace namespace = NetworkNamespace.open(name.name())) {
            return namespace.call(() -> examine(config));
        } catch (IOException e) {
            spec.commandLine().getErr().println("vrrp: " + name.source() + ": " + e.getMessage());
            boolean right = e instanceof LinuxException refused && refused.is(Errno.EPERM);
            return right ? ExitCode.PERMISSION : ExitCode.UNAVAILABLE;
        }
    }

    private int examine(Optional<NodeConfig> config) throws InterruptedException {
        Doctor doctor = config.map(Doctor::of).orElseGet(Doctor::ofHost);
        if (seconds != null) {
            doctor = doctor.listening(Duration.ofNanos((long) (seconds * 1e9)));
        }
        PrintWriter out = spec.commandLine().getOut();
        Diagnosis diagnosis = doctor.examine(finding -> {
            if (!json) {
                DoctorReport.lines(finding).forEach(out::println);
                out.flush();
            }
        });
        int exitCode = exitCode(
                diagnosis,
                config.filter(node -> !node.waitsForInterfaces()).stream()
                        .flatMap(node -> node.routers().stream())
                        .map(router -> router.id().interfaceName())
                        .toList());
        out.println(json ? DoctorReport.json(diagnosis, exitCode) : DoctorReport.summary(diagnosis));
        out.flush();
        return exitCode;
    }

    private static int exitCode(Diagnosis diagnosis, List<String> interfaces) {
        if (diagnosis.works()) {
            return 0;
        }
        if (diagnosis.hasProblem(Topic.KERNEL)) {
            return ExitCode.UNAVAILABLE;
        }
        if (diagnosis.hasProblem(Topic.RIGHTS)) {
            return ExitCode.PERMISSION;
        }
        return interfaces.stream().allMatch(DoctorCommand::exists) ? ExitCode.UNSUITABLE : ExitCode.INTERFACE_MISSING;
    }

    private static boolean exists(String interfaceName) {
        try {
            return NetworkInterface.getByName(interfaceName) != null;
        } catch (SocketException e) {
            return false;
        }
    }
}
