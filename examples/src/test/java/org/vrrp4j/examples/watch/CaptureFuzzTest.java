package org.vrrp4j.examples.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes in place of a file for {@code vrrp decode}, as capture or as lines, whichever they look like. */
class CaptureFuzzTest {
    private static final String IPV4 = Frames.ipv4(Frames.V2_PASSWORD, 255);
    private static final String IPV6 = Frames.ipv6(Frames.V3_IPV6);
    private static final int RECORD_BYTES = 16;

    private final PacketText text = new PacketText(true);
    private final PacketJson json = new PacketJson(true);

    static Stream<byte[]> seeds() {
        String tagged = Frames.ETHERNET.substring(0, 24) + "810020030800" + IPV4;
        String lines = String.join(
                "\n",
                "# comment",
                Frames.ETHERNET + IPV4,
                IPV6,
                "192.0.2.11 224.0.0.18 " + Frames.V3_PSEUDO_HEADER,
                Frames.V2_PASSWORD + " # password",
                Frames.V3_MESSAGE_ONLY);
        return Stream.of(
                Frames.pcap(List.of(Frames.ETHERNET + IPV4, tagged, Frames.ETHERNET_IPV6 + IPV6)),
                Frames.pcap(ByteOrder.BIG_ENDIAN, 0xa1b23c4d, 101, List.of(IPV4, IPV6)),
                Frames.pcap(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, 113, List.of("00".repeat(14) + "0800" + IPV4)),
                Frames.pcap(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, 276, List.of("86dd" + "00".repeat(18) + IPV6)),
                lines.getBytes(StandardCharsets.US_ASCII));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "8s")
    @DisplayName("any file is shown packet by packet, or what is wrong with it is said")
    void anyFileIsShownOrRefused(byte[] data) throws IOException {
        byte[] beginning = Arrays.copyOf(data, Math.min(data.length, CaptureFile.MAGIC_BYTES));
        if (CaptureFile.recognises(beginning)) {
            readCapture(data);
        } else {
            readLines(data);
        }
    }

    private void readCapture(byte[] data) throws IOException {
        long records = 0;
        try {
            CaptureFile capture = CaptureFile.open(new ByteArrayInputStream(data));
            for (Optional<CaptureFile.Entry> entry = capture.next(); entry.isPresent(); entry = capture.next()) {
                assertThat(entry.get().number()).isEqualTo(++records);
                entry.get().packet().ifPresent(this::show);
            }
        } catch (CaptureFormatException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        assertThat(records).isLessThanOrEqualTo(data.length / RECORD_BYTES);
    }

    private void readLines(byte[] data) throws IOException {
        BoundedLines lines = new BoundedLines(new ByteArrayInputStream(data));
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            if (!HexLines.isBlank(line.get())) {
                try {
                    HexLines.read(line.get()).ifPresent(this::show);
                } catch (CaptureFormatException e) {
                    assertThat(e.getMessage()).isNotBlank();
                }
            }
        }
    }

    /** On one line, without anything that a terminal would act on. */
    private void show(ObservedPacket packet) {
        for (String shown : List.of(text.line(packet), json.line(packet))) {
            assertThat(shown).isNotBlank();
            assertThat(shown.chars().noneMatch(Character::isISOControl))
                    .as(shown)
                    .isTrue();
        }
    }
}
