package org.vrrp4j.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VirtualAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.100/24, 192.0.2.100/24",
        "192.0.2.100, 192.0.2.100/32",
        "192.0.2.100/0, 192.0.2.100/0",
        "2001:db8::1/64, 2001:db8:0:0:0:0:0:1/64",
        "2001:db8::1, 2001:db8:0:0:0:0:0:1/128"
    })
    @DisplayName("an address is read with its prefix length, or is a single host")
    void addressIsRead(String text, String expected) {
        assertThat(VirtualAddress.parse(text)).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.100/33, prefix length must be 0 to 32: prefixLength=33",
        "192.0.2.100/-1, prefix length must be 0 to 32: prefixLength=-1",
        "2001:db8::1/129, prefix length must be 0 to 128: prefixLength=129",
        "192.0.2.100/, prefix length must be a number: 192.0.2.100/",
        "192.0.2.100/24/24, prefix length must be a number: 192.0.2.100/24/24",
        "vip.example.com/24, not an IP address: vip.example.com",
        "/24, 'not an IP address: '",
        "0.0.0.0, virtual address must be a unicast address: address=0.0.0.0",
        "224.0.0.18, virtual address must be a unicast address: address=224.0.0.18",
        "127.0.0.1/8, virtual address must be a unicast address: address=127.0.0.1",
        "::1, virtual address must be a unicast address: address=0:0:0:0:0:0:0:1"
    })
    @DisplayName("anything else is refused with what was found")
    void anythingElseIsRefused(String text, String message) {
        assertThatThrownBy(() -> VirtualAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    @DisplayName("labels have 1 to 15 characters and are for IPv4")
    void labels() {
        VirtualAddress ipv4 = VirtualAddress.parse("192.0.2.100");
        assertThat(ipv4.withLabel("enp0s31f6:12345").label()).contains("enp0s31f6:12345");
        assertThatThrownBy(() -> ipv4.withLabel("enp0s31f6:123456"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("label must have 1 to 15 characters: label=enp0s31f6:123456");
        assertThatThrownBy(() -> ipv4.withLabel("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> VirtualAddress.parse("2001:db8::1").withLabel("eth0:1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("only IPv4 addresses have a label: label=eth0:1");
    }

    @Test
    @DisplayName("a scope is one byte")
    void scopes() {
        VirtualAddress address = VirtualAddress.parse("192.0.2.100");
        assertThat(address.withScope(253).scope()).isEqualTo(253);
        assertThatThrownBy(() -> address.withScope(256))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("scope must be 0 to 255: scope=256");
        assertThatThrownBy(() -> address.withScope(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("R9568-5.2.3-1 a node has routers, and no two with the same interface, VRID and family")
    void routersOfANodeAreDifferent() {
        RouterConfig ipv4 = RouterConfig.builder("eth0", 51)
                .address(VirtualAddress.parse("192.0.2.100"))
                .build();
        RouterConfig ipv6 = RouterConfig.builder("eth0", 51)
                .address(VirtualAddress.parse("fe80::51"))
                .build();
        assertThat(new NodeConfig("a", List.of(ipv4, ipv6)).routers()).hasSize(2);
        assertThatThrownBy(() -> new NodeConfig("a", List.of(ipv4, ipv6, ipv4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two virtual routers are eth0/51");
        assertThatThrownBy(() -> new NodeConfig("a", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a node needs at least one virtual router");
    }
}
