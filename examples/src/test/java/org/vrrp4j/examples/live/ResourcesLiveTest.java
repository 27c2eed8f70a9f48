package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.examples.live.RouterProcess.Kind;
import org.vrrp4j.linux.lab.LabHost;

/** Excluded addresses, routes and rules of a keepalived.conf, from the start of a node to its end or death. */
class ResourcesLiveTest {
    private static final String CONFIGURATION = """
            static_ipaddress {
                203.0.113.1/24 dev eth0
            }
            static_routes {
                203.0.113.128/25 via 192.0.2.253 dev eth0
            }
            static_rules {
                from 203.0.113.1 table 200 preference 600
            }
            vrrp_instance VI_1 {
                version 3
                interface eth0
                virtual_router_id 51
                priority %d
                advert_int 1
                virtual_ipaddress {
                    192.0.2.100/24
                }
                virtual_ipaddress_excluded {
                    192.0.2.101/24
                    2001:db8::101/64
                }
                virtual_routes {
                    198.51.100.0/24 via 192.0.2.254 dev eth0 src 192.0.2.100 metric 10
                    2001:db8:1::/48 via 2001:db8::254 dev eth0 table 100
                    blackhole 198.51.100.128/25 table 100
                }
                virtual_rules {
                    from 192.0.2.100 table 100 preference 500
                    inet6 from all table 100 preference 501
                }
            }
            """;

    private static String shown(LabHost host) throws IOException {
        return host.run("ip", "route", "show", "table", "all", "proto", "112")
                + host.run("ip", "-6", "route", "show", "table", "all", "proto", "112")
                + host.run("sh", "-c", "ip rule | grep 'proto 112'; ip -6 rule | grep 'proto 112'; true");
    }

    private static void awaitShown(LabHost host, String... parts) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(RouterProcess.PATIENCE);
        while (true) {
            String shown = shown(host);
            boolean all = true;
            for (String part : parts) {
                all &= shown.contains(part);
            }
            if (all && (parts.length > 0 || shown.isBlank())) {
                return;
            }
            assertThat(Instant.now()).as("on %s: %s", host, shown).isBefore(end);
            Thread.sleep(20);
        }
    }

    private static final String[] VIRTUAL = {
        "198.51.100.0/24 via 192.0.2.254 dev eth0 src 192.0.2.100 metric 10",
        "2001:db8:1::/48 via 2001:db8::254 dev eth0 table 100",
        "blackhole 198.51.100.128/25 table 100",
        "from 192.0.2.100 lookup 100",
        "from all lookup 100"
    };

    private static final String[] STATIC = {"203.0.113.128/25 via 192.0.2.253", "from 203.0.113.1 lookup 200"};

    private static RouterProcess master(TwoHosts hosts, LabHost host, String... options)
            throws IOException, InterruptedException {
        RouterProcess router = hosts.start(Kind.OURS, host, CONFIGURATION.formatted(150), options);
        router.awaitRole("VI_1", "MASTER", Instant.MIN);
        return router;
    }

    @Test
    @DisplayName("a master has its excluded addresses, routes and rules; what is removed is put back; nothing stays"
            + " behind")
    void fromStartToEnd() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            RouterProcess a = master(hosts, hosts.a);
            awaitShown(hosts.a, VIRTUAL);
            awaitShown(hosts.a, STATIC);
            hosts.awaitHolder(hosts.a, "2001:db8::101");
            hosts.awaitHolder(hosts.a, "203.0.113.1");
            assertThat(hosts.client.resolve("192.0.2.101")).isPresent();

            hosts.a.run("ip", "route", "flush", "proto", "112");
            hosts.a.run("ip", "rule", "del", "preference", "500");
            hosts.a.run("ip", "rule", "del", "preference", "600");
            a.awaitLine("the route 198.51.100.0/24 .* had been removed; put back");
            a.awaitLine("the rule from 192.0.2.100/32 preference 500 table 100 had been removed; put back");
            awaitShown(hosts.a, VIRTUAL);
            awaitShown(hosts.a, STATIC);

            hosts.a.run("ip", "address", "del", "192.0.2.100/24", "dev", "eth0");
            awaitShown(hosts.a, VIRTUAL);

            RouterProcess b = hosts.start(Kind.OURS, hosts.b, CONFIGURATION.formatted(200));
            b.awaitRole("VI_1", "MASTER", Instant.MIN);
            awaitShown(hosts.b, VIRTUAL);
            a.awaitRole("VI_1", "BACKUP", Instant.MIN);
            assertThat(shown(hosts.a))
                    .doesNotContain("198.51.100", "lookup 100")
                    .contains(STATIC);
            assertThat(hosts.a.holds("2001:db8::101")).isFalse();
            assertThat(b.stop()).isZero();
            assertThat(a.stop()).isZero();
            assertThat(shown(hosts.a) + shown(hosts.b)).isBlank();
        }
    }

    @Test
    @DisplayName("routes and rules of a killed process go at once with a guard")
    void killedWithGuard() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            RouterProcess a = master(hosts, hosts.a);
            a.awaitLine("the guard process \\d+ takes the addresses away");
            awaitShown(hosts.a, VIRTUAL);
            awaitShown(hosts.a, STATIC);
            a.process().signal("KILL");

            awaitShown(hosts.a);
            hosts.awaitGone(hosts.a, "192.0.2.101");
            hosts.awaitGone(hosts.a, "203.0.113.1");
        }
    }

    @Test
    @DisplayName("without a guard they stay, and the next start removes what it does not want")
    void killedWithoutGuard() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            RouterProcess first = master(hosts, hosts.a, "--no-guard");
            awaitShown(hosts.a, VIRTUAL);
            first.process().signal("KILL");
            first.process().awaitExit(RouterProcess.PATIENCE);
            assertThat(shown(hosts.a)).contains("blackhole 198.51.100.128/25", "from 192.0.2.100 lookup 100");

            RouterProcess next = hosts.ours(hosts.a, Configuration.of(Configuration.Protocol.V3_1_S, 150));
            next.awaitRole("VI_1", "MASTER", Instant.MIN);

            assertThat(shown(hosts.a)).isBlank();
        }
    }

    @Test
    @DisplayName(
            "a route of somebody else keeps the router in FAULT, with the reason, and it takes over when it is gone")
    void foreignRoute() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            hosts.a.run("ip", "route", "add", "2001:db8:1::/48", "via", "2001:db8::253", "dev", "eth0", "table", "100");
            RouterProcess a = hosts.start(Kind.OURS, hosts.a, CONFIGURATION.formatted(150));
            a.awaitLine(
                    "FAULT.*cannot put route 2001:db8:1::/48 via 2001:db8::254 dev eth0 table 100: a route to the same"
                            + " destination");
            assertThat(hosts.a.holds("192.0.2.100")).isFalse();

            hosts.a.run("ip", "-6", "route", "del", "2001:db8:1::/48", "table", "100");

            a.awaitRole("VI_1", "MASTER", Instant.MIN);
            awaitShown(hosts.a, VIRTUAL);
        }
    }
}
