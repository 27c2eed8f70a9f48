package org.vrrp4j.examples.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.vrrp4j.examples.watch.BoundedLines;
import org.vrrp4j.examples.watch.CaptureFile;
import org.vrrp4j.examples.watch.CaptureFormatException;
import org.vrrp4j.examples.watch.HexLines;
import org.vrrp4j.examples.watch.ObservedPacket;
import org.vrrp4j.examples.watch.PacketJson;
import org.vrrp4j.examples.watch.PacketText;
import org.vrrp4j.packet.PacketRejection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vrrp decode FILE}. */
@Command(
        name = "decode",
        description = {
            "Shows every VRRP packet of a capture file, or why a router would ignore it.",
            "FILE is a pcap file (tcpdump -w FILE) or has lines of hex digits, each with an Ethernet frame, an IP"
                    + " packet or a VRRP message; in front of a message may be its source and destination address."
        },
        mixinStandardHelpOptions = true,
        footerHeading = HelpText.EXAMPLES,
        footer = {
            "  tcpdump -i eth0 -c 10 -w vrrp.pcap ip proto 112 && vrrp decode vrrp.pcap",
            "  # a message by itself, after its source and destination",
            "  echo 192.0.2.1 224.0.0.18 2133640100019c9dc0000264 | vrrp decode -"
        },
        exitCodeListHeading = HelpText.EXIT_CODES,
        exitCodeList = {HelpText.OK, HelpText.USAGE, HelpText.UNREADABLE})
final class DecodeCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    @Parameters(paramLabel = "FILE", description = "The file to read; - is the standard input.")
    private String file;

    @Option(names = "--json", description = "Print one JSON object for each packet.")
    private boolean json;

    @Option(names = "--show-passwords", description = "Print the passwords of version 2 packets.")
    private boolean showPasswords;

    @Spec
    private CommandSpec spec;

    private Function<ObservedPacket, String> format;
    private long records;
    private long accepted;
    private long rejected;
    private long broken;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        format = json ? new PacketJson(showPasswords)::line : new PacketText(showPasswords)::line;
        try (InputStream in = new BufferedInputStream(open())) {
            in.mark(CaptureFile.MAGIC_BYTES);
            byte[] beginning = in.readNBytes(CaptureFile.MAGIC_BYTES);
            in.reset();
            if (beginning.length == 0) {
                throw new IOException("it is empty; expected a pcap file (tcpdump -w FILE) or lines of hex digits");
            }
            if (CaptureFile.recognises(beginning)) {
                decodeCapture(in, out);
            } else {
                decodeLines(in, out, err);
            }
        } catch (CaptureFormatException e) {
            broken++;
            out.flush();
            err.println("vrrp: " + fileName() + ": " + e.getMessage());
        } catch (IOException e) {
            out.flush();
            err.println("vrrp: cannot read " + fileName() + ": " + reason(e));
            return ExitCode.UNREADABLE;
        }
        out.flush();
        if (records == 0 && broken > 0) {
            return ExitCode.UNREADABLE;
        }
        err.println(records + " records: " + accepted + " advertisements, " + rejected + " rejected, "
                + (records - accepted - rejected) + " of other protocols");
        err.flush();
        return broken == 0 ? 0 : ExitCode.UNREADABLE;
    }

    private InputStream open() throws IOException {
        return file.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(file));
    }

    private String fileName() {
        return file.equals(STANDARD_INPUT) ? "standard input" : file;
    }

    private void decodeCapture(InputStream in, PrintWriter out) throws IOException {
        CaptureFile capture = CaptureFile.open(in);
        for (Optional<CaptureFile.Entry> entry = capture.next(); entry.isPresent(); entry = capture.next()) {
            records++;
            long number = entry.get().number();
            entry.get().packet().ifPresent(packet -> print(out, number, packet));
        }
    }

    private void decodeLines(InputStream in, PrintWriter out, PrintWriter err) throws IOException {
        BoundedLines lines = new BoundedLines(in);
        long number = 0;
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            number++;
            if (!HexLines.isBlank(line.get())) {
                decodeLine(line.get(), number, out, err);
            }
        }
    }

    private void decodeLine(String line, long number, PrintWriter out, PrintWriter err) {
        try {
            Optional<ObservedPacket> packet = HexLines.read(line);
            records++;
            packet.ifPresent(found -> print(out, number, found));
        } catch (CaptureFormatException e) {
            broken++;
            out.flush();
            err.println("vrrp: " + fileName() + ":" + number + ": " + e.getMessage());
        }
    }

    private void print(PrintWriter out, long number, ObservedPacket packet) {
        if (packet.decoded() instanceof PacketRejection) {
            rejected++;
        } else {
            accepted++;
        }
        out.println(json ? format.apply(packet) : number + ": " + format.apply(packet));
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        return e instanceof AccessDeniedException ? "no right to read it" : e.getMessage();
    }
}
