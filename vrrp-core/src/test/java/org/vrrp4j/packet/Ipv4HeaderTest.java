package org.vrrp4j.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vrrp4j.packet.GoldenVector.address;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class Ipv4HeaderTest {
    private static final String PLAIN = "45c0002000010000ff700000c000020be0000012" + "31016401006405fdc0000201";
    private static final String ROUTER_ALERT =
            "46c0002400010000ff700000c000020be0000012" + "94040000" + "31016401006405fdc0000201";

    @Test
    @DisplayName("RFC 791: the header says where the packet comes from, where it goes and how long it is")
    void headerIsRead() {
        assertThat(Ipv4Header.decode(packet(PLAIN)))
                .contains(new Ipv4Header(address("192.0.2.11"), address("224.0.0.18"), 255, 20, 32));
    }

    @Test
    @DisplayName("RFC 791: options make the header longer")
    void optionsMakeTheHeaderLonger() {
        assertThat(Ipv4Header.decode(packet(ROUTER_ALERT)))
                .contains(new Ipv4Header(address("192.0.2.11"), address("224.0.0.18"), 255, 24, 36));
    }

    @Test
    @DisplayName("the padding of a short Ethernet frame is no part of the packet")
    void paddingIsNoPartOfThePacket() {
        assertThat(Ipv4Header.decode(packet(PLAIN + "0".repeat(28)))
                        .orElseThrow()
                        .totalBytes())
                .isEqualTo(32);
    }

    @Test
    @DisplayName("the header is read at the position, which stays")
    void headerIsReadAtThePosition() {
        ByteBuffer frame = packet("ffffffffffff0200000000010800" + PLAIN).position(14);
        assertThat(Ipv4Header.decode(frame).orElseThrow().source()).isEqualTo(address("192.0.2.11"));
        assertThat(frame.position()).isEqualTo(14);
    }

    @Test
    @DisplayName("every truncation is damaged, since the total length no longer fits")
    void everyTruncationIsDamaged() {
        byte[] whole = HexFormat.of().parseHex(ROUTER_ALERT);
        for (int length = 0; length < whole.length; length++) {
            assertThat(Ipv4Header.decode(ByteBuffer.wrap(Arrays.copyOf(whole, length))))
                    .as("%d bytes", length)
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("lengths that contradict each other are damaged")
    void contradictingLengthsAreDamaged() {
        assertThat(Ipv4Header.decode(patched(0, 0x44))).as("header of 16 bytes").isEmpty();
        assertThat(Ipv4Header.decode(patched(0, 0x40))).as("header of 0 bytes").isEmpty();
        assertThat(Ipv4Header.decode(patched(3, 19)))
                .as("total below the header")
                .isEmpty();
        assertThat(Ipv4Header.decode(patched(0, 0x4f)))
                .as("header beyond the total")
                .isEmpty();
        assertThat(Ipv4Header.decode(patched(3, 33)))
                .as("total beyond the packet")
                .isEmpty();
        assertThat(Ipv4Header.decode(patched(2, 0xff)))
                .as("total of 65312 bytes")
                .isEmpty();
        assertThat(Ipv4Header.decode(patched(3, 20)).orElseThrow().totalBytes())
                .as("no content")
                .isEqualTo(20);
    }

    @Test
    @DisplayName("another IP version is damaged")
    void otherVersionsAreDamaged() {
        for (int version = 0; version < 16; version++) {
            assertThat(Ipv4Header.decode(patched(0, version << 4 | 5)).isPresent())
                    .as("version %d", version)
                    .isEqualTo(version == 4);
        }
    }

    @Test
    @DisplayName("random bytes never throw, and what they give fits the packet")
    void randomBytesNeverThrow() {
        Random random = new Random(791);
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            if (bytes.length > 3 && i % 2 == 0) {
                bytes[0] = (byte) (0x40 | random.nextInt(16));
                bytes[2] = 0;
            }
            Ipv4Header.decode(ByteBuffer.wrap(bytes)).ifPresent(header -> {
                assertThat(header.headerBytes()).isBetween(20, 60);
                assertThat(header.totalBytes()).isBetween(header.headerBytes(), bytes.length);
            });
        }
    }

    private static ByteBuffer packet(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    private static ByteBuffer patched(int offset, int value) {
        return packet(PLAIN).put(offset, (byte) value);
    }
}
