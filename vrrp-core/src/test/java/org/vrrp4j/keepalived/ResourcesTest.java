package org.vrrp4j.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vrrp4j.config.LinkDelays;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.RoutingNames;
import org.vrrp4j.config.VirtualRoute;

/** What goes with the addresses of an instance, and what is static. */
class ResourcesTest {

    @Test
    void blocksOfAnInstanceAreRead() {
        RouterConfig router = Conf.router(Conf.instance(
                "virtual_ipaddress_excluded {",
                "192.0.2.200/24",
                "2001:db8::200/64 dev eth1",
                "}",
                "virtual_routes {",
                "198.51.100.0/24 via 192.0.2.254 dev eth0 metric 10",
                "}",
                "virtual_rules {",
                "from 192.0.2.200 table 100 preference 500",
                "}"));

        assertThat(router.excludedAddresses())
                .extracting(Object::toString)
                .containsExactly("192.0.2.200/24", "2001:db8:0:0:0:0:0:200/64");
        assertThat(router.advertisedAddresses()).hasSize(1);
        assertThat(router.resources().addresses()).hasSize(3);
        assertThat(router.resources().routes()).hasToString("[198.51.100.0/24 via 192.0.2.254 dev eth0 metric 10]");
        assertThat(router.resources().routes().get(0).placement()).isEqualTo(VirtualRoute.Placement.PREPEND);
        assertThat(router.resources().rules()).hasToString("[from 192.0.2.200/32 preference 500 table 100]");
        assertThat(router.toBuilder().build().resources()).isEqualTo(router.resources());
    }

    @Test
    @DisplayName("packets are accepted by default; not with no_accept, nor in strict mode unless version 3 says accept")
    void acceptMode() {
        assertThat(accepts()).isTrue();
        assertThat(accepts("accept")).isTrue();
        assertThat(accepts("no_accept")).isFalse();
        assertThat(accepts("version 3", "strict_mode")).isFalse();
        assertThat(accepts("version 3", "strict_mode", "accept")).isTrue();
        assertThat(accepts("version 2", "strict_mode", "accept")).isFalse();
        assertThat(accepts("priority 255", "no_accept")).isTrue();
        assertThat(accepts("priority 255", "version 2", "strict_mode")).isTrue();
    }

    private static boolean accepts(String... lines) {
        return Conf.router(Conf.instance(lines)).resources().accept();
    }

    @Test
    void mistakesAreToldWithTheirLineAndWord() {
        assertThat(Conf.problems(Conf.instance("virtual_routes {", "198.51.100.0/24 wia 192.0.2.254", "}")))
                .containsExactly("k.conf:6: error: unknown word 'wia' in a route to 198.51.100.0/24");
        assertThat(Conf.problems(Conf.instance("virtual_rules {", "from 192.0.2.1", "}")))
                .containsExactly(
                        "k.conf:6: error: a rule needs 'table TABLE', 'l3mdev', 'goto PREFERENCE' or an action");
    }

    @Test
    void staticAddressWithoutDeviceIsOnTheDefaultInterface() {
        String block = "static_ipaddress {\n198.51.100.1/24\n198.51.100.2/24 dev eth2\n}";
        assertThat(Conf.parse(block, Conf.instance())
                        .nodeConfig()
                        .staticResources()
                        .addresses())
                .extracting(address -> address.device().orElseThrow())
                .containsExactly("eth0", "eth2");
        assertThat(Conf.parse("global_defs {", "default_interface eth1", "}", block, Conf.instance())
                        .nodeConfig()
                        .staticResources()
                        .addresses())
                .extracting(address -> address.device().orElseThrow())
                .containsExactly("eth1", "eth2");
    }

    @Test
    void namesOfTablesAreReadWhereTheFileSays(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("rt_tables"), "77 blue\n");
        for (String keyword : List.of("iproute_etc_dir", "iproute_usr_dir")) {
            assertThat(Conf.parse(
                                    "global_defs {",
                                    keyword + " " + directory,
                                    "}",
                                    Conf.instance("virtual_routes {", "198.51.100.0/24 dev eth0 table blue", "}"))
                            .nodeConfig()
                            .routers()
                            .get(0)
                            .resources()
                            .routes())
                    .extracting(VirtualRoute::table)
                    .containsExactly(77);
        }
    }

    @Test
    void whatIsOnlyHalfDoneIsToldAsAWarning() {
        assertThat(Conf.problems(Conf.instance(
                        "virtual_routes {",
                        "198.51.100.0/24 dev eth0 track_group g",
                        "203.0.113.0/24 dev eth0 protocol 9 no_track",
                        "203.0.113.0/24 dev eth0 protocol 9 no_track",
                        "}",
                        "virtual_rules {",
                        "table 5",
                        "}",
                        "virtual_ipaddress_excluded {",
                        "192.0.2.100/24",
                        "}")))
                .containsExactly(
                        "k.conf:6: warning: 'track_group' goes with what is static only: no instance follows this",
                        "k.conf:7: warning: 'protocol': what a killed process leaves of this route is not removed at"
                                + " the next start",
                        "k.conf:8: warning: the same is in an earlier line already; this line is ignored",
                        "k.conf:11: warning: a rule should say its preference; this one has 16384",
                        "k.conf:14: warning: 192.0.2.100/24 is in virtual_ipaddress already");
    }

    @Test
    void staticResourcesBelongToTheNode() {
        NodeConfig node = Conf.parse(
                        "static_ipaddress {",
                        "198.51.100.1/24 dev eth1",
                        "}",
                        "static_routes {",
                        "203.0.113.0/24 via 198.51.100.254",
                        "}",
                        "static_rules {",
                        "from 198.51.100.1 table 7 preference 9",
                        "}",
                        Conf.instance())
                .nodeConfig();

        assertThat(node.staticResources().addresses()).hasToString("[198.51.100.1/24]");
        assertThat(node.staticResources().routes()).hasToString("[203.0.113.0/24 via 198.51.100.254]");
        assertThat(node.staticResources().rules()).hasToString("[from 198.51.100.1/32 preference 9 table 7]");
        assertThat(node.staticResources().accept()).isTrue();
    }

    @Test
    void namesOfTheHostAreReadFromItsFilesTheAdministratorsLast(@TempDir Path directory) throws IOException {
        Path system = Files.createDirectory(directory.resolve("system"));
        Path own = Files.createDirectory(directory.resolve("own"));
        Files.writeString(system.resolve("rt_tables"), "# reserved\n255 local\n10 blue # a comment\n0x20 green\n");
        Files.writeString(own.resolve("rt_tables"), "11\tblue\n");
        Files.createDirectory(own.resolve("rt_tables.d"));
        Files.writeString(own.resolve("rt_tables.d").resolve("x.conf"), "4294967295 red\nno number\n");
        Files.writeString(own.resolve("rt_realms"), "3 world\n");

        RoutingNames names = HostRoutingNames.read(List.of(system, own, directory.resolve("missing")));

        assertThat(List.of("blue", "green", "red", "main").stream()
                        .map(table -> VirtualRoute.parse("blackhole 192.0.2.0/24 table " + table, names)
                                .table()))
                .containsExactly(11, 0x20, -1, VirtualRoute.TABLE_MAIN);
        assertThat(VirtualRoute.parse("198.51.100.0/24 dev eth0 realms world", names))
                .hasToString("198.51.100.0/24 dev eth0 realms 3");
    }

    @Test
    void delaysOfLinksAreCutToWhatPeersWaitFor() {
        KeepalivedConf conf =
                Conf.parse("interface_up_down_delays {", "eth0 1.5 2", "eth9 20", "}", Conf.instance("advert_int 1"));
        assertThat(conf.problems()).isEmpty();
        assertThat(conf.nodeConfig().linkDelays())
                .containsOnly(
                        Map.entry("eth0", new LinkDelays(Duration.ofMillis(1500), Duration.ofSeconds(2))),
                        Map.entry("eth9", new LinkDelays(Duration.ofSeconds(20), Duration.ZERO)));

        KeepalivedConf cut = Conf.parse("interface_up_down_delays {", "eth0 3", "}", Conf.instance("advert_int 1"));
        assertThat(cut.problems())
                .singleElement()
                .hasToString("k.conf:2: warning: the delay of eth0 going down is cut to 1996 ms, after which peers"
                        + " take over");
        assertThat(cut.nodeConfig().linkDelays().get("eth0").down()).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    @DisplayName("an address of two instances is an error with both lines; a link-local one is another one elsewhere")
    void addressOfTwoInstances() {
        String second = String.join(
                "\n",
                "vrrp_instance VI_2 {",
                "interface eth1",
                "virtual_router_id 52",
                "virtual_ipaddress {",
                "192.0.2.200",
                "}",
                "virtual_ipaddress_excluded {",
                "192.0.2.100/32",
                "}",
                "}");
        assertThat(Conf.problems(Conf.instance() + "\n" + second))
                .filteredOn(problem -> problem.contains("an address"))
                .singleElement()
                .asString()
                .contains("an address belongs to one vrrp_instance of a host, or is static: 192.0.2.100 is in line ");
    }
}
