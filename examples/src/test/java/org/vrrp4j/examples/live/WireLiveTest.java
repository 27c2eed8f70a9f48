package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vrrp4j.examples.live.Configuration.Protocol;
import org.vrrp4j.linux.lab.LabProcess;
import org.vrrp4j.model.IpFamily;

/** What lies around our messages on the wire, as tcpdump sees it: headers and frames, with addresses to choose from. */
class WireLiveTest {
    private static final String VIP = Configuration.VIP;

    @ParameterizedTest
    @EnumSource(
            value = Protocol.class,
            names = {"V2_PASS", "V3_100_MS"})
    @DisplayName("R9568-5.1.1.1-1 R9568-5.1.1.3-1 R9568-5.1.1.4-1 R9568-7.2-4 R9568-7.2-5 R3768-5.2-1"
            + " over IPv4: from the primary address to the group, TTL 255, protocol 112")
    void ipv4(Protocol protocol) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            TwoHosts.require("tcpdump", hosts.captureUnavailabilityCause());
            hosts.a.run("ip", "address", "add", "192.0.2.250/24", "dev", "eth0");
            hosts.a.run("ip", "address", "add", "198.51.100.1/24", "dev", "eth0");
            LabProcess capture = hosts.client.capture("eth0", "-vv", "ip", "and", "ether", "src", "02:00:00:00:00:01");
            RouterProcess a = hosts.ours(hosts.a, Configuration.of(protocol, 150));
            hosts.awaitHolder(hosts.a, VIP);
            awaitTwoMoreAndTheEnd(capture, a);

            assertThat(headers(capture, "proto VRRP"))
                    .hasSizeGreaterThan(2)
                    .allSatisfy(line -> assertThat(line)
                            .contains("02:00:00:00:00:01 > 01:00:5e:00:00:12, ethertype IPv4")
                            .contains("ttl 255,", "proto VRRP (112)"));
            assertThat(headers(capture, ": VRRPv"))
                    .hasSizeGreaterThan(2)
                    .allSatisfy(line -> assertThat(line).startsWith("192.0.2.1 > 224.0.0.18: "));
        }
    }

    @Test
    @DisplayName("R9568-5.1.2.1-1 R9568-5.1.2.3-1 R9568-7.2-4 R9568-7.2-5"
            + " over IPv6: from the link-local address to the group, hop limit 255, next header 112")
    void ipv6() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            TwoHosts.require("tcpdump", hosts.captureUnavailabilityCause());
            LabProcess capture = hosts.client.capture("eth0", "-vv", "ip6", "proto", "112");
            RouterProcess a = hosts.start(RouterProcess.Kind.OURS, hosts.a, Way.IPV6.text(1, 150));
            hosts.awaitHolder(hosts.a, Way.IPV6.vip);
            awaitTwoMoreAndTheEnd(capture, a);

            assertThat(headers(capture, "VRRPv3"))
                    .hasSizeGreaterThan(2)
                    .allSatisfy(line -> assertThat(line)
                            .contains("02:00:00:00:00:01 > 33:33:00:00:00:12, ethertype IPv6")
                            .contains("hlim 255,", "next-header VRRP (112)")
                            .contains(" fe80::ff:fe00:1 > ff02::12: "));
        }
    }

    @ParameterizedTest
    @EnumSource(IpFamily.class)
    @DisplayName(
            "R9568-6.4.1-1 R9568-6.4.1-3 R9568-6.4.2-7 each address is announced, and none before it is advertised")
    void announcements(IpFamily family) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            TwoHosts.require("tcpdump", hosts.captureUnavailabilityCause());
            LabProcess capture = hosts.a.capture(
                    "eth0", "-vv", "proto", "112", "or", "arp", "or", "ip6", "proto", "112", "or", "(icmp6", "and",
                    "ip6[40]", "=", "136)");
            boolean ipv6 = family == IpFamily.IPV6;
            Configuration ipv4 = Configuration.of(Protocol.V3_100_MS, 150);
            hosts.start(RouterProcess.Kind.OURS, hosts.a, ipv6 ? Way.IPV6.text(1, 150) : ipv4.text());
            List<String> announced = ipv6
                    ? List.of(
                            "02:00:00:00:00:01 > 33:33:00:00:00:01, .*hlim 255.* fe80::51 > ff02::1: .*tgt is fe80::51,"
                                    + " Flags \\[override\\]",
                            "02:00:00:00:00:01 > 33:33:00:00:00:01, .*hlim 255.* 2001:db8::100 > ff02::1: .*"
                                    + "tgt is 2001:db8::100, Flags \\[override\\]",
                            "destination link-address option \\(2\\), length 8 \\(1\\): 02:00:00:00:00:01")
                    : List.of("02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff, ethertype ARP .*Request who-has 192.0.2.100"
                            + " \\(ff:ff:ff:ff:ff:ff\\) tell 192.0.2.100");
            for (String announcement : announced) {
                capture.awaitLine(announcement, RouterProcess.PATIENCE);
            }
            String seen = capture.output();
            String first = ipv6 ? "neighbor advertisement" : "who-has 192.0.2.100";
            assertThat(seen.indexOf("VRRPv3")).isBetween(0, seen.indexOf(first));
        }
    }

    /** The first one can have been sent before the address was in place. */
    private static void awaitTwoMoreAndTheEnd(LabProcess capture, RouterProcess master)
            throws IOException, InterruptedException {
        capture.awaitLine("VRRPv.*prio 150", Instant.now(), RouterProcess.PATIENCE);
        capture.awaitLine("VRRPv.*prio 150", Instant.now(), RouterProcess.PATIENCE);
        assertThat(master.stop()).isZero();
        capture.awaitLine("VRRPv.*prio 0[, ]", RouterProcess.PATIENCE);
    }

    /** The lines that contain a text, without their time. */
    private static List<String> headers(LabProcess capture, String text) {
        return Stream.of(capture.output().split("\n"))
                .filter(line -> line.contains(text))
                .map(line -> line.strip().replaceFirst("^\\d+\\.\\d+ ", ""))
                .toList();
    }
}
