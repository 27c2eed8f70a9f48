package org.vrrp4j.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ChecksumTest {

    @Test
    @DisplayName("RFC 1071, 3: its example sums up to ddf2")
    void exampleOfTheRfc() {
        assertThat(checksum(HexFormat.of().parseHex("0001f203f4f5f6f7"))).isEqualTo(~0xddf2 & 0xffff);
    }

    @Test
    @DisplayName("RFC 1071, 1: an odd last byte counts as the high byte of a word")
    void oddLengthsArePadded() {
        for (int length = 1; length < 32; length += 2) {
            byte[] odd = new byte[length];
            new Random(length).nextBytes(odd);
            assertThat(checksum(odd)).as("%d bytes", length).isEqualTo(checksum(Arrays.copyOf(odd, length + 1)));
        }
        assertThat(checksum(new byte[] {(byte) 0xab})).isEqualTo(~0xab00 & 0xffff);
    }

    @Test
    @DisplayName("RFC 1071: nothing sums up to zero, and the largest message folds right")
    void extremes() {
        assertThat(checksum(new byte[0])).isEqualTo(0xffff);
        byte[] ones = new byte[AdvertisementCodec.MAX_BYTES];
        Arrays.fill(ones, (byte) 0xff);
        assertThat(checksum(ones)).isZero();
    }

    @Test
    @DisplayName("RFC 1071: a sum that includes its own checksum is valid")
    void validSumFinishesAsZero() {
        byte[] header = HexFormat.of().parseHex("45c00028000100000170" + "0000" + "c000020be0000012");
        int checksum = checksum(header);
        header[10] = (byte) (checksum >> 8);
        header[11] = (byte) checksum;
        assertThat(checksum(header)).isZero();
    }

    @Test
    @DisplayName("only the bytes between from and to are added")
    void rangeIsRespected() {
        ByteBuffer buffer = ByteBuffer.wrap(HexFormat.of().parseHex("ffff12345678ffff"));
        assertThat(Checksum.add(0, buffer, 2, 6)).isEqualTo(0x1234 + 0x5678);
        assertThat(Checksum.add(7, buffer, 2, 5)).isEqualTo(7 + 0x1234 + 0x5600);
    }

    private static int checksum(byte[] bytes) {
        return Checksum.finish(Checksum.add(0, ByteBuffer.wrap(bytes), 0, bytes.length));
    }
}
