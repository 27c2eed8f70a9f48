package org.vrrp4j.linux.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vrrp4j.config.VirtualRoute;
import org.vrrp4j.config.VirtualRule;
import org.vrrp4j.linux.netlink.AttributeReader;

/** Routes and rules in bytes are what iproute2 6.1 sends for the same words, attribute by attribute. */
class RoutingMessageTest {
    private static final int NETLINK_HEADER_BYTES = 16;
    private static final int HEADER_BYTES = 12;
    private static final int RTA_METRICS = 8;
    private static final int RTA_TABLE = 15;
    private static final int RTA_ENCAP = 22;

    private static final Interfaces INTERFACES = new Interfaces() {
        @Override
        public int index(String name) {
            return name.equals("left") ? 3 : 0;
        }

        @Override
        public int vrfTable(String name) {
            return name.equals("blue") ? 1000 : 0;
        }
    };

    /** A payload as text: the header, then the attributes by their numbers. */
    private static List<String> parts(ByteBuffer payload, Set<Integer> nested) {
        byte[] header = new byte[HEADER_BYTES];
        payload.get(payload.position(), header);
        List<String> parts = new ArrayList<>();
        parts.add(HexFormat.of().formatHex(header));
        parts.addAll(attributes(
                payload.slice(payload.position() + HEADER_BYTES, payload.remaining() - HEADER_BYTES), nested));
        return parts;
    }

    private static List<String> attributes(ByteBuffer bytes, Set<Integer> nested) {
        List<String> all = new ArrayList<>();
        AttributeReader reader = new AttributeReader(bytes);
        while (reader.next()) {
            all.add(
                    nested.contains(reader.type())
                            ? reader.type() + ":" + attributes(ByteBuffer.wrap(reader.bytes()), Set.of())
                            : reader.type() + ":" + HexFormat.of().formatHex(reader.bytes()));
        }
        all.sort(null);
        return all;
    }

    private static ByteBuffer payload(String hex) {
        byte[] message = HexFormat.of().parseHex(hex);
        return ByteBuffer.wrap(message, NETLINK_HEADER_BYTES, message.length - NETLINK_HEADER_BYTES)
                .order(ByteOrder.nativeOrder());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    203.0.113.0/24 encap ip id 5 src 192.0.2.1 dst 192.0.2.9 ttl 7 tos 4 dev left | \
                    6400000018000506c75b036b0000000002180000fe70fd010000000008000100cb007100300016800c00010000000000\
                    0000000508000300c000020108000200c000020905000400070000000500050004000000060015000200000008000400\
                    03000000
                    2001:db8:1::/48 encap ip6 id 5 src 2001:db8::1 dst 2001:db8::9 hoplimit 7 tc 4 dev left | \
                    8800000018000506c75b036b000000000a300000fe700001000000001400010020010db8000100000000000000000000\
                    480016800c00010000000000000000051400030020010db80000000000000000000000011400020020010db800000000\
                    0000000000000009050004000700000005000500040000000600150004001c000800040003000000
                    203.0.113.0/24 encap ip id 5 dst 192.0.2.9 csum key seq dev left | \
                    5400000018000506777c036b0000000002180000fe70fd010000000008000100cb007100200016800c00010000000000\
                    0000000508000200c000020906000600000d010006001500020001000800040003000000
                    2001:db8:1::/48 encap ip6 id 5 dst 2001:db8::9 csum seq dev left | \
                    6c00000018000506777c036b000000000a300000fe700001000000001400010020010db8000100000000000000000000\
                    2c0016800c00010000000000000000051400020020010db8000000000000000000000009060006000009000006001500\
                    040000000800040003000000
                    203.0.113.0/24 encap mpls 100/200 ttl 9 via 192.0.2.2 dev left | \
                    5400000018000506c75b036b0000000002180000fe7000010000000008000100cb007100180016800c00010000064000\
                    000c81000500020009100000060015000100010008000500c00002020800040003000000
                    2001:db8:1::/48 encap ila 2001:db8:0:1 csum-mode neutral-map ident-type luid hook-type input \
                    via 2001:db8::2 dev left | 7c00000018000506c75b036b000000000a300000fe700001000000001400010020010\
                    db8000100000000000000000000280016800c00010020010db80000000105000700011000000500080001c0010005000\
                    9000100000006001500030000001400050020010db80000000000000000000000020800040003000000
                    2001:db8:1::/48 encap ila 2001:db8:0:1 csum-mode no-action ident-type use-format hook-type \
                    output via 2001:db8::2 dev left | 7c00000018000506c75b036b000000000a300000fe70000100000000140001\
                    0020010db8000100000000000000000000280016800c00010020010db80000000105000700021000000500080020c001\
                    00050009000000000006001500030000001400050020010db80000000000000000000000020800040003000000
                    203.0.113.0/24 via 192.0.2.2 dev left metric 10 mtu lock 1400 congctl lock reno ttl-propagate \
                    enabled table 1000 | 6800000018000506c75b036b0000000002180000007000010000000008000100cb007100080\
                    00500c0000202080006000a00000005001a000100000008000f00e803000008000400030000001c00080008000200780\
                    500000800100072656e6f0800010004000100
                    203.0.113.0/24 nexthop via 192.0.2.2 dev left weight 3 nexthop via 192.0.2.3 dev left onlink | \
                    4800000018000506045c036b0000000002180000fe7000010000000008000100cb007100240009001000000203000000\
                    08000500c0000202100004000300000008000500c0000203
                    203.0.113.0/24 via inet6 2001:db8::5 dev left tos 0x10 src 192.0.2.1 onlink | \
                    4c00000018000506045c036b0000000002180010fe7000010400000008000100cb007100160012000a0020010db80000\
                    00000000000000000005000008000700c00002010800040003000000
                    2001:db8:1::/48 from 2001:db8:2::/48 via 2001:db8::5 dev left pref low expires 100 | \
                    7000000018000506045c036b000000000a303000fe700001000000001400010020010db8000100000000000000000000\
                    1400020020010db80002000000000000000000001400050020010db80000000000000000000000050500140003000000\
                    08001700640000000800040003000000
                    """)
    void routeIsWhatIproute2Sends(String words, String iproute2) {
        ByteBuffer encoded = RouteMessage.encode(VirtualRoute.parse(words), INTERFACES);

        List<String> expected = parts(payload(iproute2), Set.of(RTA_METRICS, RTA_ENCAP));
        List<String> found = parts(encoded, Set.of(RTA_METRICS, RTA_ENCAP));
        // we say the table in both places, as large numbers fit into the attribute only
        if (expected.stream().noneMatch(part -> part.startsWith(RTA_TABLE + ":"))) {
            found.remove(RTA_TABLE + ":fe000000");
        }
        assertThat(found).isEqualTo(expected);
        assertThat(RouteMessage.key(encoded)).isEqualTo(RouteMessage.key(payload(iproute2)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    from 192.0.2.0/24 to 198.51.100.0/24 pref 5 tos 0x10 fwmark 1/3 iif left oif left tun_id 7 \
                    uidrange 0-5 ipproto tcp sport 5-6 dport 80 table 9 realms 1/2 suppress_prefixlength 0 \
                    suppress_ifgroup 4 | ac00000020000506c75b036b000000000218181009000001000000000500150070000000080\
                    00200c000020008000100c6336400080006000500000008000a00010000000800100003000000090003006c656674000\
                    00000090011006c656674000000000c000c0000000000000000070c00140000000000050000000500160006000000080\
                    0170005000600080018005000500008000b000200010008000e000000000008000d0004000000
                    pref 5 goto 10 | 3400000020000506c75b036b0000000002000000000000020000000005001500700000000800060\
                    005000000080004000a000000
                    inet6 pref 5 l3mdev | 3400000020000506c75b036b000000000a0000000000000100000000050015007000000008\
                    000600050000000500130001000000
                    """)
    void ruleIsWhatIproute2Sends(String words, String iproute2) {
        ByteBuffer encoded = RuleMessage.encode(VirtualRule.parse(words));
        int fraTable = 15;
        List<String> found = parts(encoded, Set.of());
        found.removeIf(part -> part.startsWith(fraTable + ":"));
        assertThat(found).isEqualTo(parts(payload(iproute2), Set.of()));
        assertThat(RuleMessage.protocol(encoded)).isEqualTo(112);
    }

    @Test
    void routeOfAVrfIsInItsTable() {
        ByteBuffer inVrf = RouteMessage.encode(VirtualRoute.parse("203.0.113.0/24 dev left vrf blue"), INTERFACES);
        ByteBuffer inTable = RouteMessage.encode(VirtualRoute.parse("203.0.113.0/24 dev left table 1000"), INTERFACES);
        assertThat(inVrf).isEqualTo(inTable);
    }

    @Test
    void keyIsWhatTheKernelTellsRoutesApartBy() {
        assertThat(key("198.51.100.0/24 via 192.0.2.2")).contains("198.51.100.0/24 tos 0 table 254 metric 0");
        assertThat(key("default via 192.0.2.2 tos 4 table 4294967295 metric 7"))
                .contains("0.0.0.0/0 tos 4 table 4294967295 metric 7");
        assertThat(key("2001:db8::/32 dev left from 2001:db8:1::/48"))
                .contains("2001:db8::/32 from 2001:db8:1::/48 tos 0 table 254 metric 1024");
        assertThat(RouteMessage.key(ByteBuffer.allocate(3))).isEmpty();
        assertThat(RuleMessage.key(ByteBuffer.allocate(12))).isEmpty();
    }

    private static Optional<String> key(String words) {
        return RouteMessage.key(RouteMessage.encode(VirtualRoute.parse(words), INTERFACES));
    }

    @Test
    void rulesThatDifferHaveDifferentKeys() {
        List<String> keys = List.of(
                        "from 192.0.2.1 table 5",
                        "to 192.0.2.1 table 5",
                        "from 192.0.2.1 table 6",
                        "from 192.0.2.1 table 5 pref 7",
                        "from 192.0.2.1 table 5 fwmark 7",
                        "from 192.0.2.1 prohibit")
                .stream()
                .map(words -> RuleMessage.key(RuleMessage.encode(VirtualRule.parse(words)))
                        .orElseThrow())
                .toList();
        assertThat(keys).doesNotHaveDuplicates();
    }
}
