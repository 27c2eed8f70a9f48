package org.vrrp4j.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;
import org.vrrp4j.model.IpFamily;

/** Any bytes in place of an IP packet, behind some others that belong to nobody. */
class IpHeaderFuzzTest {
    private static final int BEFORE = 3;
    private static final int IPV4_BYTES = 20;
    private static final int IPV6_BYTES = 40;

    static Stream<byte[]> seeds() {
        String addresses = "fe800000000000000000000000000011" + "ff020000000000000000000000000012";
        return Stream.of(
                        "45c0002000000000ff70000a" + "c000020b" + "e0000012" + "31016401006405fdc0000201",
                        "46c0001800000000ff700000" + "c000020b" + "e0000012" + "94040000" + "0000",
                        "60000000000870ff" + addresses + "3101010000640000",
                        "60000000001000ff" + addresses + "7000050200000000" + "3101010000640000",
                        "6000000000182bff" + addresses + "3c00000000000000" + "2c00000000000000" + "7000000100000000")
                .map(hex -> HexFormat.of().parseHex(hex));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "8s")
    @DisplayName("R9568-7.1-9 any packet has a header that lies within it, or none")
    void anyPacketHasAHeaderWithinItOrNone(byte[] data) {
        check(data);
    }

    @Test
    @DisplayName("R9568-7.1-9 so have changed and cut packets of known content")
    void changedPackets() {
        Random random = new Random(791);
        seeds().forEach(seed -> {
            for (int i = 0; i < 5000; i++) {
                byte[] data = Arrays.copyOf(seed, random.nextInt(seed.length + 1));
                for (int change = random.nextInt(4); change >= 0 && data.length > 0; change--) {
                    data[random.nextInt(data.length)] = (byte) random.nextInt();
                }
                check(data);
            }
        });
    }

    private static void check(byte[] data) {
        ByteBuffer packet = ByteBuffer.allocate(BEFORE + data.length);
        packet.position(BEFORE).put(data).position(BEFORE);

        Ipv4Header.decode(packet).ifPresent(header -> {
            assertThat(data[0] >> 4).isEqualTo(4);
            assertLengths(IPV4_BYTES, header.headerBytes(), header.totalBytes(), data.length);
            assertThat(header.ttl()).isEqualTo(data[8] & 0xff);
            assertThat(IpFamily.of(header.source())).isEqualTo(IpFamily.IPV4);
            assertThat(IpFamily.of(header.destination())).isEqualTo(IpFamily.IPV4);
        });
        Ipv6Header.decode(packet).ifPresent(header -> {
            assertThat(data[0] >> 4).isEqualTo(6);
            assertLengths(IPV6_BYTES, header.headerBytes(), header.totalBytes(), data.length);
            assertThat(header.hopLimit()).isEqualTo(data[7] & 0xff);
            assertThat(header.protocol()).isBetween(0, 255);
            assertThat(IpFamily.of(header.source())).isEqualTo(IpFamily.IPV6);
            assertThat(IpFamily.of(header.destination())).isEqualTo(IpFamily.IPV6);
        });

        assertThat(packet.position()).isEqualTo(BEFORE);
        assertThat(packet.limit()).isEqualTo(BEFORE + data.length);
    }

    private static void assertLengths(int least, int headerBytes, int totalBytes, int found) {
        assertThat(headerBytes).isBetween(least, totalBytes);
        assertThat(totalBytes).isLessThanOrEqualTo(found);
    }
}
