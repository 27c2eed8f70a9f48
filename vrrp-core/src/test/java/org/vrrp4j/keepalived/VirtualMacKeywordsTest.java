package org.vrrp4j.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualMac;
import org.vrrp4j.model.MacAddress;

class VirtualMacKeywordsTest {

    private static Optional<VirtualMac> mac(String... lines) {
        assertThat(Conf.problems(Conf.instance(lines))).isEmpty();
        return Conf.router(Conf.instance(lines)).virtualMac();
    }

    @Test
    void nameAndAddressAreOptional() {
        MacAddress six = MacAddress.parse("02:00:00:00:0a:0b");
        assertThat(mac()).isEmpty();
        assertThat(mac("use_vmac")).hasValue(VirtualMac.DEFAULT);
        assertThat(mac("use_vmac vmac0")).hasValue(VirtualMac.DEFAULT.named("vmac0"));
        assertThat(mac("use_vmac name vmac0")).hasValue(VirtualMac.DEFAULT.named("vmac0"));
        assertThat(mac("use_vmac 2:0:0:0:A:b")).hasValue(VirtualMac.DEFAULT.withAddress(six));
        assertThat(mac("use_vmac vmac0 02:00:00:00:0a:0b"))
                .hasValue(VirtualMac.DEFAULT.named("vmac0").withAddress(six));
        assertThat(mac("use_vmac", "vmac_xmit_base")).hasValue(VirtualMac.DEFAULT.withTransmitOnBase());
    }

    @Test
    @DisplayName("five bytes are followed by the VRID")
    void prefix() {
        assertThat(mac("use_vmac 02:00:00:00:0a"))
                .hasValue(VirtualMac.DEFAULT.withAddress(MacAddress.parse("02:00:00:00:0a:33")));
    }

    @Test
    void mistakesAreErrors() {
        assertThat(Conf.problems(Conf.instance("use_vmac a/b")))
                .containsExactly("k.conf:5: error: use_vmac must name an interface of 1 to 15 characters, none of them"
                        + " '/': 'a/b'");
        assertThat(Conf.problems(Conf.instance("use_vmac a b")))
                .containsExactly(
                        "k.conf:5: error: use_vmac is [INTERFACE] [MAC]: one name of an interface, not 'a' and 'b'");
        assertThat(Conf.problems(Conf.instance("use_vmac 01:00:5e:00:00:12")))
                .containsExactly("k.conf:5: error: use_vmac: a virtual MAC address must be that of a station:"
                        + " address=01:00:5e:00:00:12");
        assertThat(Conf.problems(Conf.instance("use_vmac eth0")))
                .singleElement()
                .asString()
                .contains("must be another one than the router's");
    }

    @Test
    void whatHasNoEffectIsSaid() {
        assertThat(Conf.problems(Conf.instance("vmac_xmit_base")))
                .containsExactly("k.conf:5: warning: vmac_xmit_base without use_vmac has no effect");
        assertThat(Conf.problems(Conf.instance("use_vmac v netlink_notify_msg group 3")))
                .containsExactly(
                        "k.conf:5: warning: 'netlink_notify_msg' is not supported: the kernel tells of the interface"
                                + " by itself",
                        "k.conf:5: warning: 'group' is not supported: the group is that of the interface below");
        String strict = Conf.instance("use_vmac v 02:00:00:00:00:01", "vmac_xmit_base", "strict_mode on");
        assertThat(Conf.problems(strict)).anyMatch(problem -> problem.contains("and vmac_xmit_base are ignored"));
        assertThat(Conf.router(strict).virtualMac()).hasValue(VirtualMac.DEFAULT.named("v"));
    }

    @Test
    @DisplayName("the second instance with a VRID gets the next free name; a name that is taken is an error")
    void names() {
        String first = Conf.instance("use_vmac");
        String second = first.replace("VI_1", "VI_2").replace("eth0", "eth1").replace("2.100", "2.101");
        List<RouterConfig> routers = Conf.parse(first, second).nodeConfig().routers();

        assertThat(routers)
                .extracting(router -> router.virtualMac().orElseThrow().interfaceOf(router.id()))
                .containsExactly("vrrp.51", "vrrp1.51");
        assertThat(Conf.problems(first, second.replace("use_vmac", "use_vmac vrrp.51")))
                .singleElement()
                .asString()
                .contains("error: use_vmac must name another interface: 'vrrp.51' is that of another instance");
    }

    @Test
    @DisplayName("vmac_prefix is the beginning of names that are not given; one that is too long is not used")
    void namePrefix() {
        String first = Conf.instance("use_vmac");
        String second = first.replace("VI_1", "VI_2").replace("eth0", "eth1").replace("2.100", "2.101");
        String prefixed = "global_defs {\nvmac_prefix vip\n}\n";
        assertThat(Conf.problems(prefixed, first, second)).isEmpty();
        assertThat(Conf.parse(prefixed, first, second).nodeConfig().routers())
                .extracting(router -> router.virtualMac().orElseThrow().interfaceOf(router.id()))
                .containsExactly("vip.51", "vip1.51");
        assertThat(Conf.router(prefixed, first.replace("use_vmac", "use_vmac vmac0"))
                        .virtualMac())
                .hasValue(VirtualMac.DEFAULT.named("vmac0"));
        String tooLong = prefixed.replace("vip", "0123456789");
        assertThat(Conf.problems(tooLong, first))
                .containsExactly("k.conf:2: warning: vmac_prefix must have 1 to 9 bytes, none of them '/' or ':':"
                        + " '0123456789'; names begin with vrrp");
        assertThat(Conf.router(tooLong, first).virtualMac()).hasValue(VirtualMac.DEFAULT);
    }
}
