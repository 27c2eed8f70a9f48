package org.vrrp4j.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualRoute;

/** What is static and names a track_group, and who follows it. */
class TrackGroupsTest {
    private static final String GROUP = """
            track_group G {
              group {
                VI_1
              }
            }
            """;

    private static List<String> followed(String... lines) {
        RouterConfig router = Conf.router(lines);
        return router.trackers().stream().map(Object::toString).toList();
    }

    @Test
    void instancesOfAGroupFollowTheInterfaceOfWhatNamesIt() {
        String text = GROUP + """
                static_ipaddress {
                  198.51.100.1/24 dev eth1 track_group G
                  198.51.100.2/24 dev eth5
                }
                static_routes {
                  203.0.113.0/24 via 198.51.100.254 dev eth2 track_group G
                }
                static_rules {
                  from 198.51.100.1 iif eth3 table 7 preference 9 track_group G
                }
                """ + Conf.instance();
        assertThat(Conf.problems(text)).isEmpty();
        assertThat(followed(text))
                .containsExactly("interface eth1 weight 0", "interface eth2 weight 0", "interface eth3 weight 0");
        assertThat(Conf.parse(text).nodeConfig().staticResources().routes())
                .extracting(VirtualRoute::trackGroup)
                .allMatch(group -> group.filter("G"::equals).isPresent());
    }

    @Test
    void theInterfaceThatAnAddressHasByDefaultIsFollowedToo() {
        String text = "global_defs {\ndefault_interface eth4\n}\n" + GROUP
                + "static_ipaddress {\n198.51.100.1/24 track_group G\n}\n" + Conf.instance();
        assertThat(followed(text)).containsExactly("interface eth4 weight 0");
    }

    @Test
    void anInstanceFollowsItsOwnInterfaceAnyway() {
        String text = GROUP + "static_ipaddress {\n198.51.100.1/24 dev eth0 track_group G\n}\n" + Conf.instance();
        assertThat(followed(text)).isEmpty();
    }

    @Test
    void withoutItsInterfaceNoPriorityIsHighEnough() {
        String text = GROUP + "static_ipaddress {\n198.51.100.1/24 dev eth1 track_group G\n}\n"
                + Conf.instance("track_interface {", "eth1 weight -20", "eth2 weight -10", "}");
        assertThat(followed(text)).containsExactly("interface eth2 weight -10", "interface eth1 weight 0");
    }

    @Test
    void mistakesAreToldWithTheirLine() {
        assertThat(Conf.problems("static_ipaddress {\n198.51.100.1/24 dev eth1 track_group G\n}", Conf.instance()))
                .containsExactly("k.conf:2: error: 'G' is no track_group that stands above");
        assertThat(Conf.problems(GROUP, GROUP, Conf.instance()))
                .containsExactly("k.conf:7: error: track_group 'G' is in line 1 already; give each group a name of its"
                        + " own");
        assertThat(Conf.problems("track_group G {\ngroup {\nVI_9\n}\n}", Conf.instance()))
                .containsExactly(
                        "k.conf:1: warning: track_group 'G': there is no vrrp_instance 'VI_9'",
                        "k.conf:1: warning: track_group 'G' has no instance: nobody follows what names it");
        assertThat(Conf.problems(
                        GROUP + """
                        static_routes {
                          203.0.113.0/24 via 198.51.100.254 track_group G
                        }
                        static_rules {
                          from 198.51.100.1 iif eth3 table 7 preference 9 no_track track_group G
                        }
                        """,
                        Conf.instance("virtual_ipaddress_excluded {", "198.51.100.7/24 dev eth1 track_group G", "}")))
                .containsExactly(
                        "k.conf:7: warning: 'track_group' needs an interface in the line: no instance follows this",
                        "k.conf:10: warning: 'track_group' does not go with no_track: no instance follows this",
                        "k.conf:18: error: 'track_group' goes with static addresses only");
    }
}
