package org.vrrp4j.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.model.RouterId;

class AdvertisementFrameTest {
    private static final byte[] MESSAGE = HexFormat.of().parseHex("3133960100640000c0000264");

    private static String frame(IpFamily family, String source) {
        ByteBuffer frame = ByteBuffer.allocate(100).position(3);
        ByteBuffer message =
                ByteBuffer.allocate(20).position(4).put(MESSAGE).flip().position(4);
        MacAddress mac = MacAddress.virtualRouter(new RouterId("eth0", 51, family));
        AdvertisementFrame.encode(mac, GoldenVector.address(source), message, frame);
        assertThat(message.position()).isEqualTo(4);
        return HexFormat.of().formatHex(frame.array(), 3, frame.position());
    }

    @Test
    @DisplayName(
            "R9568-7.2-3 R9568-7.2-5 over IPv4: virtual MAC address, group, TTL 255, protocol 112, header checksum")
    void ipv4() {
        assertThat(frame(IpFamily.IPV4, "192.0.2.1"))
                .isEqualTo("01005e000012" + "00005e000133" + "0800"
                        + "45c00020" + "00004000" + "ff70d899" + "c0000201" + "e0000012"
                        + HexFormat.of().formatHex(MESSAGE));
    }

    @Test
    @DisplayName("R9568-7.2-3 R9568-7.2-5 over IPv6: virtual MAC address, group, hop limit 255, next header 112")
    void ipv6() {
        assertThat(frame(IpFamily.IPV6, "fe80::1"))
                .isEqualTo("333300000012" + "00005e000233" + "86dd"
                        + "6c000000" + "000c" + "70" + "ff"
                        + "fe800000000000000000000000000001" + "ff020000000000000000000000000012"
                        + HexFormat.of().formatHex(MESSAGE));
    }
}
