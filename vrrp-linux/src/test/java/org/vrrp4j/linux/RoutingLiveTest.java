package org.vrrp4j.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vrrp4j.config.RouterResources;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.config.VirtualRoute;
import org.vrrp4j.config.VirtualRule;
import org.vrrp4j.linux.testing.NeedsNamespaces;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AddressClaim;

/** Routes and rules on the kernel's own word: {@code ip} as the witness. */
@NeedsNamespaces
class RoutingLiveTest extends LivePlatform {
    private static final RouterId ROUTER = new RouterId("left", 51, IpFamily.IPV4);

    private static AddressClaim claim(List<VirtualRoute> routes, List<VirtualRule> rules) {
        return new AddressClaim(
                ROUTER,
                new RouterResources(
                        List.of(VirtualAddress.parse("192.0.2.100/24"), VirtualAddress.parse("2001:db8::100/64")),
                        routes,
                        rules,
                        true),
                Duration.ofSeconds(30));
    }

    private static AddressClaim routes(String... words) {
        return claim(Stream.of(words).map(VirtualRoute::parse).toList(), List.of());
    }

    private static AddressClaim rules(String... words) {
        return claim(List.of(), Stream.of(words).map(VirtualRule::parse).toList());
    }

    private String show() throws Exception {
        return namespace.ip("-details route show table all proto 112")
                + namespace.ip("-6 -details route show table all proto 112");
    }

    private String showRules() throws Exception {
        return (namespace.ip("-details rule show") + namespace.ip("-6 -details rule show"))
                .lines()
                .filter(line -> line.endsWith("proto 112"))
                .collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    198.51.100.0/24 via 192.0.2.254 dev left metric 10 | 198.51.100.0/24 via 192.0.2.254 dev left \
                    table main scope global metric 10
                    198.51.100.0/24 via 192.0.2.254 | 198.51.100.0/24 via 192.0.2.254 dev left
                    default via 192.0.2.254 table 1000 | default via 192.0.2.254 dev left table 1000 scope global
                    198.51.100.0/24 dev left src 192.0.2.100 | scope link src 192.0.2.100
                    198.51.100.0/24 via 192.0.2.254 mtu lock 1400 rtt 30ms rttvar 20ms | mtu lock 1400 rtt 30ms \
                    rttvar 20ms
                    198.51.100.0/24 via 192.0.2.254 window 1000 ssthresh 10 cwnd lock 20 advmss 1300 | window 1000 \
                    ssthresh 10 cwnd lock 20 advmss 1300
                    198.51.100.0/24 via 192.0.2.254 reordering 5 hoplimit 9 initcwnd 11 initrwnd 12 | reordering 5 \
                    hoplimit 9 initcwnd 11 initrwnd 12
                    198.51.100.0/24 via 192.0.2.254 rto_min 200ms quickack 1 | rto_min 200ms quickack 1
                    198.51.100.0/24 via 192.0.2.254 rto_min lock 0.2s fastopen_no_cookie 1 | rto_min lock 200ms \
                    fastopen_no_cookie 1
                    198.51.100.0/24 via 192.0.2.254 features ecn | features ecn
                    198.51.100.0/24 via 192.0.2.254 congctl lock reno | congctl lock reno
                    198.51.100.0/24 via 192.0.2.254 tos 0x10 | 198.51.100.0/24 tos 0x10 via 192.0.2.254
                    198.51.100.0/24 via 198.51.100.1 dev left onlink | via 198.51.100.1 dev left table main scope \
                    global onlink
                    198.51.100.0/24 nexthop via 192.0.2.2 weight 3 nexthop via 192.0.2.3 dev left onlink | nexthop \
                    via 192.0.2.2 dev left weight 3
                    198.51.100.0/24 via inet6 2001:db8::5 dev left | via inet6 2001:db8::5 dev left
                    blackhole 198.51.100.0/24 | blackhole 198.51.100.0/24
                    prohibit 198.51.100.0/24 metric 7 | prohibit 198.51.100.0/24 table main scope global metric 7
                    throw 198.51.100.0/24 table 7 | throw 198.51.100.0/24 table 7
                    unreachable 2001:db8:1::/48 | unreachable 2001:db8:1::/48
                    local 198.51.100.9 dev lo table local | local 198.51.100.9 dev lo table local scope host
                    2001:db8:1::/48 via 2001:db8::2 dev left pref high metric 5 | metric 5 pref high
                    2001:db8:1::/48 via 2001:db8::2 expires 100 | expires
                    2001:db8:1::/48 dev left from 2001:db8:2::/48 | 2001:db8:1::/48 from 2001:db8:2::/48 dev left
                    2001:db8:1::/48 nexthop via 2001:db8::2 nexthop via 2001:db8::3 weight 2 | nexthop via \
                    2001:db8::3 dev left weight 2
                    198.51.100.0/24 via 192.0.2.254 scope site | scope site
                    198.51.100.0/24 encap ip id 5 dst 192.0.2.9 csum key seq dev left | encap ip id 5 src 0.0.0.0 dst \
                    192.0.2.9 ttl 0 tos 0 key csum seq dev left
                    198.51.100.0/24 encap ip id 5 src 192.0.2.1 dst 192.0.2.9 ttl 7 tos 4 flags 1 dev left | encap ip \
                    id 5 src 192.0.2.1 dst 192.0.2.9 ttl 7 tos 4 csum dev left
                    2001:db8:1::/48 encap ip6 id 5 dst 2001:db8::9 hoplimit 7 tc 4 key dev left | encap ip6 id 5 src \
                    :: dst 2001:db8::9 hoplimit 7 tc 4 key dev left
                    """)
    void attributeIsThereAsIpShowsIt(String words, String shown) throws Exception {
        AddressClaim claim = routes(words);
        register(claim);
        acquire(claim);

        assertThat(show().replaceAll(" +", " ")).contains(shown);
        get(() -> null);
        assertThat(heard.heard()).isEmpty();
        release(claim);
        assertThat(show()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    from 192.0.2.100 table 100 preference 500 | 500: from 192.0.2.100 lookup 100
                    from 192.0.2.0/24 to 198.51.100.0/24 lookup 5 | 16384: from 192.0.2.0/24 to 198.51.100.0/24 lookup 5
                    not from 192.0.2.0/24 prohibit pref 9 | 9: not from 192.0.2.0/24 prohibit
                    from all fwmark 1/3 tos 0x10 iif left table 5 | from all tos 0x10 fwmark 0x1/0x3 iif left lookup 5
                    oif left uidrange 0-0 ipproto tcp sport 5-6 dport 80 table 5 | from all oif left uidrange 0-0 \
                    ipproto tcp sport 5-6 dport 80 lookup 5
                    table main suppress_prefixlength 0 | lookup main suppress_prefixlength 0
                    table main suppress_ifgroup 5 | lookup main suppress_ifgroup 5
                    l3mdev pref 1000 | 1000: from all lookup [l3mdev-table]
                    pref 5 goto 32766 | 5: from all goto 32766
                    pref 5 nop | 5: from all nop
                    tunnel-id 7 table 5 | from all tun_id 7 lookup 5
                    realms 1/2 table 5 | lookup 5 realms 1/2
                    from 2001:db8::/32 table 100000 | from 2001:db8::/32 lookup 100000
                    inet6 blackhole pref 7 | 7: from all blackhole
                    inet6 unreachable pref 7 | 7: from all unreachable
                    """)
    void ruleIsThereAsIpShowsIt(String words, String shown) throws Exception {
        AddressClaim claim = rules(words);
        register(claim);
        acquire(claim);

        assertThat(showRules().replaceAll("[ \t]+", " ")).contains(shown);
        release(claim);
        assertThat(showRules()).isEmpty();
    }

    @Test
    void deletedRouteAndRuleAreBackAtOnceAndTold() throws Exception {
        AddressClaim claim = claim(
                List.of(VirtualRoute.parse("198.51.100.0/24 via 192.0.2.254")),
                List.of(VirtualRule.parse("from 192.0.2.100 table 100")));
        register(claim);
        acquire(claim);

        namespace.ip("route del 198.51.100.0/24");
        await().atMost(PATIENCE).until(() -> show().contains("198.51.100.0/24"));
        namespace.ip("rule del from 192.0.2.100 table 100");
        await().atMost(PATIENCE).until(() -> showRules().contains("192.0.2.100"));

        assertThat(heard.heard())
                .containsExactly(
                        "lost route 198.51.100.0/24 via 192.0.2.254",
                        "lost rule from 192.0.2.100/32 preference 16384 table 100");
    }

    @Test
    void routesThatGoSilentlyAsTheirInterfaceGoesDownAreBackWhenItIsUp() throws Exception {
        namespace.ip("link add other type veth peer name another");
        namespace.ip("link set another up");
        namespace.ip("link set other up");
        AddressClaim claim = routes("198.51.100.0/24 dev other");
        register(claim);
        acquire(claim);

        namespace.ip("link set other down");
        await().atMost(PATIENCE).until(() -> heard.heard().contains("lost route 198.51.100.0/24 dev other"));
        namespace.ip("link set other up");

        await().atMost(PATIENCE).until(() -> show().contains("198.51.100.0/24"));
    }

    @Test
    void routeOfSomebodyElseIsLeftAloneAndNamed() throws Exception {
        namespace.ip("route add 198.51.100.0/24 via 192.0.2.9");
        AddressClaim claim = routes("198.51.100.0/24 via 192.0.2.254");
        register(claim);

        assertThatThrownBy(() -> acquire(claim))
                .hasStackTraceContaining("cannot put route 198.51.100.0/24 via 192.0.2.254")
                .hasStackTraceContaining("is there already");
        assertThat(namespace.ip("route show 198.51.100.0/24")).contains("192.0.2.9");
        assertThat(namespace.ip("address show dev left")).doesNotContain("192.0.2.100");

        AddressClaim before = routes("198.51.100.0/24 via 192.0.2.254 prepend");
        get(() ->
                platform.addresses().change(claim, before).toCompletableFuture().get());
        acquire(before);
        assertThat(namespace.ip("route get 198.51.100.1")).contains("via 192.0.2.254");
        release(before);
        assertThat(namespace.ip("route show 198.51.100.0/24")).contains("192.0.2.9");
    }

    @Test
    void routeThatSomebodyReplacesIsLostAndHis() throws Exception {
        AddressClaim claim = routes("198.51.100.0/24 via 192.0.2.254");
        register(claim);
        acquire(claim);

        namespace.ip("route replace 198.51.100.0/24 via 192.0.2.9");

        await().atMost(PATIENCE).until(() -> heard.heard().contains("lost route 198.51.100.0/24 via 192.0.2.254"));
        assertThatThrownBy(() -> acquire(claim)).hasStackTraceContaining("is there already");
        assertThat(namespace.ip("route show 198.51.100.0/24")).contains("192.0.2.9");
    }

    @Test
    void refusalHasTheKernelsOwnWords() throws Exception {
        AddressClaim claim = routes("198.51.100.0/24 via 203.0.113.1");
        register(claim);

        assertThatThrownBy(() -> acquire(claim))
                .hasStackTraceContaining("RTM_NEWROUTE 198.51.100.0/24 via 203.0.113.1")
                .hasStackTraceContaining("Nexthop has invalid gateway");
        assertThat(namespace.ip("address show dev left")).doesNotContain("192.0.2.100");
    }

    @Test
    void routeOfAVrfThatIsNotThereIsNamedAndOneThatIsThereIsInItsTable() throws Exception {
        AddressClaim claim = routes("198.51.100.0/24 dev left vrf blue");
        register(claim);
        assertThatThrownBy(() -> acquire(claim)).hasStackTraceContaining("there is no VRF blue");
        assertThat(namespace.ip("address show dev left")).doesNotContain("192.0.2.100");
        try {
            namespace.ip("link add blue type vrf table 1000");
        } catch (IOException e) {
            System.out.println("routes in a VRF were not tried, this kernel has none: " + e.getMessage());
            return;
        }
        acquire(claim);
        assertThat(show()).contains("198.51.100.0/24 dev left table 1000");
        release(claim);
        assertThat(show()).isEmpty();
    }

    @Test
    void whatADeadNodeLeftGoesAtTheNextStart() throws Exception {
        namespace.ip("route add 198.51.100.0/24 via 192.0.2.9 proto 112");
        namespace.ip("-6 route add 2001:db8:1::/48 dev left proto 112");
        namespace.ip("route add 198.51.100.0/25 via 192.0.2.9 proto 113");
        namespace.ip("rule add from 192.0.2.7 table 5 protocol 112");

        register(routes());

        assertThat(show()).isEmpty();
        assertThat(showRules()).isEmpty();
        assertThat(namespace.ip("route show")).contains("198.51.100.0/25");
    }

    @Test
    void changedClaimHasTheNewRoutesAndKeepsWhatIsInBoth() throws Exception {
        AddressClaim before = routes("198.51.100.0/24 via 192.0.2.254", "203.0.113.0/24 via 192.0.2.254");
        AddressClaim after = routes("198.51.100.0/24 via 192.0.2.254", "203.0.113.0/25 via 192.0.2.254");
        register(before);
        acquire(before);

        get(() ->
                platform.addresses().change(before, after).toCompletableFuture().get());

        assertThat(show()).contains("198.51.100.0/24", "203.0.113.0/25").doesNotContain("203.0.113.0/24");
        release(after);
        assertThat(show()).isEmpty();
    }

    @Test
    void untrackedRouteStaysAway() throws Exception {
        AddressClaim claim = routes("198.51.100.0/24 via 192.0.2.254 no_track", "203.0.113.0/24 via 192.0.2.254");
        register(claim);
        acquire(claim);

        namespace.ip("route del 198.51.100.0/24");
        namespace.ip("route del 203.0.113.0/24");

        await().atMost(PATIENCE).until(() -> show().contains("203.0.113.0/24"));
        assertThat(show()).doesNotContain("198.51.100.0/24");
    }

    @Test
    void manyRoutesMoveInOneGo() throws Exception {
        List<VirtualRoute> many = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            many.add(VirtualRoute.parse("203.0.113." + i + " via 192.0.2.254"));
        }
        AddressClaim claim = claim(many, List.of());
        register(claim);
        long start = System.nanoTime();
        acquire(claim);
        long acquired = System.nanoTime();
        assertThat(show().lines().count()).isEqualTo(250);
        long before = System.nanoTime();
        release(claim);
        long released = System.nanoTime();
        System.out.printf(
                "250 routes: acquired in %.1f ms, released in %.1f ms%n",
                (acquired - start) / 1e6, (released - before) / 1e6);
        assertThat(show()).isEmpty();
    }
}
