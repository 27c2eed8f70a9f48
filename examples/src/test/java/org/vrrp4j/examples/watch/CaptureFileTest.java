package org.vrrp4j.examples.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CaptureFileTest {
    private static final String GOOD = Frames.ETHERNET + Frames.ipv4(Frames.V3_PSEUDO_HEADER, 255);
    private static final String ARP = "ffffffffffff0200000000aa0806" + "00".repeat(28);
    private static final int MICROS = 0xa1b2c3d4;
    private static final int NANOS = 0xa1b23c4d;

    static Stream<Arguments> forms() {
        return Stream.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)
                .flatMap(order -> Stream.of(MICROS, NANOS).map(magic -> Arguments.of(order, magic)));
    }

    @ParameterizedTest
    @MethodSource("forms")
    @DisplayName("both byte orders and both units of time are read")
    void formsAreRead(ByteOrder order, int magic) throws IOException {
        List<CaptureFile.Entry> entries = read(Frames.pcap(order, magic, 1, List.of(GOOD, ARP, GOOD)));
        assertThat(entries).extracting(CaptureFile.Entry::number).containsExactly(1L, 2L, 3L);
        assertThat(entries.get(0).packet().orElseThrow().time()).contains(Frames.TIME);
        assertThat(entries.get(1).packet()).isEmpty();
        assertThat(entries.get(2).packet().orElseThrow().time()).contains(Frames.TIME.plusSeconds(2));
    }

    @ParameterizedTest
    @CsvSource({"101, ''", "113, 0000000100060200000000aa00000800", "276, 08000000000000020001000602000000 00aa0000"})
    @DisplayName("raw packets and the captures of all interfaces are read, too")
    void otherLinkTypesAreRead(int linkType, String header) throws IOException {
        String frame = header.replace(" ", "") + Frames.ipv4(Frames.V3_PSEUDO_HEADER, 255);
        byte[] file = Frames.pcap(ByteOrder.LITTLE_ENDIAN, MICROS, linkType, List.of(frame));
        assertThat(read(file)
                        .get(0)
                        .packet()
                        .orElseThrow()
                        .envelope()
                        .orElseThrow()
                        .source())
                .isEqualTo(Frames.address("192.0.2.11"));
    }

    @Test
    @DisplayName("a file that ends within a record has the records before it, and tells where it ends")
    void truncatedFileKeepsWhatIsBefore() throws IOException {
        byte[] whole = Frames.pcap(List.of(GOOD, GOOD));
        int second = 24 + 16 + GOOD.length() / 2;
        for (int length = second + 1; length < whole.length; length++) {
            CaptureFile file = CaptureFile.open(new ByteArrayInputStream(Arrays.copyOf(whole, length)));
            assertThat(file.next().orElseThrow().packet()).isPresent();
            assertThatThrownBy(file::next)
                    .isInstanceOf(CaptureFormatException.class)
                    .hasMessageContaining("record 2 at offset " + second)
                    .hasMessageContaining("ends after " + (length - second));
        }
    }

    @Test
    @DisplayName("a length that is impossible is damage, not a reason to take so much memory")
    void impossibleLengthIsDamage() throws IOException {
        byte[] damaged = Frames.pcap(List.of(GOOD));
        ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN).putInt(24 + 8, -1);
        CaptureFile file = CaptureFile.open(new ByteArrayInputStream(damaged));
        assertThatThrownBy(file::next)
                .isInstanceOf(CaptureFormatException.class)
                .hasMessageContaining("record 1 at offset 24: a length of 4294967295 bytes");
    }

    @Test
    @DisplayName("what is no pcap file is told with its first bytes, and pcapng with the way out")
    void otherFilesAreRefused() {
        assertThatThrownBy(() -> open(new byte[] {0x7f, 0x45, 0x4c, 0x46, 1}))
                .hasMessageContaining("begins with 7f 45 4c 46")
                .hasMessageContaining("tcpdump -w");
        assertThatThrownBy(() -> open(new byte[] {0x0a, 0x0d, 0x0d, 0x0a, 0, 0}))
                .hasMessageContaining("pcapng")
                .hasMessageContaining("tcpdump -r FILE -w FILE.pcap");
        assertThatThrownBy(() -> open(Arrays.copyOf(Frames.pcap(List.of()), 23)))
                .hasMessageContaining("offset 23");
        assertThatThrownBy(() -> open(Frames.pcap(ByteOrder.BIG_ENDIAN, MICROS, 105, List.of())))
                .hasMessageContaining("offset 20: link type 105");
        byte[] version = Frames.pcap(List.of());
        version[4] = 9;
        assertThatThrownBy(() -> open(version)).hasMessageContaining("offset 4: pcap version 9");
    }

    @Test
    @DisplayName("text is told from capture files by its first bytes")
    void textIsRecognised() {
        assertThat(CaptureFile.recognises("2101".getBytes(StandardCharsets.US_ASCII)))
                .isFalse();
        assertThat(CaptureFile.recognises(new byte[] {'#', '\n', '\t', '\r'})).isFalse();
        assertThat(CaptureFile.recognises(new byte[] {'2', '1'})).isFalse();
        assertThat(CaptureFile.recognises(new byte[] {0x0a, 0x0d, 0x0d, 0x0a})).isTrue();
        assertThat(CaptureFile.recognises(Arrays.copyOf(Frames.pcap(List.of()), 4)))
                .isTrue();
        assertThat(CaptureFile.recognises(new byte[] {0, 1})).isTrue();
    }

    @Test
    @DisplayName("random bytes in a record never throw")
    void randomRecordsNeverThrow() throws IOException {
        Random random = new Random(112);
        for (int i = 0; i < 3_000; i++) {
            byte[] file = Frames.pcap(List.of(GOOD, Frames.ETHERNET_IPV6 + Frames.ipv6(Frames.V3_IPV6)));
            for (int flips = random.nextInt(8); flips >= 0; flips--) {
                int record = 24 + 16;
                file[record + random.nextInt(GOOD.length() / 2)] = (byte) random.nextInt();
                file[file.length - 1 - random.nextInt(80)] = (byte) random.nextInt();
            }
            assertThat(read(file)).hasSize(2);
        }
    }

    private static List<CaptureFile.Entry> read(byte[] bytes) throws IOException {
        CaptureFile file = open(bytes);
        List<CaptureFile.Entry> entries = new ArrayList<>();
        for (Optional<CaptureFile.Entry> next = file.next(); next.isPresent(); next = file.next()) {
            entries.add(next.get());
        }
        return entries;
    }

    private static CaptureFile open(byte[] bytes) throws IOException {
        return CaptureFile.open(new ByteArrayInputStream(bytes));
    }
}
