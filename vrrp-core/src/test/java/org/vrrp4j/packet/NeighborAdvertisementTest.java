package org.vrrp4j.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.model.RouterId;

class NeighborAdvertisementTest {

    private static String frame(MacAddress mac, boolean router, String address) {
        ByteBuffer frame = ByteBuffer.allocate(100).position(3);
        NeighborAdvertisement.encode(mac, router, (Inet6Address) GoldenVector.address(address), frame);
        assertThat(frame.position()).isEqualTo(3 + NeighborAdvertisement.FRAME_BYTES);
        return HexFormat.of().formatHex(frame.array(), 3, frame.position());
    }

    @Test
    @DisplayName("R9568-6.4.1-3 a router's: R=1, S=0, O=1, target and target link-layer option, checksum")
    void ofARouter() {
        MacAddress mac = MacAddress.virtualRouter(new RouterId("eth0", 51, IpFamily.IPV6));
        assertThat(frame(mac, true, "fe80::51"))
                .isEqualTo("333300000001" + "00005e000233" + "86dd"
                        + "60000000" + "0020" + "3a" + "ff"
                        + "fe800000000000000000000000000051" + "ff020000000000000000000000000001"
                        + "8800" + "78c8" + "a0000000" + "fe800000000000000000000000000051"
                        + "0201" + "00005e000233");
    }

    @Test
    @DisplayName("R9568-6.4.1-3 a host's: R=0, all the rest alike")
    void ofAHost() {
        assertThat(frame(new MacAddress(0x020000000001L), false, "2001:db8::100"))
                .isEqualTo("333300000001" + "020000000001" + "86dd"
                        + "60000000" + "0020" + "3a" + "ff"
                        + "20010db8000000000000000000000100" + "ff020000000000000000000000000001"
                        + "8800" + "f72c" + "20000000" + "20010db8000000000000000000000100"
                        + "0201" + "020000000001");
    }
}
