package org.vrrp4j.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vrrp4j.packet.GoldenVector.address;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class Ipv6HeaderTest {
    private static final String ADDRESSES = "fe800000000000000000000000000011" + "ff020000000000000000000000000012";
    private static final String MESSAGE = GoldenVector.named("GV-V3-6r").hex();
    private static final String PLAIN = "60000000001870ff" + ADDRESSES + MESSAGE;
    private static final String OPTIONS =
            "60000000003000ff" + ADDRESSES + "3c00050200000100" + "7001010c" + "0".repeat(24) + MESSAGE;

    @Test
    @DisplayName("RFC 8200, 3: the header says where the packet comes from, where it goes and how long it is")
    void headerIsRead() {
        assertThat(Ipv6Header.decode(packet(PLAIN)))
                .contains(new Ipv6Header(address("fe80::11"), address("ff02::12"), 255, 112, 40, 64));
    }

    @Test
    @DisplayName("RFC 8200, 4: hop-by-hop and destination options make the header longer")
    void optionsMakeTheHeaderLonger() {
        assertThat(Ipv6Header.decode(packet(OPTIONS)))
                .contains(new Ipv6Header(address("fe80::11"), address("ff02::12"), 255, 112, 64, 88));
    }

    @Test
    @DisplayName("RFC 8200, 4.5: a fragment is told by its protocol")
    void fragmentIsToldByItsProtocol() {
        ByteBuffer fragment = packet(PLAIN).put(6, (byte) 44);
        assertThat(Ipv6Header.decode(fragment).orElseThrow().protocol()).isEqualTo(44);
    }

    @Test
    @DisplayName("the padding of a frame is no part of the packet, and the header is read at the position")
    void headerIsReadAtThePosition() {
        ByteBuffer frame =
                packet("33330000001202000000000186dd" + PLAIN + "0000").position(14);
        assertThat(Ipv6Header.decode(frame).orElseThrow().totalBytes()).isEqualTo(64);
        assertThat(frame.position()).isEqualTo(14);
    }

    @Test
    @DisplayName("every truncation is damaged, also within the options")
    void everyTruncationIsDamaged() {
        byte[] whole = HexFormat.of().parseHex(OPTIONS);
        for (int length = 0; length < whole.length; length++) {
            assertThat(Ipv6Header.decode(ByteBuffer.wrap(Arrays.copyOf(whole, length))))
                    .as("%d bytes", length)
                    .isEmpty();
        }
        assertThat(Ipv6Header.decode(packet(OPTIONS).put(5, (byte) 20)))
                .as("options beyond the payload")
                .isEmpty();
    }

    @Test
    @DisplayName("another IP version and IPv4-mapped addresses are damaged")
    void otherVersionsAreDamaged() {
        assertThat(Ipv6Header.decode(packet(PLAIN).put(0, (byte) 0x45))).isEmpty();
        String mapped = "00000000000000000000ffffc0000201";
        assertThat(Ipv6Header.decode(packet("60000000001870ff" + mapped + ADDRESSES.substring(32) + MESSAGE)))
                .isEmpty();
    }

    @Test
    @DisplayName("random bytes never throw, and what they give fits the packet")
    void randomBytesNeverThrow() {
        Random random = new Random(8200);
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[random.nextInt(120)];
            random.nextBytes(bytes);
            if (bytes.length > 6) {
                bytes[0] = 0x60;
                bytes[4] = 0;
                bytes[5] = (byte) (bytes[5] & 0x3f);
                bytes[6] = i % 3 == 0 ? 60 : bytes[6];
            }
            Ipv6Header.decode(ByteBuffer.wrap(bytes)).ifPresent(header -> {
                assertThat(header.totalBytes()).isBetween(40, bytes.length);
                assertThat(header.headerBytes()).isBetween(40, header.totalBytes());
            });
        }
    }

    private static ByteBuffer packet(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }
}
