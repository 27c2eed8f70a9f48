package org.vrrp4j.linux.macvlan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrp4j.linux.route.Ipv4Setting;
import org.vrrp4j.linux.route.LinkMessage;

class LinkAliasTest {

    private static LinkMessage link(String kind, String alias) {
        return new LinkMessage(7, "vrrp.51", LinkMessage.ARPHRD_ETHER, 0, Optional.empty(), 2, 0, 0, kind, alias);
    }

    @Test
    void whatIsWrittenIsRead() {
        LinkAlias alias = new LinkAlias("eth0/51", Map.of(Ipv4Setting.ARP_IGNORE, 0, Ipv4Setting.ARP_ANNOUNCE, 1));

        assertThat(LinkAlias.of(link("macvlan", alias.toString()))).hasValue(alias);
        assertThat(new LinkAlias("eth0/51/IPv6", Map.of())).hasToString("vrrp4j eth0/51/IPv6");
        assertThat(LinkAlias.of(link("macvlan", "vrrp4j eth0/51/IPv6")))
                .hasValue(new LinkAlias("eth0/51/IPv6", Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "vrrp4j", "vrrp4jx eth0/51", "my vrrp4j eth0/51"})
    void anotherAliasIsNotOurs(String text) {
        assertThat(LinkAlias.of(link("macvlan", text))).isEmpty();
    }

    @Test
    void anotherKindIsNotOurs() {
        assertThat(LinkAlias.of(link("veth", "vrrp4j eth0/51"))).isEmpty();
    }

    @Test
    void aDamagedValueIsNotRestored() {
        assertThat(LinkAlias.of(link("macvlan", "vrrp4j eth0/51 arp_ignore=x arp_announce=1234 rp_filter=1")))
                .hasValue(new LinkAlias("eth0/51", Map.of(Ipv4Setting.RP_FILTER, 1)));
    }
}
