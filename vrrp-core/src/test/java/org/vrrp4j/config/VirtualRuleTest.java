package org.vrrp4j.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrp4j.model.IpFamily;

/** Virtual rules, from words and built, and back to words. */
class VirtualRuleTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from 192.0.2.100/32 preference 500 table 100",
                "not from 192.0.2.0/24 to 198.51.100.0/24 preference 5 prohibit",
                "from all preference 5 tos 0x10 fwmark 0x1/0x3 iif eth0 oif eth1 tun_id 7 uidrange 0-5 ipproto 6"
                        + " sport 5-6 dport 80 table 9 realms 1/2 suppress_prefixlength 0 suppress_ifgroup 4",
                "from all preference 1000 l3mdev",
                "from all preference 5 goto 10",
                "from all preference 5 nop",
                "from all preference 5 blackhole",
                "from 2001:db8::/32 preference 5 unreachable"
            })
    void wordsAreReadAndWrittenBack(String words) {
        VirtualRule rule = VirtualRule.parse(words);

        assertThat(rule.toString()).isEqualTo(words);
        assertThat(VirtualRule.parse(rule.toString()))
                .isEqualTo(rule)
                .hasSameHashCodeAs(rule)
                .isNotEqualTo(VirtualRule.parse("nop"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    from 192.0.2.1 lookup main | from 192.0.2.1/32 preference 16384 table 254
                    to any from default order 3 table local | from all preference 3 table 255
                    priority 3 dev eth0 dsfield 4 table 5 | from all preference 3 tos 0x4 iif eth0 table 5
                    pref 3 sup_pl 1 sup_group 2 tunnel-id 9 table 5 | from all preference 3 tun_id 9 table 5 \
                    suppress_prefixlength 1 suppress_ifgroup 2
                    type prohibit ip_proto udp fwmark 7 | from all preference 16384 fwmark 0x7 ipproto 17 prohibit
                    type unicast table 5 | from all preference 16384 table 5
                    table 5 protocol 9 no_track | from all preference 16384 protocol 9 table 5
                    """)
    void otherWordsOfKeepalivedMeanTheSame(String words, String same) {
        assertThat(VirtualRule.parse(words).toString()).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    from 192.0.2.1 | a rule needs 'table TABLE', 'l3mdev', 'goto PREFERENCE' or an action
                    from here table 5 | 'from': not an IP address: 'here'
                    from 192.0.2.1 to 2001:db8::1 table 5 | 'from' must be of the family of the rule
                    table 5 wia eth0 | unknown word 'wia' in a rule
                    table nowhere | 'table' must be 0 to 4294967295 or a name in /etc/iproute2/rt_tables: 'nowhere'
                    table 0 | 'table' must be a table: '0'
                    pref 10 goto 5 | 'goto' must lead to a higher preference than 10: 5
                    table 5 l3mdev | 'l3mdev' does not go with 'table'
                    l3mdev prohibit | 'l3mdev' does not go with 'prohibit'
                    prohibit sup_pl 3 | 'suppress_...' goes with 'table' only
                    table 5 uidrange 5-3 | 'uidrange' must go upwards: '5-3'
                    table 5 sport 0 | 'sport' must be 1 to 65535: '0'
                    table 5 ipproto 0 | 'ipproto' must be 1 to 255: '0'
                    table 5 fwmark x | 'fwmark' must be 0 to 4294967295: 'x'
                    inet6 table 5 realms 4 | only IPv4 rules have 'realms'
                    table 5 protocol 9 | 'protocol' goes with 'no_track' only
                    type odd | 'type' must be unicast, blackhole, unreachable or prohibit: 'odd'
                    table | 'table' needs a value
                    """)
    void whatIsWrongIsToldByItsWord(String words, String message) {
        assertThatThrownBy(() -> VirtualRule.parse(words))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void builtRuleIsTheSameAsTheOneInWords() {
        VirtualRule built = VirtualRule.builder(IpFamily.IPV4)
                .from(IpPrefix.parse("192.0.2.100"))
                .preference(500)
                .table(100)
                .build();

        assertThat(built).isEqualTo(VirtualRule.parse("from 192.0.2.100 table 100 preference 500"));
    }

    @Test
    void ruleForAllAddressesSaysItsFamily() {
        assertThat(VirtualRule.parse("inet6 table 5").family()).isEqualTo(IpFamily.IPV6);
        assertThat(VirtualRule.parse("table 5")).isNotEqualTo(VirtualRule.parse("inet6 table 5"));
    }
}
