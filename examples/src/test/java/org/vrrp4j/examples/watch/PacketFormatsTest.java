package org.vrrp4j.examples.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrp4j.model.Authentication;

class PacketFormatsTest {

    @Test
    @DisplayName("a line has all fields of an advertisement")
    void lineHasAllFields() {
        assertThat(new PacketText(false).line(packet(Frames.V3_PSEUDO_HEADER, 255)))
                .isEqualTo("2026-11-22T10:00:00.123456Z eth0 02:00:00:00:00:aa 192.0.2.11 > 224.0.0.18 ttl 255:"
                        + " VRRPv3 vrid 1 priority 100 interval 1 s addresses 192.0.2.1 checksum with pseudo-header");
        ObservedPacket ipv6 = FrameReader.received(
                        Frames.bytes(Frames.ETHERNET_IPV6 + Frames.ipv6(Frames.V3_IPV6)), Frames.TIME, "eth0")
                .orElseThrow();
        assertThat(new PacketText(false).line(ipv6))
                .contains("fe80::11 > ff02::12 hop limit 255: ")
                .contains("addresses fe80::200:5eff:fe00:201 2001:db8::1 ");
    }

    @Test
    @DisplayName("a line of a rejected packet has the reason and what could be read")
    void lineHasTheReason() {
        assertThat(new PacketText(false).line(packet(Frames.V3_PSEUDO_HEADER, 64)))
                .endsWith("ttl 64: rejected: TTL or hop limit is not 255: found 64"
                        + " (VRRPv3 type 1 vrid 1 priority 100 count 1)");
    }

    @Test
    @DisplayName("a password is shown only when asked for")
    void passwordIsHidden() {
        ObservedPacket packet = packet(Frames.V2_PASSWORD, 255);
        assertThat(new PacketText(false).line(packet)).contains("authentication simple password (hidden)");
        assertThat(new PacketText(true).line(packet)).contains("authentication simple password \"secret\"");
        assertThat(new PacketJson(false).line(packet))
                .contains("\"authentication\":{\"type\":1}")
                .doesNotContain("secret");
        assertThat(new PacketJson(true).line(packet)).contains("\"authentication\":{\"type\":1,\"data\":\"secret\"}");
        assertThat(PacketText.password(new Authentication(1, 0x22_5c_07_c3_00_41_00_00L)))
                .isEqualTo("\\x22\\x5c\\x07\\xc3\\x00A");
    }

    @ParameterizedTest
    @ValueSource(strings = {Frames.V3_PSEUDO_HEADER, Frames.V2_PASSWORD, "3101", "31016401006405fec0000201"})
    @DisplayName("JSON is one well-formed object on one line")
    void jsonIsWellFormed(String message) throws IOException {
        String line = new PacketJson(true).line(packet(message, 255));
        assertThat(line).doesNotContain("\n");
        List<JsonToken> tokens = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                tokens.add(token);
            }
        }
        assertThat(tokens).startsWith(JsonToken.START_OBJECT).endsWith(JsonToken.END_OBJECT);
    }

    @Test
    @DisplayName("JSON has the same fields as the line")
    void jsonHasAllFields() {
        assertThat(new PacketJson(false).line(packet(Frames.V3_MESSAGE_ONLY, 255)))
                .isEqualTo("{\"time\":\"2026-11-22T10:00:00.123456Z\",\"interface\":\"eth0\","
                        + "\"mac\":\"02:00:00:00:00:aa\",\"family\":\"ipv4\",\"source\":\"192.0.2.11\","
                        + "\"destination\":\"224.0.0.18\",\"hopLimit\":255,\"advertisement\":{\"version\":3,"
                        + "\"vrid\":1,\"priority\":100,\"intervalMillis\":1000,\"addresses\":[\"192.0.2.1\"],"
                        + "\"checksum\":\"message_only\"}}");
        assertThat(new PacketJson(false).line(packet(Frames.V3_MESSAGE_ONLY, 1)))
                .contains("\"rejection\":{\"reason\":\"ttl\",\"text\":\"TTL or hop limit is not 255: found 1\"}")
                .contains("\"head\":{\"version\":3,\"type\":1,\"vrid\":1,\"priority\":100,\"addressCount\":1}");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.01S, 10 ms",
        "PT0.1S, 100 ms",
        "PT0.10025S, 100.25 ms",
        "PT0.0004S, 0.4 ms",
        "PT0S, 0 ms",
        "PT1S, 1 s",
        "PT40.95S, 40.95 s",
        "PT100S, 100 s"
    })
    @DisplayName("durations are short")
    void durationsAreShort(Duration duration, String text) {
        assertThat(PacketText.duration(duration)).isEqualTo(text);
    }

    private static ObservedPacket packet(String message, int ttl) {
        return FrameReader.received(Frames.bytes(Frames.ETHERNET + Frames.ipv4(message, ttl)), Frames.TIME, "eth0")
                .orElseThrow();
    }
}
