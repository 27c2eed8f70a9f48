package org.vrrp4j.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.model.RejectionReason;

/** Packets that are exactly as long as they must be, and what is said of those that are not. */
class EdgeLengthsTest {
    private static final String IPV4 = "45000014000000000170000a" + "c000020b" + "e0000012";
    private static final String IPV6_ADDRESSES =
            "fe800000000000000000000000000011" + "ff020000000000000000000000000012";

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    private static PacketRejection rejection(GoldenVector vector, byte[] message) {
        return (PacketRejection) vector.decode(message);
    }

    @Test
    @DisplayName("an IPv4 packet may be a header and nothing else")
    void ipv4HeaderAlone() {
        Ipv4Header header = Ipv4Header.decode(bytes(IPV4)).orElseThrow();
        assertThat(header.headerBytes()).isEqualTo(20);
        assertThat(header.totalBytes()).isEqualTo(20);
        assertThat(Ipv4Header.decode(bytes(IPV4).limit(19))).isEmpty();
    }

    @Test
    @DisplayName("so may an IPv6 packet, with extension headers to its very end")
    void ipv6HeadersAlone() {
        ByteBuffer plain = bytes("60000000000070ff" + IPV6_ADDRESSES);
        assertThat(Ipv6Header.decode(plain).orElseThrow().headerBytes()).isEqualTo(40);
        assertThat(Ipv6Header.decode(plain.duplicate().limit(39))).isEmpty();
        ByteBuffer extended = bytes("60000000001000ff" + IPV6_ADDRESSES + "3c00050200000000" + "7000000000000000");
        Ipv6Header header = Ipv6Header.decode(extended).orElseThrow();
        assertThat(header.headerBytes()).isEqualTo(56);
        assertThat(header.totalBytes()).isEqualTo(56);
        assertThat(header.protocol()).isEqualTo(112);
    }

    @Test
    @DisplayName("R9568-7.1-3 a message of eight bytes is one without addresses, a shorter one none")
    void messageWithoutAddresses() {
        GoldenVector vector = GoldenVector.named("GV-V3-4p");
        byte[] eight = Arrays.copyOf(vector.patched(3, 0), 8);
        assertThat(rejection(vector, eight).reason()).isEqualTo(RejectionReason.NO_ADDRESSES);
        assertThat(rejection(vector, Arrays.copyOf(eight, 7)))
                .isEqualTo(new PacketRejection(RejectionReason.TRUNCATED, "7 bytes"));
    }

    @Test
    @DisplayName("R9568-7.1-9 a rejection says what was found")
    void rejectionsSayWhatWasFound() {
        GoldenVector vector = GoldenVector.named("GV-V3-4p");
        assertThat(rejection(vector, vector.patched(0, 0x41)).detail()).isEqualTo("found 4 over IPV4");
        assertThat(rejection(vector, vector.patched(0, 0x32)).detail()).isEqualTo("found 2");
        byte[] wrong = vector.bytes();
        wrong[6] = (byte) 0xab;
        wrong[7] = (byte) 0xcd;
        assertThat(rejection(vector, wrong).detail()).isEqualTo("found abcd");
    }

    @Test
    @DisplayName("R9568-5.2.9-1 an IPv4-mapped address is no IPv6 address, wherever it stands")
    void mappedAddressIsRejectedWhereverItStands() {
        GoldenVector vector = GoldenVector.named("GV-V3-6");
        byte[] message = vector.bytes();
        Arrays.fill(message, 24, 34, (byte) 0);
        message[34] = (byte) 0xff;
        message[35] = (byte) 0xff;
        assertThat(rejection(vector, vector.sealed(message)))
                .isEqualTo(new PacketRejection(RejectionReason.NOT_LINK_LOCAL, "IPv4-mapped 0.0.0.1"));
    }
}
