package org.vrrp4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vrrp4j.examples.watch.Frames;
import picocli.CommandLine;

class DecodeCommandTest {
    private static final String GOOD = Frames.ETHERNET + Frames.ipv4(Frames.V3_PSEUDO_HEADER, 255);

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    @DisplayName("a capture file is shown with the number of each record, and summed up")
    void captureFileIsShown() throws IOException {
        String bad = Frames.ETHERNET + Frames.ipv4(Frames.V3_PSEUDO_HEADER, 1);
        String other = "ffffffffffff0200000000aa0806" + "00".repeat(28);
        assertThat(decode(Frames.pcap(List.of(GOOD, other, bad)))).isZero();
        assertThat(out.toString().lines()).hasSize(2);
        assertThat(out.toString()).contains("1: 2026-11-22T10:00:00.123456Z ", "3: 2026", "rejected: TTL");
        assertThat(err.toString()).isEqualTo("3 records: 1 advertisements, 1 rejected, 1 of other protocols\n");
    }

    @Test
    @DisplayName("a damaged record does not hide those before it, and makes the exit code 7")
    void damagedRecordHidesNothing() throws IOException {
        byte[] whole = Frames.pcap(List.of(GOOD, GOOD));
        assertThat(decode(Arrays.copyOf(whole, whole.length - 1))).isEqualTo(ExitCode.UNREADABLE);
        assertThat(out.toString().lines()).as(err.toString()).hasSize(1);
        assertThat(err.toString())
                .contains("input: record 2 at offset 86: needs 62 bytes")
                .contains("1 records");
    }

    @Test
    @DisplayName("a damaged line of digits is told by its number and hides no other")
    void damagedLineHidesNothing() throws IOException {
        String text = "# two\n" + Frames.V3_MESSAGE_ONLY + "\nzz\n\n" + Frames.V2_PASSWORD + "\n";
        assertThat(decode(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(ExitCode.UNREADABLE);
        assertThat(out.toString().lines().map(line -> line.split(" ")[0])).containsExactly("2:", "5:");
        assertThat(err.toString()).contains("input:3: not a hex digit: 'z'");
    }

    @Test
    @DisplayName("a file that cannot be read is told with its name, and no stack trace")
    void unreadableFileIsTold() throws IOException {
        assertThat(run(directory.resolve("none").toString())).isEqualTo(ExitCode.UNREADABLE);
        assertThat(err.toString()).contains("none: there is no such file");
        assertThat(run(directory.toString())).isEqualTo(ExitCode.UNREADABLE);
        assertThat(decode(new byte[0])).isEqualTo(ExitCode.UNREADABLE);
        assertThat(err.toString()).contains("input: it is empty");
        assertThat(decode(new byte[] {0, 1, 2, 3, 4})).isEqualTo(ExitCode.UNREADABLE);
        assertThat(err.toString()).contains("begins with 00 01 02 03").doesNotContain("\tat ");
        assertThat(decode("3".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII)))
                .as("one long line")
                .isZero();
    }

    private int decode(byte[] content) throws IOException {
        return run(Files.write(directory.resolve("input"), content).toString());
    }

    private int run(String... arguments) {
        return new CommandLine(new DecodeCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
