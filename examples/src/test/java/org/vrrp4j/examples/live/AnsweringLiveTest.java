package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrp4j.examples.demo.Prober;
import org.vrrp4j.examples.demo.WebServer;
import org.vrrp4j.examples.live.RouterProcess.Kind;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.lab.LabProcess;

/** Who answers for the addresses, and to whom packets are delivered: the master a, and not the backup b. */
class AnsweringLiveTest {
    private static final String MAC_OF_A = "02:00:00:00:00:01";
    private static final String MAC_OF_B = "02:00:00:00:00:02";

    private static void startBoth(TwoHosts hosts, String ofA, String ofB, String vip)
            throws IOException, InterruptedException {
        hosts.start(Kind.OURS, hosts.a, ofA);
        hosts.awaitHolder(hosts.a, vip);
        hosts.start(Kind.OURS, hosts.b, ofB).awaitRole("VI_1", "BACKUP", Instant.MIN);
    }

    /** The lines of a capture, once b has answered for its own address: it would have answered for others before. */
    private static List<String> afterAnswerOfB(TwoHosts hosts, LabProcess capture, String addressOfB, String answer)
            throws IOException, InterruptedException {
        assertThat(hosts.client.resolve(addressOfB)).contains(MAC_OF_B);
        capture.awaitLine(MAC_OF_B + " > .*" + answer, RouterProcess.PATIENCE);
        return Stream.of(capture.output().split("\n")).toList();
    }

    @Test
    @DisplayName("R9568-6.4.2-1 R9568-6.4.3-1 the master answers ARP requests for the address, the backup does not")
    void arp() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            TwoHosts.require("tcpdump", hosts.captureUnavailabilityCause());
            String vip = Configuration.VIP;
            startBoth(
                    hosts,
                    Configuration.of(Configuration.Protocol.V3_100_MS, 150).text(),
                    Configuration.of(Configuration.Protocol.V3_100_MS, 100).text(),
                    vip);
            LabProcess capture = hosts.client.capture("eth0", "arp");
            assertThat(hosts.client.resolve(vip)).contains(MAC_OF_A);

            List<String> lines = afterAnswerOfB(hosts, capture, "192.0.2.2", "Reply 192.0.2.2 is-at");
            assertThat(lines)
                    .filteredOn(line -> line.contains("Reply " + vip))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).contains(MAC_OF_A + " > ", "is-at " + MAC_OF_A));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("R9568-6.4.2-2 R9568-6.4.3-2 R9568-6.4.3-3 the master is in the solicited-node groups and answers"
            + " neighbour solicitations, as a router if it forwards; the backup does not")
    void neighbourSolicitation(boolean forwarding) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            TwoHosts.require("tcpdump", hosts.captureUnavailabilityCause());
            String vip = Way.IPV6_GLOBAL_ONLY.vip;
            for (LabHost host : List.of(hosts.a, hosts.b)) {
                host.run("sh", "-c", "echo " + (forwarding ? 1 : 0) + " >/proc/sys/net/ipv6/conf/eth0/forwarding");
            }
            startBoth(hosts, Way.IPV6.text(1, 150), Way.IPV6.text(2, 100), vip);
            assertThat(hosts.a.run("ip", "maddress", "show", "dev", "eth0"))
                    .contains("ff02::1:ff00:51", "ff02::1:ff00:100");
            assertThat(hosts.b.run("ip", "maddress", "show", "dev", "eth0"))
                    .doesNotContain("ff02::1:ff00:51", "ff02::1:ff00:100");
            LabProcess capture = hosts.client.capture("eth0", "-vv", "icmp6", "and", "ip6[40]", "=", "136");
            assertThat(hosts.client.resolve(vip)).contains(MAC_OF_A);
            String flags = forwarding ? "\\[router, solicited, override\\]" : "\\[solicited, override\\]";
            capture.awaitLine(MAC_OF_A + " > .*tgt is " + vip + ", Flags " + flags, RouterProcess.PATIENCE);

            List<String> lines = afterAnswerOfB(hosts, capture, "2001:db8::2", "tgt is 2001:db8::2, Flags.*solicited");
            assertThat(lines)
                    .filteredOn(line -> line.contains("tgt is " + vip) || line.contains("tgt is fe80::51"))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).contains(MAC_OF_A + " > "));
        }
    }

    @ParameterizedTest
    @CsvSource({"IPV6_GLOBAL_ONLY, 150, Ip6InAddrErrors", "UNICAST_V3, 255, InAddrErrors"})
    @DisplayName(
            "R9568-6.4.2-5 R9568-6.4.3-6 packets for the address are delivered to the master; a backup that gets them"
                    + " drops them")
    void delivery(Way way, int priority, String dropped) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            for (LabHost host : List.of(hosts.a, hosts.b)) {
                host.startJava(WebServer.class, host.name(), "8080")
                        .awaitLine(WebServer.LISTENING, RouterProcess.PATIENCE);
            }
            startBoth(hosts, way.text(1, priority), way.text(2, 100), way.vip);
            assertThat(hosts.b.holds(way.vip)).isFalse();

            deliverTo(MAC_OF_B, hosts, way.vip);
            long before = counter(hosts.b, dropped);
            LabProcess client = hosts.client.startJava(Prober.class, way.vip, "8080", "20", "200");
            Instant end = Instant.now().plus(RouterProcess.PATIENCE);
            while (counter(hosts.b, dropped) < before + 10) {
                assertThat(Instant.now()).as("packets dropped by b").isBefore(end);
            }
            assertThat(client.output()).doesNotContain("answer");

            deliverTo(MAC_OF_A, hosts, way.vip);
            client.awaitLine("answer \\d+ a", RouterProcess.PATIENCE);
            assertThat(client.output()).doesNotContainPattern("answer \\d+ b");
        }
    }

    private static void deliverTo(String mac, TwoHosts hosts, String address) throws IOException {
        hosts.client.run("ip", "neighbour", "replace", address, "lladdr", mac, "dev", "eth0", "nud", "permanent");
    }

    /** A counter of the kernel's IP layer (RFC 4293): packets whose destination is no address of the host. */
    private static long counter(LabHost host, String name) throws IOException {
        String table = host.run("cat", "/proc/net/snmp", "/proc/net/snmp6");
        List<String> ipv4 =
                table.lines().filter(line -> line.startsWith("Ip: ")).toList();
        List<String> names = List.of(ipv4.get(0).split(" "));
        if (names.contains(name)) {
            return Long.parseLong(ipv4.get(1).split(" ")[names.indexOf(name)]);
        }
        String line =
                table.lines().filter(each -> each.startsWith(name)).findFirst().orElseThrow();
        return Long.parseLong(line.substring(name.length()).strip());
    }
}
