package org.vrrp4j.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.model.RouterId;

class VirtualMacTest {
    private static final RouterId IPV4 = new RouterId("eth0", 51, IpFamily.IPV4);
    private static final RouterId IPV6 = new RouterId("eth0", 51, IpFamily.IPV6);

    private static RouterConfigBuilder router(String interfaceName, String address) {
        return RouterConfig.builder(interfaceName, 51).address(VirtualAddress.parse(address));
    }

    @Test
    @DisplayName("R9568-7.3-1 without a word the address is that of the RFC, and the name has the VRID")
    void defaults() {
        assertThat(VirtualMac.DEFAULT.interfaceOf(IPV4)).isEqualTo("vrrp.51");
        assertThat(VirtualMac.DEFAULT.interfaceOf(IPV6)).isEqualTo("vrrp6.51");
        assertThat(VirtualMac.DEFAULT.addressOf(IPV4)).hasToString("00:00:5e:00:01:33");
        assertThat(VirtualMac.DEFAULT.addressOf(IPV6)).hasToString("00:00:5e:00:02:33");
        assertThat(VirtualMac.DEFAULT.transmitOnBase()).isFalse();
    }

    @Test
    void whatIsSaidCounts() {
        VirtualMac mac = VirtualMac.DEFAULT
                .named("vmac0")
                .withAddress(MacAddress.parse("02:00:00:00:00:33"))
                .withTransmitOnBase();

        assertThat(mac.interfaceOf(IPV6)).isEqualTo("vmac0");
        assertThat(mac.addressOf(IPV6)).hasToString("02:00:00:00:00:33");
        assertThat(mac.transmitOnBase()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sixteen-bytes-is", "a/b", "a:1", "a b", ".", ".."})
    void nameMustBeOneThatTheKernelTakes(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VirtualMac.DEFAULT.named(name))
                .withMessageContaining("1 to 15 bytes")
                .withMessageEndingWith("name=" + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00:00:00:00:00:00", "01:00:5e:00:00:12", "ff:ff:ff:ff:ff:ff"})
    void addressMustBeThatOfAStation(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VirtualMac.DEFAULT.withAddress(MacAddress.parse(address)))
                .withMessageEndingWith("address=" + address);
    }

    @Test
    void routerKeepsItAndHasNoneByDefault() {
        VirtualMac mac = VirtualMac.DEFAULT.withTransmitOnBase();
        RouterConfig config = router("eth0", "192.0.2.100").virtualMac(mac).build().toBuilder()
                .build();

        assertThat(config.virtualMac()).hasValue(mac);
        assertThat(config.toString()).contains("on vrrp.51");
        assertThat(router("eth0", "192.0.2.100").build().virtualMac()).isEmpty();
    }

    @Test
    void interfaceIsAnotherOneThanTheRouters() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> router("eth0", "192.0.2.100")
                        .virtualMac(VirtualMac.DEFAULT.named("eth0"))
                        .build())
                .withMessageContaining("must be another one than the router's: name=eth0");
    }

    @Test
    void twoRoutersOfANodeHaveTwoInterfaces() {
        RouterConfig first =
                router("eth0", "192.0.2.100").virtualMac(VirtualMac.DEFAULT).build();
        RouterConfig second =
                router("eth1", "192.0.2.101").virtualMac(VirtualMac.DEFAULT).build();
        RouterConfig ipv6 =
                router("eth0", "fe80::51").virtualMac(VirtualMac.DEFAULT).build();

        assertThat(new NodeConfig("node", List.of(first, ipv6)).routers()).hasSize(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NodeConfig("node", List.of(first, second)))
                .withMessage("two virtual routers want the interface vrrp.51 for their virtual MAC address:"
                        + " give that of eth1/51 another name");
    }
}
