package org.vrrp4j.linux.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vrrp4j.linux.doctor.FirewallRules.Obstacle;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;

class FirewallRulesTest {
    private static final FirewallPacket IPV4_IN = incoming("eth0", IpFamily.IPV4);
    private static final FirewallPacket IPV6_IN = incoming("eth0", IpFamily.IPV6);

    private static FirewallPacket incoming(String name, IpFamily family) {
        return new FirewallPacket(false, name, family, Optional.empty(), family.multicastGroup());
    }

    private static FirewallPacket outgoing(String name) {
        return new FirewallPacket(
                true, name, IpFamily.IPV4, Optional.of(address("192.0.2.1")), IpFamily.IPV4.multicastGroup());
    }

    private static InetAddress address(String text) {
        return IpAddresses.parse(text).orElseThrow();
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = FirewallRulesTest.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static FirewallRules nftables(String name) throws IOException {
        return NftablesReader.read(resource(name));
    }

    @Test
    void aPolicyOfDropWithoutARuleForVrrpDropsIt() throws IOException {
        List<Obstacle> obstacles = nftables("policy-drop.json").obstacles(IPV4_IN);
        // the rule for 198.51.100.0/24 may be for a router
        assertThat(obstacles).singleElement().satisfies(obstacle -> {
            assertThat(obstacle.surely()).isFalse();
            assertThat(obstacle.where()).startsWith("chain input of table inet filter has the policy drop");
            assertThat(obstacle.chain().insert()).isEqualTo("nft insert rule inet filter input meta l4proto 112");
        });
        assertThat(nftables("policy-drop.json").obstacles(IPV6_IN))
                .extracting(Obstacle::surely)
                .containsExactly(true);
        assertThat(nftables("policy-drop.json").obstacles(outgoing("eth0"))).isEmpty();
    }

    @Test
    void aUnicastPeerIsComparedWithTheAddressesInTheRules() throws IOException {
        FirewallRules rules = nftables("policy-drop.json");
        FirewallPacket peer = new FirewallPacket(
                false, "eth0", IpFamily.IPV4, Optional.of(address("198.51.100.7")), address("198.51.100.1"));
        FirewallPacket stranger = new FirewallPacket(
                false, "eth0", IpFamily.IPV4, Optional.of(address("203.0.113.7")), address("198.51.100.1"));
        assertThat(rules.obstacles(peer)).isEmpty();
        // it may be an established connection, as far as is known
        assertThat(rules.obstacles(stranger)).extracting(Obstacle::surely).containsExactly(false);
    }

    @Test
    void rulesForVrrpAreFollowedThroughJumps() throws IOException {
        FirewallRules rules = nftables("vrrp-accepted.json");
        assertThat(rules.obstacles(IPV4_IN)).isEmpty();
        assertThat(rules.obstacles(IPV6_IN)).isEmpty();
        assertThat(rules.obstacles(outgoing("eth7"))).isEmpty();
        assertThat(rules.obstacles(incoming("wlan0", IpFamily.IPV4)))
                .as("goto does not come back, so the policy decides")
                .extracting(Obstacle::surely)
                .containsExactly(true);
        assertThat(rules.obstacles(outgoing("wlan0")))
                .extracting(Obstacle::surely)
                .containsExactly(true);
    }

    @Test
    void whatIsNotUnderstoodIsADoubtAndNoMore() throws IOException {
        List<Obstacle> obstacles = nftables("unknown.json").obstacles(IPV4_IN);
        assertThat(obstacles).hasSize(2).noneMatch(Obstacle::surely);
        assertThat(obstacles.get(0).where()).isEqualTo("rule 4 of chain input of table ip filter drops it");
        assertThat(nftables("unknown.json").obstacles(outgoing("eth0"))).isEmpty();
    }

    @Test
    void rulesOfIptablesAreFollowedThroughTheirChains() throws IOException {
        FirewallRules without = IptablesReader.read(resource("iptables-save.txt"), "iptables", IpFamily.IPV4);
        assertThat(without.obstacles(IPV4_IN)).singleElement().satisfies(obstacle -> {
            assertThat(obstacle.surely()).isTrue();
            assertThat(obstacle.chain().insert()).isEqualTo("iptables -t filter -I INPUT -p 112");
        });
        assertThat(without.obstacles(outgoing("eth0"))).isEmpty();
        assertThat(without.obstacles(IPV6_IN)).isEmpty();
        FirewallRules with = IptablesReader.read(resource("iptables-save-vrrp.txt"), "iptables", IpFamily.IPV4);
        assertThat(with.obstacles(IPV4_IN)).isEmpty();
        assertThat(with.obstacles(incoming("wlan0", IpFamily.IPV4))).hasSize(1);
    }

    @Test
    void rulesThatIptablesHasPutIntoNftablesAreFollowedAsFarAsNftTells() throws IOException {
        List<Obstacle> obstacles = nftables("iptables-nft.json").obstacles(IPV4_IN);
        assertThat(obstacles).singleElement().satisfies(obstacle -> {
            assertThat(obstacle.surely()).isFalse();
            assertThat(obstacle.where()).startsWith("chain INPUT of table ip filter has the policy drop");
            assertThat(obstacle.chain().insert()).isEqualTo("nft insert rule ip filter INPUT meta l4proto 112");
        });
        FirewallPacket stranger = new FirewallPacket(
                false, "eth0", IpFamily.IPV4, Optional.of(address("203.0.113.7")), IpFamily.IPV4.multicastGroup());
        assertThat(nftables("iptables-nft.json").obstacles(stranger)).isEmpty();
    }

    @Test
    void invertedConditionsOfIptablesAreTurnedRound() {
        String rules = """
                *filter
                :INPUT ACCEPT [0:0]
                -A INPUT ! -p tcp -m ttl --ttl-eq 64 -j DROP
                -A INPUT -p 112 ! -s 192.0.2.0/24 -j REJECT --reject-with icmp-port-unreachable
                COMMIT
                """;
        FirewallPacket near = new FirewallPacket(
                false, "eth0", IpFamily.IPV4, Optional.of(address("192.0.2.7")), address("192.0.2.1"));
        FirewallPacket far = new FirewallPacket(
                false, "eth0", IpFamily.IPV4, Optional.of(address("203.0.113.7")), address("192.0.2.1"));
        assertThat(IptablesReader.read(rules, "iptables", IpFamily.IPV4).obstacles(near))
                .isEmpty();
        assertThat(IptablesReader.read(rules, "iptables", IpFamily.IPV4).obstacles(far))
                .singleElement()
                .satisfies(obstacle -> assertThat(obstacle.where()).contains("! -s 192.0.2.0/24", "drops it"));
    }

    @Test
    void textThatIsNotARulesetIsRefused() {
        for (String text : List.of("", "{", "{}", "[1,]", "{\"nftables\":", "{\"nftables\": 1}", "{\"a\" 1}", "nul")) {
            assertThatThrownBy(() -> NftablesReader.read(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(NftablesReader.read("{\"nftables\": []}").obstacles(IPV4_IN)).isEmpty();
    }

    @Test
    void jsonIsReadAsItIsWritten() {
        assertThat(Json.read(" {\"a\": [1, -2.5, true, false, null, \"x\\n\\u00e4\\\"\"], \"b\": {}} "))
                .hasToString("{a=[1, -2.5, true, false, null, x\n\u00e4\"], b={}}");
        assertThatThrownBy(() -> Json.read("[".repeat(1000))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Json.read("\"\\u12")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Json.read("1 2")).isInstanceOf(IllegalArgumentException.class);
    }
}
