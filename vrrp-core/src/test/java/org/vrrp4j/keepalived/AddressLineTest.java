package org.vrrp4j.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.VirtualAddress;

/** The lines of virtual_ipaddress. */
class AddressLineTest {

    private static VirtualAddress address(String line) {
        return Conf.router(Conf.addresses(line)).addresses().get(0);
    }

    private static List<String> problems(String... lines) {
        return Conf.problems(Conf.addresses(lines));
    }

    @Test
    void addressWithoutPrefixIsASingleHost() {
        assertThat(address("192.0.2.1")).hasToString("192.0.2.1/32");
        assertThat(address("fe80::1").prefixLength()).isEqualTo(128);
        assertThat(problems("192.0.2.1")).isEmpty();
    }

    @Test
    void deviceLabelAndScopeMayComeInAnyOrder() {
        VirtualAddress expected = VirtualAddress.parse("192.0.2.1/24")
                .onDevice("eth1")
                .withLabel("eth1:9")
                .withScope(253);

        assertThat(address("192.0.2.1/24 dev eth1 label eth1:9 scope link")).isEqualTo(expected);
        assertThat(address("192.0.2.1/24 scope 253 label eth1:9 dev eth1")).isEqualTo(expected);
    }

    @Test
    void scopesHaveNamesAndNumbers() {
        Map<String, Integer> scopes =
                Map.of("global", 0, "site", 200, "link", 253, "host", 254, "nowhere", 255, "7", 7);

        scopes.forEach((name, number) -> {
            assertThat(problems("192.0.2.1 scope " + name)).isEmpty();
            assertThat(address("192.0.2.1 scope " + name).scope()).isEqualTo(number);
        });
    }

    @Test
    void wrongWordsAreErrorsThatSayWhatIsAllowed() {
        Map<String, String> errors = Map.ofEntries(
                Map.entry(
                        "192.0.2.9x",
                        "'192.0.2.9x' is no IP address: an address line is ADDRESS[/MASK] [dev INTERFACE]"
                                + " [label LABEL] [scope SCOPE]"),
                Map.entry("192.0.2.1/33", "mask must be 0 to 32: '192.0.2.1/33'"),
                Map.entry("192.0.2.1/", "mask must be 0 to 32: '192.0.2.1/'"),
                Map.entry("fe80::1/129", "mask must be 0 to 128: 'fe80::1/129'"),
                Map.entry("0.0.0.0/0", "virtual address must be a unicast address: address=0.0.0.0"),
                Map.entry("224.0.0.18", "virtual address must be a unicast address: address=224.0.0.18"),
                Map.entry("192.0.2.1 scope far", "scope must be global, site, link, host, nowhere or 0 to 255: 'far'"),
                Map.entry("192.0.2.1 scope 256", "scope must be global, site, link, host, nowhere or 0 to 255: '256'"),
                Map.entry(
                        "192.0.2.1 label eth0:0123456789ab", "label must have 1 to 15 characters: 'eth0:0123456789ab'"),
                Map.entry(
                        "192.0.2.1 dev abcdefghijklmnop",
                        "dev must have 1 to 15 characters, none of them '/': 'abcdefghijklmnop'"),
                Map.entry("192.0.2.1 dev", "'dev' needs a value"),
                Map.entry(
                        "192.0.2.1 preferred_lf 5",
                        "unknown word 'preferred_lf' after an address;" + " did you mean 'preferred_lft'?"),
                Map.entry("192.0.2.1 192.0.2.2", "one address a line: '192.0.2.2' must be in a line of its own"),
                Map.entry("192.0.2.1 brd x", "brd must be an IPv4 address, + or -: 'x'"),
                Map.entry("fe80::1 brd +", "IPv6 has no broadcast address: 'brd +'"));

        errors.forEach((line, message) -> assertThat(problems(line)).contains("k.conf:5: error: " + message));
    }

    @Test
    void oneWrongLineHidesNoOtherAndMakesNoListEmpty() {
        assertThat(problems("192.0.2.300", "192.0.2.1 scope far", "192.0.2.2")).hasSize(2);
        assertThat(problems("192.0.2.300")).hasSize(1);
    }

    @Test
    void emptyListIsAnErrorAtTheBlock() {
        assertThat(problems("# none"))
                .containsExactly("k.conf:4: error: virtual_ipaddress must have 1 to 255 addresses: 0");
        assertThat(Conf.problems(
                        "vrrp_instance V {", "interface e", "virtual_router_id 1", "virtual_ipaddress {}", "}"))
                .containsExactly("k.conf:4: error: virtual_ipaddress must have 1 to 255 addresses: 0");
    }

    @Test
    void severalBlocksAddUp() {
        assertThat(Conf.router(Conf.instance("virtual_ipaddress {", "192.0.2.101", "}"))
                        .addresses())
                .hasSize(2);
    }

    @Test
    void mixedFamiliesAreOneError() {
        assertThat(problems("192.0.2.1", "fe80::1", "fe80::2"))
                .containsExactly("k.conf:6: error: all addresses of an instance must have the family of the first"
                        + " one, 192.0.2.1/32 in line 5: 'fe80::1'; IPv4 and IPv6 need two instances");
    }

    @Test
    void firstIpv6AddressShouldBeLinkLocalAndMustInStrictMode() {
        assertThat(problems("fe80::1/64", "2001:db8::1/64")).isEmpty();
        assertThat(problems("2001:db8::1/64", "fe80::1/64"))
                .containsExactly("k.conf:5: warning: the first IPv6 address should be link-local (RFC 9568, 5.2.9), in"
                        + " fe80::/10, on all routers: 2001:db8:0:0:0:0:0:1/64");
        assertThat(Conf.problems("global_defs { vrrp_strict", "}", Conf.addresses("2001:db8::1/64")))
                .contains("k.conf:7: error: in strict mode the first IPv6 address must be link-local (RFC 9568, 5.2.9),"
                        + " in fe80::/10, on all routers: 2001:db8:0:0:0:0:0:1/64");
    }

    @Test
    void moreThan255AddressesAreOneError() {
        String[] lines = IntStream.rangeClosed(0, 299)
                .mapToObj(i -> "198.51." + (100 + i / 200) + "." + (1 + i % 200))
                .toArray(String[]::new);

        assertThat(problems(lines))
                .containsExactly("k.conf:260: error: an instance has at most 255 addresses: '198.51.101.56' and what"
                        + " follows are too many");
        assertThat(IntStream.range(0, 255).mapToObj(i -> lines[i]).collect(Collectors.toList()))
                .satisfies(fitting ->
                        assertThat(problems(fitting.toArray(String[]::new))).isEmpty());
    }

    @Test
    void moreIpv6AddressesThanAFrameHoldsAreOneError() {
        String[] lines =
                IntStream.range(0, 100).mapToObj(i -> "fe80::" + (100 + i)).toArray(String[]::new);
        assertThat(problems(lines))
                .containsExactly("k.conf:95: error: an instance has at most 90 addresses: 'fe80::190' and what follows"
                        + " are too many");
    }

    @Test
    void addressGivenTwiceIsIgnoredWithAWarning() {
        assertThat(problems("192.0.2.1/24", "192.0.2.1"))
                .containsExactly("k.conf:6: warning: 192.0.2.1 is in line 5 already; this line is ignored");
        assertThat(Conf.router(Conf.addresses("192.0.2.1/24", "192.0.2.1")).addresses())
                .containsExactly(VirtualAddress.parse("192.0.2.1/24"));
    }

    @Test
    void broadcastIsAWarningUnlessItAsksForNone() {
        assertThat(problems("192.0.2.1/24 brd -")).isEmpty();
        for (String word : List.of("brd +", "broadcast 192.0.2.255")) {
            assertThat(problems("192.0.2.1/24 " + word))
                    .containsExactly("k.conf:5: warning: '" + word.split(" ")[0]
                            + "' is not supported yet: no broadcast address is set");
        }
    }

    @Test
    void otherWordsAreWarningsAndTheRestIsRead() {
        String line = "192.0.2.1 home -nodad mngtmpaddr noprefixroute autojoin no_track use_vmac"
                + " peer 192.0.2.2/32 dev eth1";

        assertThat(problems(line))
                .hasSize(8)
                .allMatch(
                        problem -> problem.startsWith("k.conf:5: warning: ") && problem.contains("not supported yet"));
        assertThat(address(line).device()).hasValue("eth1");
    }

    @Test
    void preferredLifetimeSaysWhetherConnectionsComeFromAnAddress() {
        assertThat(address("2001:db8::1/64").preferred()).isFalse();
        assertThat(address("2001:db8::1/64 preferred_lft 0").preferred()).isFalse();
        assertThat(address("2001:db8::1/128 preferred_lft forever").preferred()).isTrue();
        assertThat(address("2001:db8::1/64 preferred_lft 3600 dev eth1").preferred())
                .isTrue();
        assertThat(problems("fe80::1/64 preferred_lft 3600")).isEmpty();
        assertThat(problems("192.0.2.1 preferred_lft forever"))
                .containsExactly(
                        "k.conf:5: warning: only IPv6 addresses have a preferred lifetime:" + " 'forever' is ignored");
        assertThat(problems("fe80::1 preferred_lft soon"))
                .containsExactly("k.conf:5: error: preferred_lft must be seconds or forever: 'soon'");
    }

    @Test
    void labelAndScopeOfIpv6AreIgnoredWithAWarning() {
        assertThat(problems("fe80::1 label a:1 scope link"))
                .containsExactly(
                        "k.conf:5: warning: only IPv4 addresses have a label: 'a:1' is ignored",
                        "k.conf:5: warning: only IPv4 addresses have a scope to choose: 'link' is ignored");
    }
}
