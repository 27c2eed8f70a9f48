package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.vrrp4j.examples.live.VirtualMacs.macvlans;
import static org.vrrp4j.examples.live.VirtualMacs.setting;

import java.io.IOException;
import java.time.Instant;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.examples.live.RouterProcess.Kind;
import org.vrrp4j.linux.lab.LabHost;

/** A virtual MAC address with all else that a router may have: routes, rules, excluded addresses, no_accept. */
class VirtualMacResourcesLiveTest {
    private static final String IPV4_MAC = "00:00:5e:00:01:33";
    private static final String IPV6_MAC = "00:00:5e:00:02:33";

    private static final String IPV4 = """
            vrrp_instance VI_1 {
                version 3
                advert_int 0.1
                interface eth0
                virtual_router_id 51
                priority %d
                use_vmac vmac
                no_accept
                virtual_ipaddress {
                    192.0.2.100/24
                }
                virtual_ipaddress_excluded {
                    192.0.2.101/24
                    2001:db8::101/64
                    203.0.113.1/24 dev eth0
                }
                virtual_routes {
                    198.51.100.0/25 via 192.0.2.254 src 192.0.2.100 metric 10
                    198.51.100.128/25 dev vmac table 100
                }
                virtual_rules {
                    from 192.0.2.100 table 100 preference 500
                }
            }
            """;

    private static final String IPV6 = """
            vrrp_instance VI_1 {
                version 3
                advert_int 0.1
                interface eth0
                virtual_router_id 51
                priority %d
                use_vmac vmac
                no_accept
                virtual_ipaddress {
                    fe80::51/64
                    2001:db8::100/64
                }
                virtual_ipaddress_excluded {
                    192.0.2.101/24
                }
                virtual_routes {
                    2001:db8:1::/48 via 2001:db8::254 dev eth0
                    2001:db8:2::/48 dev vmac table 100
                }
                virtual_rules {
                    inet6 from 2001:db8::100 table 100 preference 500
                }
            }
            """;

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(RouterProcess.PATIENCE).untilAsserted(assertion);
    }

    private static String shown(LabHost host) throws IOException {
        return host.run("ip", "route", "show", "table", "all", "proto", "112")
                + host.run("ip", "-6", "route", "show", "table", "all", "proto", "112")
                + host.run("sh", "-c", "ip rule | grep 'proto 112'; ip -6 rule | grep 'proto 112'; true");
    }

    private static String filter(LabHost host) throws IOException {
        return host.run("nft", "list", "ruleset").replaceAll("[ \t\n]+", " ");
    }

    /** Whether a TCP connection to a port where nobody listens is refused, and not just lost. */
    private static boolean answers(LabHost client, String address) throws IOException {
        String command = "timeout 2 bash -c 'exec 3<>/dev/tcp/" + address + "/9' 2>&1; test $? = 124 || echo yes";
        String said = client.run("sh", "-c", command);
        return said.contains("refused") && said.strip().endsWith("yes");
    }

    private static void assertNothingLeft(LabHost host) throws IOException {
        assertThat(macvlans(host)).isEmpty();
        assertThat(shown(host)).isBlank();
        assertThat(filter(host)).isBlank();
        assertThat(host.holds("203.0.113.1")).isFalse();
        assertThat(setting(host, "ipv4/conf/eth0/arp_ignore")).isEqualTo("0");
    }

    @Test
    @DisplayName("IPv4: all of it on the virtual MAC address, filtered; it moves, and nothing stays behind")
    void ipv4() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            RouterProcess a = hosts.start(Kind.OURS, hosts.a, IPV4.formatted(150));
            a.awaitRole("VI_1", "MASTER", Instant.MIN);
            assertThat(hosts.a.run("ip", "address", "show", "dev", "vmac"))
                    .contains("192.0.2.100/24", "192.0.2.101/24", "2001:db8::101/64")
                    .doesNotContain("fe80:");
            assertThat(hosts.a.run("ip", "address", "show", "dev", "eth0")).contains("203.0.113.1/24");
            eventually(() -> assertThat(hosts.client.resolve("192.0.2.100")).contains(IPV4_MAC));
            assertThat(hosts.client.resolve("192.0.2.101")).contains(IPV4_MAC);
            assertThat(hosts.client.resolve("2001:db8::101")).contains(IPV4_MAC);
            assertThat(shown(hosts.a))
                    .contains(
                            "198.51.100.0/25 via 192.0.2.254 dev eth0 src 192.0.2.100 metric 10",
                            "198.51.100.128/25 dev vmac table 100",
                            "from 192.0.2.100 lookup 100");
            assertThat(filter(hosts.a)).contains("192.0.2.100", "192.0.2.101", "203.0.113.1", "2001:db8::101", "drop");
            assertThat(answers(hosts.client, "192.0.2.100")).as("no_accept").isFalse();
            assertThat(answers(hosts.client, "192.0.2.1")).as("the host's own").isTrue();

            hosts.a.run("ip", "link", "del", "vmac");
            a.awaitLine("WARN .*interface vmac had gone, and was made anew");
            eventually(() -> assertThat(shown(hosts.a))
                    .contains("198.51.100.0/25", "198.51.100.128/25 dev vmac", "from 192.0.2.100"));
            eventually(() -> assertThat(hosts.a.holds("2001:db8::101")).isTrue());

            RouterProcess b = hosts.start(Kind.OURS, hosts.b, IPV4.formatted(200));
            b.awaitRole("VI_1", "MASTER", Instant.MIN);
            a.awaitRole("VI_1", "BACKUP", Instant.MIN);
            eventually(() -> assertThat(shown(hosts.a)).isBlank());
            assertThat(filter(hosts.a)).isBlank();
            eventually(() ->
                    assertThat(macvlans(hosts.a)).singleElement().asString().doesNotContain(",UP"));
            assertThat(b.stop()).isZero();
            a.awaitRole("VI_1", "MASTER", Instant.MIN);
            assertThat(a.stop()).isZero();
            assertNothingLeft(hosts.a);
            assertNothingLeft(hosts.b);
        }
    }

    @Test
    @DisplayName("IPv6: all of it on the virtual MAC address, with an excluded address of IPv4 beside")
    void ipv6() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            RouterProcess a = hosts.start(Kind.OURS, hosts.a, IPV6.formatted(150));
            a.awaitRole("VI_1", "MASTER", Instant.MIN);
            eventually(() -> assertThat(hosts.client.resolve("2001:db8::100")).contains(IPV6_MAC));
            assertThat(hosts.client.resolve("192.0.2.101")).contains(IPV6_MAC);
            assertThat(setting(hosts.a, "ipv4/conf/eth0/arp_ignore"))
                    .as("the interface below does not answer for it")
                    .isEqualTo("1");
            assertThat(shown(hosts.a))
                    .contains(
                            "2001:db8:1::/48 via 2001:db8::254 dev eth0",
                            "2001:db8:2::/48 dev vmac table 100",
                            "from 2001:db8::100 lookup 100");
            assertThat(filter(hosts.a)).contains("192.0.2.101", "2001:db8::100", "ip6 daddr fe80::51 drop");
            assertThat(answers(hosts.client, "2001:db8::100")).as("no_accept").isFalse();
            assertThat(a.stop()).isZero();
            assertNothingLeft(hosts.a);
        }
    }

    @Test
    @DisplayName("the guard of a killed process removes all of it but the filter, which the next start removes")
    void killed() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            RouterProcess a = hosts.start(Kind.OURS, hosts.a, IPV4.formatted(150));
            a.awaitRole("VI_1", "MASTER", Instant.MIN);
            a.awaitLine("the guard process \\d+ takes the addresses away");
            eventually(() -> assertThat(shown(hosts.a)).contains("from 192.0.2.100"));
            a.process().signal("KILL");
            eventually(() -> assertThat(macvlans(hosts.a)).isEmpty());
            eventually(() -> assertThat(shown(hosts.a)).isBlank());
            hosts.awaitGone(hosts.a, "203.0.113.1");

            RouterProcess next = hosts.ours(hosts.a, Configuration.of(Configuration.Protocol.V3_1_S, 150));
            next.awaitRole("VI_1", "MASTER", Instant.MIN);
            assertThat(filter(hosts.a)).isBlank();
        }
    }
}
