package org.vrrp4j.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.TtlRange;
import org.vrrp4j.config.UnicastChecksum;
import org.vrrp4j.model.IpAddresses;

/** Unicast peers and source addresses. */
class UnicastTest {

    private static String peers(String... lines) {
        return "unicast_peer {\n" + String.join("\n", lines) + "\n}";
    }

    @Test
    void peersAndSourceAreRead() {
        String text = Conf.instance("unicast_src_ip 192.0.2.1", peers("192.0.2.2", "192.0.2.3"));
        RouterConfig router = Conf.router(text);

        assertThat(Conf.problems(text)).isEmpty();
        assertThat(router.isUnicast()).isTrue();
        assertThat(router.unicastPeers())
                .containsExactly(
                        IpAddresses.parse("192.0.2.2").orElseThrow(),
                        IpAddresses.parse("192.0.2.3").orElseThrow());
        assertThat(router.source()).isEqualTo(IpAddresses.parse("192.0.2.1"));
        assertThat(router.checkTtl()).isTrue();
    }

    @Test
    void sourceOfMulticastIsReadToo() {
        RouterConfig router = Conf.router(Conf.instance("mcast_src_ip 192.0.2.1"));

        assertThat(router.isUnicast()).isFalse();
        assertThat(router.source()).isEqualTo(IpAddresses.parse("192.0.2.1"));
        assertThat(Conf.problems(Conf.instance("mcast_src_ip eth0")))
                .containsExactly("k.conf:5: error: 'eth0' is no IP address");
    }

    @Test
    void emptyListIsAnErrorAndNeverMulticast() {
        assertThat(Conf.problems(Conf.instance("unicast_peer {", "}")))
                .containsExactly("k.conf:5: error: unicast_peer must have at least one address:"
                        + " an empty one never means multicast");
        assertThat(Conf.problems(Conf.instance("unicast_src_ip 192.0.2.2", peers("192.0.2.2"))))
                .contains("k.conf:6: error: unicast_peer must have another address than the source");
    }

    @Test
    void familyMustBeThatOfTheVirtualAddresses() {
        assertThat(Conf.problems(Conf.instance("unicast_src_ip 2001:db8::1", peers("fe80::2", "192.0.2.2"))))
                .containsExactlyInAnyOrder(
                        "k.conf:5: error: 2001:db8:0:0:0:0:0:1 must be of the family of the virtual addresses, IPv4",
                        "k.conf:7: error: fe80:0:0:0:0:0:0:2 must be of the family of the virtual addresses, IPv4");
    }

    @Test
    void wrongPeersAreErrors() {
        assertThat(Conf.problems(Conf.instance(peers("lb02", "192.0.2.2 ttl 5", "192.0.2.3 min_ttl 256"))))
                .containsExactly(
                        "k.conf:6: error: 'lb02' is no IP address",
                        "k.conf:7: error: unknown word 'ttl' after a peer; allowed are min_ttl max_ttl",
                        "k.conf:8: error: min_ttl must be 0 to 255: '256'");
        assertThat(Conf.problems(Conf.instance(peers("192.0.2.100"))))
                .singleElement()
                .asString()
                .contains("unicast peer must be no virtual address");
    }

    @Test
    void ownAddressAmongThePeersIsLeftOut() {
        String text = Conf.instance("unicast_src_ip 192.0.2.1", peers("192.0.2.1", "192.0.2.2"));

        assertThat(Conf.problems(text))
                .containsExactly("k.conf:7: warning: the source of the instance is no peer of itself: it is left out");
        assertThat(Conf.router(text).unicastPeers()).hasSize(1);
    }

    @Test
    void ttlBoundsAreThoseOfTheirPeer() {
        InetAddress first = IpAddresses.parse("192.0.2.2").orElseThrow();
        InetAddress second = IpAddresses.parse("192.0.2.3").orElseThrow();
        InetAddress third = IpAddresses.parse("192.0.2.4").orElseThrow();
        String text = Conf.instance(peers("192.0.2.2 min_ttl 250 max_ttl 254", "192.0.2.3 max_ttl 9", "192.0.2.4"));
        assertThat(Conf.problems(text)).isEmpty();
        RouterConfig router = Conf.router(text);
        assertThat(router.acceptedTtl(first)).isEqualTo(new TtlRange(250, 254));
        assertThat(router.acceptedTtl(second)).isEqualTo(new TtlRange(0, 9));
        assertThat(router.acceptedTtl(third)).isEqualTo(TtlRange.NEIGHBOUR);
        assertThat(router.toBuilder().build().acceptedTtl(first)).isEqualTo(new TtlRange(250, 254));

        assertThat(Conf.problems(Conf.instance(peers("192.0.2.2 min_ttl 10 max_ttl 9"))))
                .containsExactly("k.conf:6: error: min_ttl must not be above max_ttl: 10 and 9");
    }

    @Test
    void theTtlThatIsSentIsAcceptedOfPeersOfWhichNothingIsSaid() {
        String text = Conf.instance("unicast_ttl 64", peers("192.0.2.2", "192.0.2.3 min_ttl 255"));
        assertThat(Conf.problems(text)).isEmpty();
        RouterConfig router = Conf.router(text);
        assertThat(router.unicastTtl()).isEqualTo(64);
        assertThat(router.checkTtl()).isFalse();
        assertThat(router.acceptedTtl(router.unicastPeers().get(0))).isEqualTo(TtlRange.ANY);
        assertThat(router.acceptedTtl(router.unicastPeers().get(1))).isEqualTo(TtlRange.NEIGHBOUR);
        assertThat(router.toBuilder().build().unicastTtl()).isEqualTo(64);

        assertThat(Conf.router(Conf.instance(peers("192.0.2.2"))).unicastTtl()).isEqualTo(255);
        assertThat(Conf.router(Conf.instance("unicast_ttl 64")).unicastTtl())
                .as("without peers it means nothing")
                .isEqualTo(255);
        assertThat(Conf.problems(Conf.instance("unicast_ttl 0", peers("192.0.2.2"))))
                .containsExactly("k.conf:5: error: unicast_ttl must be 1 to 255: '0'");
    }

    @Test
    void ipv6PeersMayHaveAnyHopLimitUnlessTheFileDemandsMore() {
        String addresses = "virtual_ipaddress { 192.0.2.100/24 }";
        String ipv6 = "virtual_ipaddress { fe80::51/64\n}";
        String open = Conf.instance(peers("fe80::2")).replace(addresses, ipv6);
        assertThat(Conf.problems(open))
                .containsExactly("k.conf:6: warning: IPv6 peers are accepted with any hop limit, since keepalived sends"
                        + " with that of the host; unicast_ttl 255 on all routers makes 255 required");
        assertThat(Conf.router(open).checkTtl()).isFalse();
        for (String demanding : List.of(
                Conf.instance("unicast_ttl 255", peers("fe80::2")), Conf.instance(peers("fe80::2 min_ttl 255")))) {
            assertThat(Conf.problems(demanding.replace(addresses, ipv6))).isEmpty();
            RouterConfig router = Conf.router(demanding.replace(addresses, ipv6));
            assertThat(router.acceptedTtl(router.unicastPeers().get(0))).isEqualTo(TtlRange.NEIGHBOUR);
        }
    }

    @Test
    void whatIsDoneAnywayNeedsNoWord() {
        assertThat(Conf.problems(
                        "global_defs { vrrp_check_unicast_src",
                        "}",
                        Conf.instance("check_unicast_src", "unicast_fault_no_peer", peers("192.0.2.2"))))
                .isEmpty();
        assertThat(Conf.problems(Conf.instance("check_unicast_src off", peers("192.0.2.2"))))
                .isEqualTo(List.of("k.conf:5: warning: 'check_unicast_src' is not supported yet:"
                        + " advertisements of others than the peers are rejected"));
    }

    private static final String VRF = """
            vrrp_instance VI_1 {
            vrf blue
            virtual_router_id 51
            unicast_src_ip 198.51.100.1
            unicast_peer { 198.51.100.2 }
            virtual_ipaddress { 192.0.2.100/24 dev eth1 }
            }
            """;

    @Test
    void instanceWithoutAnInterfaceIsInItsVrf() {
        assertThat(Conf.problems(VRF)).isEmpty();
        assertThat(Conf.router(VRF).id().interfaceName()).isEqualTo("blue");
        assertThat(Conf.problems(Conf.instance("vrf blue")))
                .containsExactly("k.conf:5: warning: vrf has no effect with an interface, which is in one or is not");
        assertThat(Conf.problems(VRF.replace(" dev eth1", "").replace("unicast_src_ip 198.51.100.1", "use_vmac")))
                .containsExactly(
                        "k.conf:2: error: vrf without an interface needs unicast_peer and unicast_src_ip",
                        "k.conf:4: error: use_vmac needs an interface, a VRF is none",
                        "k.conf:6: error: without an interface each address needs a dev: 192.0.2.100/24");
    }

    @Test
    void checksumsOfOldKeepalived() {
        String peers = "unicast_peer { 192.0.2.2 }";
        assertThat(Conf.router(Conf.instance(peers)).unicastChecksum()).isEqualTo(UnicastChecksum.AS_PEER);
        assertThat(Conf.router(Conf.instance(peers, "old_unicast_checksum")).unicastChecksum())
                .isEqualTo(UnicastChecksum.OLD);
        assertThat(Conf.router(Conf.instance(peers, "old_unicast_checksum never"))
                        .unicastChecksum())
                .isEqualTo(UnicastChecksum.STANDARD);
        assertThat(Conf.problems(Conf.instance(peers, "old_unicast_checksum always")))
                .containsExactly("k.conf:6: error: old_unicast_checksum must be never: 'always'");
    }
}
