package org.vrrp4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTest {

    @ParameterizedTest
    @EnumSource(IpFamily.class)
    @DisplayName("R9568-7.3-1 the virtual MAC address of every VRID")
    void virtualMacAddressOfEveryVrid(IpFamily family) {
        for (int vrid = 1; vrid <= 255; vrid++) {
            String prefix = family == IpFamily.IPV4 ? "00:00:5e:00:01:" : "00:00:5e:00:02:";
            assertThat(MacAddress.virtualRouter(new RouterId("eth0", vrid, family)))
                    .hasToString(prefix + String.format("%02x", vrid));
        }
    }

    @Test
    @DisplayName("a MAC address survives its bytes")
    void macAddressSurvivesItsBytes() {
        byte[] bytes = {(byte) 0xfe, (byte) 0x80, 0, 1, (byte) 0xff, 3};
        assertThat(MacAddress.of(bytes)).hasToString("fe:80:00:01:ff:03");
        assertThat(MacAddress.of(bytes).bytes()).isEqualTo(bytes);
        assertThat(MacAddress.of(MacAddress.BROADCAST.bytes())).isEqualTo(MacAddress.BROADCAST);
    }

    @Test
    @DisplayName("a MAC address has 48 bits")
    void macAddressHas48Bits() {
        assertThatThrownBy(() -> new MacAddress(1L << 48))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("MAC address must have 48 bits: value=281474976710656");
        assertThatThrownBy(() -> new MacAddress(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MacAddress.of(new byte[5]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("MAC address must have 6 bytes: length=5");
    }

    @Test
    @DisplayName("R2338-5.3.10-1 a password is filled with zero bytes")
    void passwordIsFilledWithZeroBytes() {
        assertThat(Authentication.simplePassword("secret")).isEqualTo(new Authentication(1, 0x7365637265740000L));
        assertThat(Authentication.simplePassword("abcdefgh")).isEqualTo(new Authentication(1, 0x6162636465666768L));
        assertThat(Authentication.simplePassword("\u00fc").data()).isEqualTo(0xc3bc_0000_0000_0000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ninebytes", "\u00fc\u00fc\u00fc\u00fcx"})
    @DisplayName("R2338-5.3.10-1 a password has 1 to 8 bytes")
    void passwordHasOneToEightBytes(String password) {
        assertThatThrownBy(() -> Authentication.simplePassword(password))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("password must have 1 to 8 bytes: length=");
    }

    @Test
    @DisplayName("a password is never shown")
    void passwordIsNeverShown() {
        assertThat(Authentication.simplePassword("secret")).hasToString("simple password");
        assertThat(Authentication.NONE).hasToString("none");
        assertThat(new Authentication(2, 0)).hasToString("type 2");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 256})
    @DisplayName("R9568-5.2.3-1 a VRID is 1 to 255")
    void vridIsOneTo255(int vrid) {
        assertThatThrownBy(() -> new RouterId("eth0", vrid, IpFamily.IPV4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("vrid must be 1 to 255: vrid=" + vrid);
    }

    @Test
    @DisplayName("IPv4 and IPv6 with the same VRID are two virtual routers")
    void familiesAreTwoRouters() {
        RouterId ipv4 = new RouterId("eth0", 51, IpFamily.IPV4);
        RouterId ipv6 = new RouterId("eth0", 51, IpFamily.IPV6);
        assertThat(ipv4).isNotEqualTo(ipv6).hasToString("eth0/51");
        assertThat(ipv6).hasToString("eth0/51/IPv6");
        assertThatThrownBy(() -> new RouterId(" ", 51, IpFamily.IPV4)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("every cause, fault and reason has a text of its own")
    void textsAreDistinct() {
        assertThat(Arrays.stream(Cause.values()).map(Cause::text)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(RejectionReason.values()).map(RejectionReason::text))
                .doesNotHaveDuplicates();
        assertThat(Arrays.stream(Fault.values()).map(Fault::cause)).doesNotHaveDuplicates();
    }
}
