package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.vrrp4j.examples.live.RouterProcess.Kind;
import org.vrrp4j.linux.lab.LabProcess;

/** IPv6, and unicast over both families: ours with ours, and ours with keepalived on either side. */
class WayLiveTest {
    private static final String MAC_OF_A = "02:00:00:00:00:01";

    static Stream<Arguments> pairs() {
        return Stream.of(Way.values())
                .flatMap(way -> Stream.of(
                        Arguments.of(way, Kind.OURS, Kind.OURS),
                        Arguments.of(way, Kind.OURS, Kind.KEEPALIVED),
                        Arguments.of(way, Kind.KEEPALIVED, Kind.OURS)));
    }

    @ParameterizedTest(name = "{0}: {1} and {2}")
    @MethodSource("pairs")
    @DisplayName("the address goes where it should: start, cut, return, stop, return, kill")
    void addressFollowsTheMaster(Way way, Kind first, Kind second) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            String better = way.text(1, 150);
            RouterProcess a = hosts.start(first, hosts.a, better);
            hosts.awaitHolder(hosts.a, way.vip);
            RouterProcess b = hosts.start(second, hosts.b, way.text(2, 100));
            b.awaitRole("VI_1", "BACKUP", Instant.MIN);
            hosts.awaitOnlyHolder(hosts.a, way.vip);
            assertThat(hosts.client.resolve(way.vip)).contains(MAC_OF_A);

            Instant cut = Instant.now();
            hosts.a.unplug();
            a.awaitRole("VI_1", "FAULT", cut);
            hosts.awaitOnlyHolder(hosts.b, way.vip);
            Instant back = Instant.now();
            hosts.a.plug();
            a.awaitRole("VI_1", "MASTER", back);
            b.awaitRole("VI_1", "BACKUP", back);
            hosts.awaitOnlyHolder(hosts.a, way.vip);

            assertThat(a.stop()).isZero();
            hosts.awaitOnlyHolder(hosts.b, way.vip);
            if (b.isOurs()) {
                b.awaitLine("BACKUP -> MASTER: the master gave up");
            }
            a = hosts.start(first, hosts.a, better);
            hosts.awaitOnlyHolder(hosts.a, way.vip);
            Instant killed = Instant.now();
            a.kill();
            hosts.awaitHolder(hosts.b, way.vip);
            b.awaitRole("VI_1", "MASTER", killed);
            if (a.isOurs()) {
                hosts.awaitOnlyHolder(hosts.b, way.vip);
            }
            for (RouterProcess router : List.of(a, b)) {
                assertThat(router.process().output()).doesNotContain("rejected", "could not");
            }
        }
    }

    @Test
    @DisplayName("a keepalived that has the checksums of old versions is heard, and hears of a better one")
    void oldChecksumsAreFound() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            RouterProcess a = hosts.start(Kind.KEEPALIVED, hosts.a, Way.UNICAST_OLD_CHECKSUM.text(1, 150));
            a.awaitRole("VI_1", "MASTER", Instant.MIN);
            RouterProcess b = hosts.start(Kind.OURS, hosts.b, Way.UNICAST_V3.text(2, 200));
            b.awaitRole("VI_1", "MASTER", Instant.MIN);
            a.awaitRole("VI_1", "BACKUP", Instant.MIN);
            hosts.awaitOnlyHolder(hosts.b, Way.UNICAST_V3.vip);
            assertThat(b.process().output()).doesNotContain("rejected");
        }
    }

    @Test
    @DisplayName("R9568-5.1.2.3-1 R9568-6.4.1-3 tcpdump finds nothing wrong with our IPv6 packets")
    void tcpdumpDoesNotComplain() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            TwoHosts.require("tcpdump", hosts.captureUnavailabilityCause());
            LabProcess capture = hosts.client.capture(
                    "eth0", "-vv", "ip6", "proto", "112", "or", "(icmp6", "and", "ip6[40]", "=", "136)");
            RouterProcess a = hosts.start(Kind.OURS, hosts.a, Way.IPV6.text(1, 150));
            hosts.awaitHolder(hosts.a, Way.IPV6.vip);
            capture.awaitLine(
                    "fe80::ff:fe00:1 > ff02::12: .*VRRPv3.*prio 150.*addrs\\(2\\): fe80::51,2001:db8::100",
                    RouterProcess.PATIENCE);
            capture.awaitLine(
                    "fe80::51 > ff02::1: .*icmp6 sum ok.*neighbor advertisement.*tgt is fe80::51, Flags \\[override\\]",
                    RouterProcess.PATIENCE);
            capture.awaitLine("icmp6 sum ok.*tgt is 2001:db8::100, Flags \\[override\\]", RouterProcess.PATIENCE);
            assertThat(a.stop()).isZero();
            capture.awaitLine("VRRPv3.*prio 0[, ]", RouterProcess.PATIENCE);
            assertThat(capture.output())
                    .contains("class 0xc0", "hlim 255")
                    .doesNotContainIgnoringCase("bad", "incorrect", "unknown", "hlim 64", "hlim 1,");
        }
    }

    @Test
    @DisplayName("a host that forwards says so in its neighbour advertisements")
    void forwardingHostIsARouter() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            TwoHosts.require("tcpdump", hosts.captureUnavailabilityCause());
            hosts.a.run("sh", "-c", "echo 1 >/proc/sys/net/ipv6/conf/eth0/forwarding");
            LabProcess capture = hosts.client.capture("eth0", "-vv", "icmp6", "and", "ip6[40]", "=", "136");
            hosts.start(Kind.OURS, hosts.a, Way.IPV6.text(1, 150));
            capture.awaitLine("tgt is 2001:db8::100, Flags \\[router, override\\]", RouterProcess.PATIENCE);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @DisplayName("R9568-5-1 IPv4 and IPv6 with the same VRID are two virtual routers")
    void sameVridInBothFamilies(Kind second) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            RouterProcess a = hosts.start(Kind.OURS, hosts.a, bothFamilies(1, 150, 90));
            RouterProcess b = hosts.start(second, hosts.b, bothFamilies(2, 100, 110));
            a.awaitRole("VI_4", "MASTER", Instant.MIN);
            b.awaitRole("VI_1", "MASTER", Instant.MIN);
            hosts.awaitOnlyHolder(hosts.a, "192.0.2.100");
            hosts.awaitOnlyHolder(hosts.b, Way.IPV6.vip);
            Instant stopped = Instant.now();
            assertThat(b.stop()).isZero();
            a.awaitRole("VI_1", "MASTER", stopped);
            hosts.awaitOnlyHolder(hosts.a, Way.IPV6.vip);
            assertThat(hosts.a.holds("192.0.2.100")).isTrue();
            assertThat(a.process().output()).doesNotContain("rejected", "VI_4 eth0/51: MASTER");
        }
    }

    private static String bothFamilies(int host, int ipv4, int ipv6) {
        String other = Configuration.of(Configuration.Protocol.V3_100_MS, ipv4).text();
        return Way.IPV6.text(host, ipv6) + other.replace("VI_1", "VI_4");
    }

    @Test
    @DisplayName("OPEN-7 a multicast and a unicast router do not hear each other, and both say why")
    void multicastAndUnicastDoNotMix() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            RouterProcess a = hosts.start(Kind.OURS, hosts.a, Way.UNICAST_V3.text(1, 150));
            RouterProcess b = hosts.ours(hosts.b, Configuration.of(Configuration.Protocol.V3_100_MS, 100));
            a.awaitLine("rejected an advertisement of 192.0.2.2: multicast, but this router has unicast peers");
            b.awaitLine("rejected an advertisement of 192.0.2.1: unicast, but this router has no unicast peers");
        }
    }
}
