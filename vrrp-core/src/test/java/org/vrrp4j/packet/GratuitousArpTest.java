package org.vrrp4j.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.model.RouterId;

class GratuitousArpTest {

    @Test
    @DisplayName("R9568-6.4.1-1 R9568-6.4.2-7 a broadcast request that names the address and its MAC address as sender")
    void frameIsAsTheRfcsWant() {
        ByteBuffer frame = ByteBuffer.allocate(60);
        MacAddress mac = MacAddress.virtualRouter(new RouterId("eth0", 51, IpFamily.IPV4));
        GratuitousArp.encode(mac, (Inet4Address) GoldenVector.address("192.0.2.100"), frame);
        assertThat(frame.position()).isEqualTo(GratuitousArp.FRAME_BYTES);
        assertThat(HexFormat.of().formatHex(frame.array(), 0, frame.position()))
                .isEqualTo("ffffffffffff" + "00005e000133" + "0806"
                        + "0001" + "0800" + "06" + "04" + "0001"
                        + "00005e000133" + "c0000264"
                        + "ffffffffffff" + "c0000264");
    }

    @Test
    @DisplayName("several frames are written one behind the other")
    void framesAreWrittenAtThePosition() {
        ByteBuffer frames = ByteBuffer.allocate(2 * GratuitousArp.FRAME_BYTES);
        Inet4Address address = (Inet4Address) GoldenVector.address("192.0.2.100");
        GratuitousArp.encode(new MacAddress(0x020000000001L), address, frames);
        GratuitousArp.encode(new MacAddress(0x020000000002L), address, frames);
        assertThat(frames.hasRemaining()).isFalse();
        assertThat(frames.getShort(GratuitousArp.FRAME_BYTES + 10)).isEqualTo((short) 2);
    }
}
