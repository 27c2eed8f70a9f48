package org.vrrp4j.examples.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RejectionReason;
import org.vrrp4j.packet.PacketRejection;
import org.vrrp4j.packet.ReceivedAdvertisement;

class FrameReaderTest {
    private static final String PACKET = Frames.ipv4(Frames.V3_PSEUDO_HEADER, 255);

    @Test
    @DisplayName("a frame gives the sender's MAC address, the IP header and the advertisement")
    void frameIsRead() {
        ObservedPacket packet = read(Frames.ETHERNET + PACKET).orElseThrow();
        assertThat(packet.link().source().orElseThrow()).hasToString("02:00:00:00:00:aa");
        assertThat(packet.envelope())
                .contains(
                        new Envelope(Frames.address("192.0.2.11"), Frames.address("224.0.0.18"), OptionalInt.of(255)));
        assertThat(((ReceivedAdvertisement) packet.decoded()).advertisement().vrid())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "IPV4, 31016401006405fdc0000201, PSEUDO_HEADER",
        "IPV4, 310164010064a897c0000201, MESSAGE_ONLY",
        "IPV4, 212afe010103e182c00002017365637265740000, MESSAGE_ONLY",
        "IPV6, 310164020064df1cfe8000000000000002005efffe00020120010db8000000000000000000000001, PSEUDO_HEADER",
    })
    @DisplayName("RFC 9568, 5.2.8: the form of the checksum is told, over both families")
    void checksumFormIsTold(IpFamily family, String message, ChecksumForm form) {
        String frame = family == IpFamily.IPV4
                ? Frames.ETHERNET + Frames.ipv4(message, 255)
                : Frames.ETHERNET_IPV6 + Frames.ipv6(message);
        ReceivedAdvertisement received =
                (ReceivedAdvertisement) read(frame).orElseThrow().decoded();
        assertThat(received.checksumForm()).isEqualTo(form);
        assertThat(read(frame).orElseThrow().family()).isEqualTo(family);
    }

    @ParameterizedTest
    @CsvSource({"8100000a, 10", "88a80064 8100000a, 10", "9100000a 8100e00b, 11"})
    @DisplayName("VLAN tags are stepped over, and the innermost is told")
    void vlanTagsAreRead(String tags, int vlan) {
        String header = Frames.ETHERNET.substring(0, 24) + tags.replace(" ", "") + "0800";
        assertThat(read(header + PACKET).orElseThrow().link().vlan()).hasValue(vlan);
    }

    @Test
    @DisplayName("what is not IP protocol 112 is no packet of ours")
    void otherProtocolsAreLeftOut() {
        assertThat(read("ffffffffffff0200000000aa0806" + "00".repeat(28))).isEmpty();
        assertThat(read(Frames.ETHERNET + PACKET.replace("ff70", "ff11"))).isEmpty();
        assertThat(read(Frames.ETHERNET_IPV6 + Frames.ipv6(Frames.V3_IPV6).replace("70ff", "3aff")))
                .isEmpty();
        assertThat(read("01005e0000120200000000aa8100")).isEmpty();
    }

    @Test
    @DisplayName("RFC 9568, 7.1: a packet that a router would ignore is told with the reason, sender and head")
    void rejectionHasItsReason() {
        ObservedPacket packet = read(Frames.ETHERNET + Frames.ipv4(Frames.V3_PSEUDO_HEADER, 254))
                .orElseThrow();
        assertThat(packet.decoded()).isEqualTo(new PacketRejection(RejectionReason.TTL, "found 254"));
        assertThat(packet.head()).contains(new MessageHead(3, 1, 1, 100, 1));
    }

    @Test
    @DisplayName("a damaged header, a fragment and a record that was cut are told apart")
    void damagedPacketsAreToldApart() {
        assertThat(reason(Frames.ETHERNET + PACKET.replaceFirst("45c00020", "45c00030"), 0))
                .contains("header of 20 bytes, total of 48, found 32");
        assertThat(reason(Frames.ETHERNET + PACKET.replaceFirst("00010000", "00012000"), 0))
                .contains("fragment");
        assertThat(reason(Frames.ETHERNET + PACKET.substring(0, 56), 4)).contains("left out the last 4 bytes");
        String ipv6 = Frames.ipv6(Frames.V3_IPV6);
        assertThat(reason(Frames.ETHERNET_IPV6 + ipv6.substring(0, 140), 10)).contains("left out the last 10 bytes");
        String fragment = ipv6.replaceFirst("002870ff", "00302cff");
        assertThat(reason(Frames.ETHERNET_IPV6 + fragment.substring(0, 80) + "7000000100000001" + Frames.V3_IPV6, 0))
                .contains("fragment");
    }

    private static String reason(String hex, int cutBytes) {
        ObservedPacket packet = new FrameReader(Optional.empty(), "", cutBytes)
                .read(LinkType.ETHERNET, Frames.bytes(hex))
                .orElseThrow();
        PacketRejection rejection = (PacketRejection) packet.decoded();
        assertThat(rejection.reason()).isEqualTo(RejectionReason.IP_HEADER);
        return rejection.detail();
    }

    private static Optional<ObservedPacket> read(String hex) {
        return FrameReader.received(Frames.bytes(hex), Frames.TIME, "eth0");
    }
}
