package org.vrrp4j.bfd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;
import org.vrrp4j.model.BfdDiagnostic;
import org.vrrp4j.model.BfdRejectionReason;
import org.vrrp4j.model.BfdState;

class ControlPacketCodecTest {
    /** Up, diagnostic 3, poll, multiplier 5. */
    private static final String UP = "23e00518" + "01020304" + "fffefdfc" + "00002710" + "000186a0" + "00000000";

    private static final ControlPacket UP_PACKET = new ControlPacket(
            BfdDiagnostic.NEIGHBOR_SIGNALED_DOWN,
            BfdState.UP,
            true,
            false,
            false,
            false,
            5,
            0x01020304,
            0xfffefdfc,
            10_000,
            100_000,
            0);

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static DecodedControl decode(String hex) {
        return ControlPacketCodec.decode(ByteBuffer.wrap(bytes(hex)));
    }

    private static byte[] encode(ControlPacket packet) {
        ByteBuffer to = ByteBuffer.allocate(ControlPacketCodec.BYTES);
        ControlPacketCodec.encode(packet, to);
        return to.array();
    }

    private static BfdRejectionReason reason(String hex) {
        return ((ControlRejection) decode(hex)).reason();
    }

    @Test
    @DisplayName("RFC 5880, 4.1: each field has its place, and bytes behind the packet are none of it")
    void knownPacket() {
        assertThat(decode(UP)).isEqualTo(UP_PACKET);
        assertThat(decode(UP + "ffff")).isEqualTo(UP_PACKET);
        assertThat(encode(UP_PACKET)).isEqualTo(bytes(UP));
    }

    @Test
    @DisplayName("position, limit and byte order of the buffer stay as they are")
    void leavesTheBuffer() {
        ByteBuffer within = ByteBuffer.allocate(40).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        within.position(7).put(bytes(UP)).flip().position(7);
        assertThat(ControlPacketCodec.decode(within)).isEqualTo(UP_PACKET);
        assertThat(within.position()).isEqualTo(7);
        assertThat(within.limit()).isEqualTo(31);
        assertThat(within.order()).isEqualTo(java.nio.ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    @DisplayName("RFC 5880, 6.8.6: each check that fails is a rejection of its own")
    void rejections() {
        assertThat(reason(UP.substring(2))).isEqualTo(BfdRejectionReason.TRUNCATED);
        assertThat(reason("")).isEqualTo(BfdRejectionReason.TRUNCATED);
        assertThat(reason(UP.replaceFirst("23", "43"))).isEqualTo(BfdRejectionReason.VERSION);
        assertThat(reason(UP.replaceFirst("23", "03"))).isEqualTo(BfdRejectionReason.VERSION);
        assertThat(reason(UP.replaceFirst("0518", "0517"))).isEqualTo(BfdRejectionReason.LENGTH_TOO_SHORT);
        // with authentication two bytes more are the least
        assertThat(reason(UP.replaceFirst("e00518", "e40519") + "0103")).isEqualTo(BfdRejectionReason.LENGTH_TOO_SHORT);
        assertThat(reason(UP.replaceFirst("0518", "0519"))).isEqualTo(BfdRejectionReason.LENGTH_TOO_LONG);
        assertThat(reason(UP.replaceFirst("0518", "0018"))).isEqualTo(BfdRejectionReason.DETECT_MULT_ZERO);
        assertThat(reason(UP.replaceFirst("e0", "e1"))).isEqualTo(BfdRejectionReason.MULTIPOINT);
        assertThat(reason(UP.replaceFirst("01020304", "00000000"))).isEqualTo(BfdRejectionReason.MY_DISCRIMINATOR_ZERO);
        assertThat(reason(UP.replaceFirst("fffefdfc", "00000000")))
                .isEqualTo(BfdRejectionReason.YOUR_DISCRIMINATOR_ZERO);
        assertThat(reason(UP.replaceFirst("e0", "a0").replaceFirst("fffefdfc", "00000000")))
                .isEqualTo(BfdRejectionReason.YOUR_DISCRIMINATOR_ZERO);
        assertThat(reason(UP.replaceFirst("e00518", "e4051a") + "0102")).isEqualTo(BfdRejectionReason.AUTHENTICATION);
    }

    @Test
    @DisplayName("a session that is Down or AdminDown need not know the other's discriminator")
    void noDiscriminatorYet() {
        String down = UP.replaceFirst("e0", "60").replaceFirst("fffefdfc", "00000000");
        assertThat(((ControlPacket) decode(down)).state()).isEqualTo(BfdState.DOWN);
        assertThat(((ControlPacket) decode(down.replaceFirst("60", "20"))).state())
                .isEqualTo(BfdState.ADMIN_DOWN);
    }

    @Test
    @DisplayName("every diagnostic and state goes there and back; a reserved number is read as such")
    void diagnosticsAndStates() {
        for (BfdDiagnostic diagnostic : BfdDiagnostic.values()) {
            for (BfdState state : BfdState.values()) {
                ControlPacket packet = new ControlPacket(
                        diagnostic, state, false, true, true, true, 255, -1, 1, 0xffff_ffffL, 0, 0xffff_ffffL);
                assertThat(ControlPacketCodec.decode(ByteBuffer.wrap(encode(packet))))
                        .isEqualTo(packet);
            }
        }
        assertThat(((ControlPacket) decode(UP.replaceFirst("23", "29"))).diagnostic())
                .isEqualTo(BfdDiagnostic.RESERVED);
    }

    @Test
    void valuesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> new ControlPacket(
                        BfdDiagnostic.NONE, BfdState.UP, false, false, false, false, 0, 1, 1, 1, 1, 0))
                .hasMessageContaining("detectMultiplier=0");
        assertThatThrownBy(() -> new ControlPacket(
                        BfdDiagnostic.NONE, BfdState.UP, false, false, false, false, 1, 0, 1, 1, 1, 0))
                .hasMessageContaining("myDiscriminator");
        assertThatThrownBy(() -> new ControlPacket(
                        BfdDiagnostic.NONE, BfdState.UP, false, false, false, false, 1, 1, 1, 1L << 32, 1, 0))
                .hasMessageContaining("desiredMinTxMicros=4294967296");
    }

    static Stream<byte[]> seeds() {
        return Stream.of(bytes(UP), bytes(UP.replaceFirst("e00518", "e4051a") + "0102"), new byte[0]);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "8s")
    @DisplayName("any bytes are rejected for a reason, or mean what they say")
    void anyBytes(byte[] data) {
        check(data);
    }

    @Test
    @DisplayName("so are changed packets, and each reason that needs no session is met among them")
    void changedPackets() {
        Random random = new Random(5880);
        Set<BfdRejectionReason> met = EnumSet.noneOf(BfdRejectionReason.class);
        for (int i = 0; i < 50_000; i++) {
            byte[] data = Arrays.copyOf(bytes(UP), 20 + random.nextInt(12));
            for (int change = random.nextInt(4); change > 0; change--) {
                data[random.nextInt(data.length)] = (byte) (random.nextBoolean() ? 0 : random.nextInt());
            }
            if (random.nextInt(20) == 0 && data.length > 8) {
                Arrays.fill(data, 4, 8, (byte) 0);
            } else if (random.nextInt(20) == 0 && data.length > 12) {
                Arrays.fill(data, 8, 12, (byte) 0);
            } else if (random.nextInt(20) == 0) {
                data[1] |= 4;
                data[3] = 26;
            }
            if (check(data) instanceof ControlRejection rejection) {
                met.add(rejection.reason());
            }
        }
        assertThat(met)
                .containsExactlyElementsOf(
                        EnumSet.range(BfdRejectionReason.TRUNCATED, BfdRejectionReason.AUTHENTICATION));
    }

    private static DecodedControl check(byte[] data) {
        DecodedControl decoded = ControlPacketCodec.decode(ByteBuffer.wrap(data));
        if (decoded instanceof ControlPacket packet) {
            byte[] again = encode(packet);
            byte[] expected = Arrays.copyOf(data, ControlPacketCodec.BYTES);
            // what comes behind the packet is none of it, and reserved diagnostics are one
            expected[3] = ControlPacketCodec.BYTES;
            if (packet.diagnostic() == BfdDiagnostic.RESERVED) {
                expected[0] |= 0x1f;
            }
            assertThat(again).isEqualTo(expected);
        }
        return decoded;
    }
}
