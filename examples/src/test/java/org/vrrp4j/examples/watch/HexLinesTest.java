package org.vrrp4j.examples.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrp4j.packet.PacketRejection;
import org.vrrp4j.packet.ReceivedAdvertisement;

class HexLinesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.11 224.0.0.18 " + Frames.V3_PSEUDO_HEADER,
                "192.0.2.11 224.0.0.18 31:01:64:01:00:64:05:fd:c0:00:02:01  # a comment",
                "192.0.2.11 224.0.0.18 0x31016401 006405fd c0000201",
                "192.0.2.11 224.0.0.18 310164010064A897C0000201",
                Frames.V3_MESSAGE_ONLY,
                "  31 01 64 01 00 64 a8 97 c0 00 02 01",
                "31-01-64-01-00-64-a8-97-c0-00-02-01",
                "45c0002000010000ff700000c000020be0000012" + Frames.V3_PSEUDO_HEADER,
                Frames.ETHERNET + "45c0002000010000ff700000c000020be0000012" + Frames.V3_PSEUDO_HEADER,
                Frames.V3_IPV6 + " # looked up below",
                "fe80::11 ff02::12 " + Frames.V3_IPV6
            })
    @DisplayName("messages, packets and frames are read, however their bytes are written")
    void formsAreRead(String line) throws CaptureFormatException {
        ObservedPacket packet = HexLines.read(line).orElseThrow();
        boolean lacksAddresses = line.startsWith(Frames.V3_IPV6);
        if (lacksAddresses) {
            assertThat(((PacketRejection) packet.decoded()).detail()).contains("write SOURCE DESTINATION in front");
        } else {
            assertThat(((ReceivedAdvertisement) packet.decoded())
                            .advertisement()
                            .priority())
                    .isEqualTo(100);
        }
    }

    @Test
    @DisplayName("a message alone has no sender, and one with addresses has no TTL")
    void unknownThingsAreNotMadeUp() throws CaptureFormatException {
        assertThat(HexLines.read(Frames.V2_PASSWORD).orElseThrow().envelope()).isEmpty();
        assertThat(HexLines.read("192.0.2.11 224.0.0.18 " + Frames.V2_PASSWORD)
                        .orElseThrow()
                        .envelope()
                        .orElseThrow()
                        .hopLimit())
                .isEmpty();
    }

    @Test
    @DisplayName("a packet of another protocol is none of ours")
    void otherProtocolsAreLeftOut() throws CaptureFormatException {
        assertThat(HexLines.read("45c0001c00010000ff110000c000020be0000012" + "0".repeat(16)))
                .isEmpty();
    }

    @Test
    @DisplayName("garbage is told with what is wrong and what a line has")
    void garbageIsTold() {
        assertThatThrownBy(() -> HexLines.read("3101x4"))
                .hasMessageContaining("not a hex digit: 'x'")
                .hasMessageContaining("a line has");
        assertThatThrownBy(() -> HexLines.read("\u00ff\u0001")).hasMessageContaining("U+00FF");
        assertThatThrownBy(() -> HexLines.read("310")).hasMessageContaining("3 hex digits");
        assertThatThrownBy(() -> HexLines.read("0x")).hasMessageContaining("0 hex digits");
        assertThatThrownBy(() -> HexLines.read("192.0.2.1 ff02::12 31")).hasMessageContaining("two families");
        assertThatThrownBy(() -> HexLines.read("192.0.2.1 224.0.0.18")).hasMessageContaining("not a hex digit: '.'");
    }

    @Test
    @DisplayName("every beginning of a message is a rejection, never an exception")
    void shortMessagesAreRejected() throws CaptureFormatException {
        for (int length = 2; length < Frames.V2_PASSWORD.length(); length += 2) {
            assertThat(HexLines.read(Frames.V2_PASSWORD.substring(0, length))
                            .orElseThrow()
                            .decoded())
                    .isInstanceOf(PacketRejection.class);
        }
    }

    @Test
    @DisplayName("comments and empty lines are blank")
    void commentsAreBlank() {
        assertThat(HexLines.isBlank("  ")).isTrue();
        assertThat(HexLines.isBlank(" # 31")).isTrue();
        assertThat(HexLines.isBlank("31 # 31")).isFalse();
    }
}
