package org.vrrp4j.examples.cli;

import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.vrrp4j.examples.watch.FrameReader;
import org.vrrp4j.examples.watch.LineOutput;
import org.vrrp4j.examples.watch.ObservedPacket;
import org.vrrp4j.examples.watch.PacketJson;
import org.vrrp4j.examples.watch.PacketText;
import org.vrrp4j.examples.watch.TableOutput;
import org.vrrp4j.examples.watch.WatchOutput;
import org.vrrp4j.linux.libc.Capability;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.libc.LinuxHost;
import org.vrrp4j.linux.socket.CaptureSocket;
import org.vrrp4j.spi.MissingPermissionException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vrrp watch IFACE}. */
@Command(
        name = "watch",
        description = {
            "Shows the virtual routers on the wire: who is master, how regularly it advertises, and what is wrong.",
            "Sends no VRRP and needs CAP_NET_RAW. On a terminal the table stays in place, elsewhere each change prints"
                    + " a new one. Ctrl-C ends with 0."
        },
        mixinStandardHelpOptions = true,
        footerHeading = HelpText.EXAMPLES,
        footer = {
            "  vrrp watch eth0",
            "  # each packet of virtual router 51, one a line",
            "  vrrp watch --lines eth0 | grep 'vrid 51'"
        },
        exitCodeListHeading = HelpText.EXIT_CODES,
        exitCodeList = {
            HelpText.OK,
            HelpText.FAILED,
            HelpText.USAGE,
            HelpText.PERMISSION,
            HelpText.INTERFACE_MISSING,
            HelpText.UNAVAILABLE
        })
final class WatchCommand implements Callable<Integer> {
    private static final int STANDARD_OUTPUT = 1;
    private static final int TICK_MILLIS = 250;
    /** After so many packets the time is looked at, also in a flood. */
    private static final int MAX_GROUP = 256;

    private static final double MAX_SECONDS = 1e9;

    @Parameters(paramLabel = "IFACE", description = "The interface, such as eth0, or eth0.10 for a VLAN.")
    private String interfaceName;

    @ArgGroup
    private Format format = new Format();

    /** At most one of these. */
    private static final class Format {
        @Option(names = "--lines", description = "Print one line for each packet.")
        private boolean lines;

        @Option(names = "--json", description = "Print one JSON object for each packet.")
        private boolean json;
    }

    @Option(names = "--show-passwords", description = "Print the passwords of version 2 packets in lines and JSON.")
    private boolean showPasswords;

    @Option(names = "--count", paramLabel = "N", description = "End after N packets.")
    private Long count;

    @Option(names = "--duration", paramLabel = "S", description = "End after S seconds.")
    private Double seconds;

    @Spec
    private CommandSpec spec;

    private volatile int exitCode;
    private long packets;

    @Override
    public Integer call() {
        checkOptions();
        PrintWriter err = spec.commandLine().getErr();
        Optional<Throwable> obstacle = LinuxHost.unavailabilityCause(EnumSet.of(Capability.CAP_NET_RAW));
        if (obstacle.isPresent()) {
            err.println("vrrp: cannot watch: " + obstacle.get().getMessage());
            return obstacle.get() instanceof MissingPermissionException ? ExitCode.PERMISSION : ExitCode.UNAVAILABLE;
        }
        PrintWriter out = spec.commandLine().getOut();
        try (CaptureSocket socket = CaptureSocket.open(interfaceName)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> endJvm(out), "vrrp-shutdown"));
            socket.notJoined()
                    .forEach(reason -> err.println("vrrp: a switch may hold packets back: " + reason.getMessage()));
            err.println("watching " + interfaceName + "; Ctrl-C ends");
            watch(socket, output(out), out);
        } catch (LinuxException e) {
            exitCode = fail(e, err);
        }
        return exitCode;
    }

    private void checkOptions() {
        if (count != null && count < 1) {
            throw new ParameterException(spec.commandLine(), "--count must be at least 1: " + count);
        }
        if (seconds != null && !(seconds > 0 && seconds <= MAX_SECONDS)) {
            throw new ParameterException(spec.commandLine(), "--duration must be above 0 and at most 1e9: " + seconds);
        }
    }

    private int fail(LinuxException e, PrintWriter err) {
        if (e.is(Errno.ENODEV)) {
            err.println(
                    "vrrp: cannot watch: interface " + interfaceName + " does not exist (ip link shows those that do)");
            return ExitCode.INTERFACE_MISSING;
        }
        err.println("vrrp: cannot watch: " + e.getMessage());
        return e.is(Errno.EPERM) ? ExitCode.PERMISSION : ExitCode.FAILED;
    }

    /** A signal would end it with 128 and more. */
    private void endJvm(PrintWriter out) {
        out.flush();
        Runtime.getRuntime().halt(exitCode);
    }

    private WatchOutput output(PrintWriter out) {
        if (format.json) {
            return new LineOutput(out, new PacketJson(showPasswords)::line);
        }
        if (format.lines) {
            return new LineOutput(out, new PacketText(showPasswords)::line);
        }
        return new TableOutput(out, Libc.isatty(STANDARD_OUTPUT) == 1, interfaceName, Instant::now);
    }

    private void watch(CaptureSocket socket, WatchOutput output, PrintWriter out) throws LinuxException {
        ByteBuffer frame = ByteBuffer.allocateDirect(CaptureSocket.MAX_FRAME_BYTES);
        long startNanos = System.nanoTime();
        long durationNanos = seconds == null
                ? Long.MAX_VALUE
                : Duration.ofNanos((long) (seconds * 1e9)).toNanos();
        boolean goesOn = true;
        while (goesOn) {
            long leftMillis = (durationNanos - (System.nanoTime() - startNanos)) / 1_000_000 + 1;
            socket.awaitReadable((int) Math.min(TICK_MILLIS, Math.max(leftMillis, 0)));
            goesOn = receive(socket, frame, output);
            output.onTime(System.nanoTime());
            goesOn &= System.nanoTime() - startNanos < durationNanos && !out.checkError();
        }
        output.end(System.nanoTime());
    }

    /** Takes what has come; false when that was enough. */
    private boolean receive(CaptureSocket socket, ByteBuffer frame, WatchOutput output) throws LinuxException {
        for (int i = 0; i < MAX_GROUP; i++) {
            try {
                if (socket.receive(frame) < 0) {
                    return true;
                }
            } catch (LinuxException e) {
                onError(e);
                return true;
            }
            Optional<ObservedPacket> packet = FrameReader.received(frame, Instant.now(), interfaceName);
            if (packet.isPresent()) {
                output.onPacket(System.nanoTime(), packet.get());
                packets++;
                if (count != null && packets >= count) {
                    return false;
                }
            }
        }
        return true;
    }

    private void onError(LinuxException e) throws LinuxException {
        if (!e.is(Errno.ENETDOWN)) {
            throw e;
        }
        CaptureSocket.interfaceIndex(interfaceName);
        spec.commandLine().getErr().println("vrrp: " + interfaceName + " is down; watching on until it is up again");
    }
}
