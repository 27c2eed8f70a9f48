package org.vrrp4j.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vrrp4j.packet.GoldenVector.address;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.VrrpVersion;

class AdvertisementCodecTest {

    @ParameterizedTest
    @MethodSource("org.vrrp4j.packet.GoldenVector#all")
    @DisplayName("R9568-5.2.1-1 R9568-5.2.6-1 R9568-5.2.8-2 R9568-5.2.8-3 R5798-5.2.8-1 R9568-7.2-1 R9568-7.2-2"
            + " R3768-5.3.8-1 R3768-5.3.10-1 R2338-5.3.6-1 encoding gives the known bytes")
    void encodingGivesTheKnownBytes(GoldenVector vector) {
        assertThat(hex(encode(vector))).isEqualTo(vector.hex());
    }

    @ParameterizedTest
    @MethodSource("org.vrrp4j.packet.GoldenVector#all")
    @DisplayName("R9568-5.2.8-2 R9568-5.2.8-3 R5798-5.2.8-1 decoding gives the known value and checksum form")
    void decodingGivesTheKnownValueAndChecksumForm(GoldenVector vector) {
        assertThat(vector.decode(vector.bytes()))
                .isEqualTo(new ReceivedAdvertisement(vector.advertisement(), address(vector.source()), vector.form()));
    }

    @Test
    @DisplayName("R9568-5.2.8-3 over IPv6 the checksum covers the pseudo-header whatever form is set")
    void ipv6AlwaysCoversThePseudoHeader() {
        GoldenVector vector = GoldenVector.named("GV-V3-6");
        ByteBuffer message = AdvertisementCodec.encode(
                vector.advertisement(),
                ChecksumForm.MESSAGE_ONLY,
                address(vector.source()),
                address(vector.destination()));
        assertThat(hex(message)).isEqualTo(vector.hex());
    }

    @Test
    @DisplayName("R3768-5.3.8-1 version 2 never covers the pseudo-header whatever form is set")
    void version2NeverCoversThePseudoHeader() {
        GoldenVector vector = GoldenVector.named("GV-V2-1");
        ByteBuffer message = AdvertisementCodec.encode(
                vector.advertisement(),
                ChecksumForm.PSEUDO_HEADER,
                address(vector.source()),
                address(vector.destination()));
        assertThat(hex(message)).isEqualTo(vector.hex());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GV-V3-4p", "GV-V3-4m", "GV-V3-6"})
    @DisplayName("R9568-5.2.6-1 the Reserve bits are ignored")
    void reserveBitsAreIgnored(String id) {
        GoldenVector vector = GoldenVector.named(id);
        Decoded decoded = vector.decode(vector.patched(4, 0xf0 | vector.bytes()[4]));
        assertThat(decoded)
                .isEqualTo(new ReceivedAdvertisement(vector.advertisement(), address(vector.source()), vector.form()));
    }

    @Test
    @DisplayName("R3768-5.3.10-1 without authentication the data is ignored")
    void authenticationDataIsIgnoredWithoutAuthentication() {
        GoldenVector vector = GoldenVector.named("GV-V2-1");
        ReceivedAdvertisement received = (ReceivedAdvertisement) vector.decode(vector.patched(19, 0x5a));
        assertThat(received.advertisement().authentication()).isEqualTo(Authentication.NONE);
    }

    @Test
    @DisplayName("an unknown authentication type is decoded; it is for the configuration to refuse it")
    void unknownAuthenticationTypeIsDecoded() {
        GoldenVector vector = GoldenVector.named("GV-V2-1");
        ReceivedAdvertisement received = (ReceivedAdvertisement) vector.decode(vector.patched(4, 2));
        assertThat(received.advertisement().authentication()).isEqualTo(new Authentication(2, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 99, 100, 101, 255, 256, 4094, 4095})
    @DisplayName("R9568-5.2.7-1 every interval of version 3 survives the packet")
    void version3IntervalsSurvive(int centiseconds) {
        assertRoundTrip(GoldenVector.v3(7, 200, centiseconds, "192.0.2.100"), "192.0.2.11");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 127, 128, 255})
    @DisplayName("R3768-5.3.7-1 every interval of version 2 survives the packet")
    void version2IntervalsSurvive(int seconds) {
        assertRoundTrip(GoldenVector.v2(7, 200, seconds, Authentication.NONE, "192.0.2.100"), "192.0.2.11");
    }

    @Test
    @DisplayName("255 addresses fit in both families and versions")
    void twoHundredAndFiftyFiveAddressesFit() {
        String[] ipv4 =
                IntStream.rangeClosed(1, 255).mapToObj(i -> "198.51.100." + i).toArray(String[]::new);
        String[] ipv6 = IntStream.rangeClosed(1, 255)
                .mapToObj(i -> i == 1 ? "fe80::1" : "2001:db8::" + Integer.toHexString(i))
                .toArray(String[]::new);
        assertThat(assertRoundTrip(GoldenVector.v3(255, 254, 100, ipv4), "192.0.2.11"))
                .isEqualTo(1028);
        assertThat(assertRoundTrip(GoldenVector.v2(255, 254, 1, Authentication.NONE, ipv4), "192.0.2.11"))
                .isEqualTo(1036);
        assertThat(assertRoundTrip(GoldenVector.v3(255, 254, 100, ipv6), "fe80::11"))
                .isEqualTo(AdvertisementCodec.MAX_BYTES);
    }

    @Test
    @DisplayName("a message is read between position and limit, and both stay")
    void messageIsReadBetweenPositionAndLimit() {
        GoldenVector vector = GoldenVector.named("GV-V3-4p");
        byte[] message = vector.bytes();
        ByteBuffer buffer = ByteBuffer.allocate(100).put(28, message);
        buffer.position(28).limit(28 + message.length);
        Decoded decoded = AdvertisementCodec.decode(
                buffer, address(vector.source()), address(vector.destination()), AdvertisementCodec.HOP_LIMIT);
        assertThat(decoded).isInstanceOf(ReceivedAdvertisement.class);
        assertThat(buffer.position()).isEqualTo(28);
        assertThat(buffer.limit()).isEqualTo(28 + message.length);
    }

    @Test
    @DisplayName("a checksum over the multicast group is known in a packet to a single host only, and not over IPv6")
    void checksumOverTheGroup() {
        GoldenVector vector = GoldenVector.all()
                .filter(each -> each.advertisement().version() == VrrpVersion.V3)
                .filter(each -> !each.source().contains(":"))
                .findFirst()
                .orElseThrow();
        InetAddress source = address(vector.source());
        InetAddress group = address(GoldenVector.MULTICAST_IPV4);
        InetAddress peer = address("198.51.100.7");
        ByteBuffer old =
                AdvertisementCodec.encode(vector.advertisement(), ChecksumForm.GROUP_PSEUDO_HEADER, source, peer);
        assertThat(old)
                .isEqualTo(
                        AdvertisementCodec.encode(vector.advertisement(), ChecksumForm.PSEUDO_HEADER, source, group));
        assertThat(((ReceivedAdvertisement) AdvertisementCodec.decode(old, source, peer)).checksumForm())
                .isEqualTo(ChecksumForm.GROUP_PSEUDO_HEADER);
        assertThat(((ReceivedAdvertisement) AdvertisementCodec.decode(old, source, group)).checksumForm())
                .isEqualTo(ChecksumForm.PSEUDO_HEADER);
        ByteBuffer toPeer = AdvertisementCodec.encode(vector.advertisement(), ChecksumForm.PSEUDO_HEADER, source, peer);
        assertThat(AdvertisementCodec.decode(toPeer, source, group)).isInstanceOf(PacketRejection.class);
    }

    private static int assertRoundTrip(Advertisement advertisement, String source) {
        int length = 0;
        for (ChecksumForm form : ChecksumForm.values()) {
            String destination = source.contains(":") ? GoldenVector.MULTICAST_IPV6 : GoldenVector.MULTICAST_IPV4;
            ByteBuffer message = AdvertisementCodec.encode(advertisement, form, address(source), address(destination));
            Decoded decoded = AdvertisementCodec.decode(
                    message, address(source), address(destination), AdvertisementCodec.HOP_LIMIT);
            assertThat(((ReceivedAdvertisement) decoded).advertisement()).isEqualTo(advertisement);
            length = message.remaining();
        }
        return length;
    }

    private static ByteBuffer encode(GoldenVector vector) {
        return AdvertisementCodec.encode(
                vector.advertisement(), vector.form(), address(vector.source()), address(vector.destination()));
    }

    private static String hex(ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.get(message.position(), bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
