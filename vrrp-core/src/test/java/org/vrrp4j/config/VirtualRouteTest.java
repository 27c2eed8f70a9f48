package org.vrrp4j.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;

/** Virtual routes, from words and built, and back to words. */
class VirtualRouteTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "198.51.100.0/24 via 192.0.2.254 dev eth0 metric 10",
                "0.0.0.0/0 via 192.0.2.254 dev eth0 onlink table 100",
                "blackhole 198.51.100.0/24",
                "throw 198.51.100.0/24 table 7 metric 4294967295",
                "198.51.100.0/24 tos 0x10 via inet6 2001:db8::1 dev eth0 scope 200 src 192.0.2.1 realms 1/2",
                "198.51.100.0/24 dev eth0 mtu lock 1400 window 1 rtt 30ms rttvar 20ms ssthresh 2 cwnd lock 3 advmss 4"
                        + " reordering 5 hoplimit 6 initcwnd 7 features ecn rto_min 200ms initrwnd 8 quickack 1"
                        + " fastopen_no_cookie 0 congctl lock reno ttl-propagate enabled",
                "198.51.100.0/24 nexthop via 192.0.2.2 dev eth0 onlink weight 3 nexthop dev eth1 realms 4 weight 256",
                "198.51.100.0/24 encap mpls 100/200 ttl 9 via 192.0.2.2",
                "198.51.100.0/24 encap ip id 5 src 192.0.2.1 dst 192.0.2.9 ttl 7 tos 4 dev eth0",
                "198.51.100.0/24 encap ip dst 192.0.2.9 key csum seq dev eth0",
                "198.51.100.0/24 via 192.0.2.254 vrf blue metric 7",
                "2001:db8:1::/48 encap ip6 id 5 dst 2001:db8::9 hoplimit 7 tc 4 dev eth0",
                "2001:db8:1::/48 encap ila 2001:db8:0:1 csum-mode neutral-map ident-type virt-v4 hook-type input via"
                        + " 2001:db8::2",
                "2001:db8:1::/48 from 2001:db8:2::/48 via 2001:db8::2 expires 100 pref high"
            })
    void wordsAreReadAndWrittenBack(String words) {
        VirtualRoute route = VirtualRoute.parse(words);

        assertThat(route.toString()).isEqualTo(words);
        assertThat(VirtualRoute.parse(route.toString()))
                .isEqualTo(route)
                .hasSameHashCodeAs(route)
                .isNotEqualTo(VirtualRoute.parse("blackhole 192.0.2.7"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    default via 192.0.2.254 | 0.0.0.0/0 via 192.0.2.254
                    default via 2001:db8::1 | ::/0 via 2001:db8::1
                    inet6 default dev eth0 | ::/0 dev eth0
                    to 198.51.100.7 gw 192.0.2.254 oif eth0 priority 5 | 198.51.100.7/32 via 192.0.2.254 dev eth0 \
                    metric 5
                    src 192.0.2.1 to any via 192.0.2.254 or 192.0.2.253 | 0.0.0.0/0 src 192.0.2.1 nexthop via \
                    192.0.2.254 weight 1 nexthop via 192.0.2.253 weight 1
                    198.51.100.0/24 via inet 192.0.2.254 dsfield 16 preference 3 table local | 198.51.100.0/24 tos \
                    0x10 via 192.0.2.254 table 255 metric 3
                    198.51.100.0/24 via 192.0.2.254 rtt 1.5s rttvar 9 rto_min 300 scope link | 198.51.100.0/24 via \
                    192.0.2.254 scope 253 rtt 1500ms rttvar 9 rto_min 300ms
                    198.51.100.0/24 encap ip dst 192.0.2.9 flags 5 dev eth0 | 198.51.100.0/24 encap ip dst 192.0.2.9 \
                    key csum dev eth0
                    198.51.100.0/24 encap ip6 seq csum dst 2001:db8::9 dev eth0 | 198.51.100.0/24 encap ip6 dst \
                    2001:db8::9 csum seq dev eth0
                    198.51.100.0/24 dev eth0 proto static no_track | 198.51.100.0/24 dev eth0 proto 4
                    unicast 198.51.100.0/24 dev eth0 table 0x100 | 198.51.100.0/24 dev eth0 table 256
                    """)
    void otherWordsOfKeepalivedMeanTheSame(String words, String same) {
        assertThat(VirtualRoute.parse(words).toString()).isEqualTo(same);
    }

    @Test
    void wordsAboutTheRouteThatTheKernelDoesNotKnowAreKept() {
        VirtualRoute route = VirtualRoute.parse("prepend 198.51.100.0/24 dev eth0 no_track track_group g");

        assertThat(route.placement()).isEqualTo(VirtualRoute.Placement.PREPEND);
        assertThat(VirtualRoute.parse("append 198.51.100.0/24 dev eth0").placement())
                .isEqualTo(VirtualRoute.Placement.APPEND);
        assertThat(VirtualRoute.parse("198.51.100.0/24 dev eth0").placement()).isEqualTo(VirtualRoute.Placement.ADD);
        assertThat(route.tracked()).isFalse();
        assertThat(route.trackGroup()).contains("g");
        assertThat(route).isNotEqualTo(VirtualRoute.parse("198.51.100.0/24 dev eth0"));
    }

    @Test
    void namesAreThoseOfTheHost() {
        RoutingNames names = RoutingNames.BUILT_IN
                .with(RoutingNames.Kind.TABLE, Map.of("blue", 77))
                .with(RoutingNames.Kind.REALM, Map.of("world", 9));
        assertThat(VirtualRoute.parse("default via 192.0.2.1 table blue realms world/3", names))
                .hasToString("0.0.0.0/0 via 192.0.2.1 table 77 realms 9/3");
        assertThatThrownBy(() -> VirtualRoute.parse("default via 192.0.2.1 table blue"))
                .hasMessage("'table' must be 0 to 4294967295 or a name in /etc/iproute2/rt_tables: 'blue'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    198.51.100.0/24 | a route of type unicast needs 'via GATEWAY' or 'dev INTERFACE'
                    via 192.0.2.1 | a route needs a destination
                    198.51.100.1/24 dev eth0 | 'to': a prefix must have no bits behind its length
                    198.51.100.0/33 dev eth0 | 'to': prefix length must be 0 to 32
                    198.51.100.0/x dev eth0 | 'to': prefix length must be a number
                    198.51.100.0/24 wia 192.0.2.1 | unknown word 'wia' in a route to 198.51.100.0/24
                    foo | unknown word 'foo' in a route
                    198.51.100.0/24 via here | 'via' must be an IP address: 'here'
                    198.51.100.0/24 via inet6 192.0.2.1 | 'via' must be of the family before it
                    198.51.100.0/24 dev | 'dev' needs a value
                    198.51.100.0/24 dev a-name-that-is-too-long | 'dev' must be an interface name
                    198.51.100.0/24 dev eth0 metric -1 | 'metric' must be 0 to 4294967295: '-1'
                    198.51.100.0/24 dev eth0 hoplimit 256 | 'hoplimit' must be 0 to 255: '256'
                    198.51.100.0/24 dev eth0 rtt fast | 'rtt' must be 0 to 4294967295: 'fast'
                    198.51.100.0/24 dev eth0 rtt fasts | 'rtt' must be a number, or a time in s or ms: 'fasts'
                    198.51.100.0/24 dev eth0 features sack | 'features' knows only 'ecn'
                    198.51.100.0/24 dev eth0 expires 5 | only IPv6 routes have 'expires'
                    198.51.100.0/24 dev eth0 pref high | only IPv6 routes have 'pref'
                    198.51.100.0/24 dev eth0 from 2001:db8::/32 | only IPv6 routes have 'from'
                    2001:db8::/32 dev eth0 pref best | 'pref' must be low, medium or high: 'best'
                    2001:db8::/32 dev eth0 tos 4 | only IPv4 routes have 'tos'
                    2001:db8::/32 dev eth0 realms 4 | only IPv4 routes have 'realms'
                    2001:db8::/32 via 192.0.2.1 | an IPv6 route must have an IPv6 gateway: via 192.0.2.1
                    2001:db8::/32 dev eth0 src 192.0.2.1 | 'src' must be of the family of the route
                    inet6 198.51.100.0/24 dev eth0 | '198.51.100.0/24' is not of the family that the line begins with
                    blackhole 198.51.100.0/24 dev eth0 | a route of type blackhole has neither 'via' nor 'dev'
                    198.51.100.0/24 dev eth0 onlink nexthop via 192.0.2.1 | not both
                    blackhole 198.51.100.0/24 onlink | 'onlink' goes with
                    198.51.100.0/24 nexthop weight 3 | a nexthop needs 'via GATEWAY' or 'dev INTERFACE'
                    198.51.100.0/24 nexthop via 192.0.2.1 weight 257 | 'weight' must be 1 to 256: '257'
                    198.51.100.0/24 dev eth0 encap seg6 | 'encap' must be ip, ip6, mpls or ila: 'seg6'
                    198.51.100.0/24 dev eth0 encap mpls 1048576 | 'mpls' must be 0 to 1048575: '1048576'
                    198.51.100.0/24 dev eth0 encap ila 1:2 | 'ila' must be a locator of four groups
                    198.51.100.0/24 dev eth0 encap ila 1:2:3:4 csum-mode x | 'csum-mode' must be one of ip-route(8): 'x'
                    198.51.100.0/24 dev eth0 encap ip dst 2001:db8::1 | 'dst' must be of the tunnel's family
                    198.51.100.0/24 dev eth0 encap ip flags 2 | 'flags' must be a sum of 1 (csum), 4 (key) and 8
                    198.51.100.0/24 dev eth0 table 0 | 'table' must be a table: '0'
                    198.51.100.0/24 dev eth0 protocol static | 'protocol' goes with 'no_track' only
                    198.51.100.0/24 dev eth0 as 100 | 'as' is for MPLS routes
                    198.51.100.0/24 dev eth0 vrf blue table 5 | 'vrf' says the table: 'table' does not go with it
                    198.51.100.0/24 dev eth0 vrf | 'vrf' needs a value
                    198.51.100.0/24 dev eth0 ttl-propagate maybe | 'ttl-propagate' must be enabled or disabled: 'maybe'
                    """)
    void whatIsWrongIsToldByItsWord(String words, String message) {
        assertThatThrownBy(() -> VirtualRoute.parse(words))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void builtRouteIsTheSameAsTheOneInWords() {
        VirtualRoute built = VirtualRoute.to(IpPrefix.parse("198.51.100.0/24"))
                .nexthop(RouteNexthop.via(IpAddresses.parse("192.0.2.254").orElseThrow()))
                .metric(10)
                .metric(RouteMetric.MTU, 1400, true)
                .build();

        assertThat(built).isEqualTo(VirtualRoute.parse("198.51.100.0/24 via 192.0.2.254 metric 10 mtu lock 1400"));
        assertThat(built.metric()).isEqualTo(OptionalLong.of(10));
        assertThat(built.family()).isEqualTo(IpFamily.IPV4);
    }
}
