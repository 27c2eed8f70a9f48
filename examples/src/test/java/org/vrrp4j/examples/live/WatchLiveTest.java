package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vrrp4j.examples.live.Configuration.Protocol;
import org.vrrp4j.examples.live.RouterProcess.Kind;
import org.vrrp4j.examples.watch.Frames;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.lab.LabProcess;

/** {@code vrrp watch} and {@code vrrp decode} beside routers that speak, and beside tcpdump. */
class WatchLiveTest {
    private static final String WATCHING = "watching eth0";

    @TempDir
    private Path directory;

    @Test
    @DisplayName("lines and JSON show two of ours and a keepalived, each packet once")
    void packetsAreShown() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            hosts.ours(hosts.a, Configuration.of(Protocol.V3_100_MS, 150));
            hosts.ours(hosts.b, Configuration.of(Protocol.V3_100_MS, 100));
            LabHost third = hosts.lab.addHost("k", "192.0.2.3/24");
            hosts.start(Kind.KEEPALIVED, third, otherRouter(Protocol.V2_PASS));
            hosts.awaitHolder(hosts.a, Configuration.VIP);
            hosts.watch.awaitHolder(third, "192.0.2.101", RouterProcess.PATIENCE);

            LabProcess lines = watch(hosts.client, "eth0", "--lines", "--count", "20");
            LabProcess json = watch(hosts.client, "eth0", "--json", "--count", "20");
            assertThat(lines.awaitExit(RouterProcess.PATIENCE)).isZero();
            assertThat(lines.output().lines())
                    .hasSize(20)
                    .allMatch(line -> line.contains(" > 224.0.0.18 ttl 255: VRRPv"))
                    .anyMatch(line -> line.contains(" 192.0.2.1 > ")
                            && line.contains("VRRPv3 vrid 51 priority 150 interval 100 ms addresses 192.0.2.100 "))
                    .anyMatch(line -> line.contains(" 192.0.2.3 > ")
                            && line.contains("VRRPv2 vrid 52 priority 120 interval 1 s addresses 192.0.2.101 "
                                    + "authentication simple password (hidden)"));
            assertThat(json.awaitExit(RouterProcess.PATIENCE)).isZero();
            assertThat(json.output().lines()).hasSize(20);
            for (String line : json.output().lines().toList()) {
                assertThat(fieldNames(line)).contains("time", "interface", "source", "advertisement", "checksum");
            }
        }
    }

    @Test
    @DisplayName("the table shows who is master, the next one after a hand-over, and ends with 0 on Ctrl-C")
    void tableFollowsTheMaster() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            LabProcess table = watch(hosts.client, "eth0");
            table.awaitLine(WATCHING, RouterProcess.PATIENCE);
            RouterProcess a = hosts.ours(hosts.a, Configuration.of(Protocol.V3_100_MS, 150));
            hosts.ours(hosts.b, Configuration.of(Protocol.V3_100_MS, 100));
            table.awaitLine("eth0 +51 +IPv4 +v3 +192.0.2.1 +150 +100 ms .* 192.0.2.100$", RouterProcess.PATIENCE);
            hosts.awaitOnlyHolder(hosts.a, Configuration.VIP);
            assertThat(a.stop()).isZero();
            table.awaitLine("eth0 +51 +IPv4 +v3 +192.0.2.2 +100 +100 ms .* 192.0.2.100$", RouterProcess.PATIENCE);
            table.signal("INT");
            assertThat(table.awaitExit(RouterProcess.PATIENCE)).isZero();
            assertThat(table.output()).doesNotContain("masters at once", "differ", "rejected", "\u001b");
        }
    }

    @Test
    @DisplayName("two masters that do not accept each other are shown as a conflict")
    void twoMastersAreShown() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            LabProcess table = watch(hosts.a, "eth0");
            table.awaitLine(WATCHING, RouterProcess.PATIENCE);
            hosts.ours(hosts.a, Configuration.of(Protocol.V2_PASS, 150));
            Configuration other = Configuration.of(Protocol.V2_PASS, 100);
            hosts.start(Kind.OURS, hosts.b, other.textWithPassword("hidden8"));
            table.awaitLine(
                    "^! eth0 vrid 51 IPv4: masters at once: 192.0.2.1 with priority 150, 192.0.2.2 with priority 100",
                    RouterProcess.PATIENCE);
            table.awaitLine("^! eth0 vrid 51 IPv4: passwords differ: 192.0.2.1, 192.0.2.2$", RouterProcess.PATIENCE);
            assertThat(table.output()).doesNotContain("secret", "hidden8");
        }
    }

    @Test
    @DisplayName("a capture file of tcpdump gives the packets that were seen live")
    void captureFileHasTheSamePackets() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            TwoHosts.require("tcpdump", hosts.captureUnavailabilityCause());
            String file = directory.resolve("live.pcap").toString();
            LabProcess tcpdump = hosts.client.start(
                    "tcpdump", "-Z", "root", "-U", "-i", "eth0", "-c", "12", "-w", file, "proto", "112");
            tcpdump.awaitLine("listening on", RouterProcess.PATIENCE);
            LabProcess lines = watch(hosts.client, "eth0", "--lines", "--count", "12");
            lines.awaitLine(WATCHING, RouterProcess.PATIENCE);
            hosts.ours(hosts.a, Configuration.of(Protocol.V3_100_MS, 150));
            assertThat(lines.awaitExit(RouterProcess.PATIENCE)).isZero();
            assertThat(tcpdump.awaitExit(RouterProcess.PATIENCE)).isZero();
            String decoded = hosts.client.run(RouterProcess.command("decode", file));
            assertThat(withoutTimes(decoded, "\\d+: \\S+ "))
                    .hasSize(12)
                    .isEqualTo(withoutTimes(lines.output(), "\\S+ eth0 "));
        }
    }

    @Test
    @DisplayName("tcpdump, which knows one form of the version 3 checksum over IPv4, agrees on all others")
    void tcpdumpAgreesOnChecksums() throws IOException {
        try (TwoHosts hosts = TwoHosts.open()) {
            TwoHosts.require("tcpdump", hosts.captureUnavailabilityCause());
            String wrong = Frames.V2_PASSWORD.replace("e182", "e183");
            Path file = Files.write(
                    directory.resolve("golden.pcap"),
                    Frames.pcap(List.of(
                            Frames.ETHERNET + Frames.ipv4(Frames.V3_PSEUDO_HEADER, 255),
                            Frames.ETHERNET + Frames.ipv4(Frames.V3_MESSAGE_ONLY, 255),
                            Frames.ETHERNET + Frames.ipv4(Frames.V2_PASSWORD, 255),
                            Frames.ETHERNET + Frames.ipv4(wrong, 255))));
            String decoded = hosts.client.run(RouterProcess.command("decode", file.toString()));
            assertThat(decoded.lines().map(line -> line.replaceFirst(".*? (checksum|rejected)", "$1")))
                    .containsExactly(
                            "checksum with pseudo-header",
                            "checksum of the message only",
                            "checksum of the message only",
                            "rejected: wrong checksum: found e183 (VRRPv2 type 1 vrid 42 priority 254 count 1)");
            String tcpdump = hosts.client.run("tcpdump", "-Z", "root", "-n", "-v", "-r", file.toString());
            assertThat(tcpdump.lines().filter(line -> line.contains("VRRPv")).map(line -> line.contains("bad vrrp")))
                    .containsExactly(false, true, false, true);
        }
    }

    @Test
    @DisplayName("IPv6 is seen, and neither other protocols nor frames of a VLAN are")
    void filterLetsOnlyAdvertisementsPass() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            LabProcess sender = watch(hosts.a, "eth0", "--lines", "--count", "2");
            LabProcess receiver = watch(hosts.b, "eth0", "--lines", "--count", "2");
            sender.awaitLine(WATCHING, RouterProcess.PATIENCE);
            receiver.awaitLine(WATCHING, RouterProcess.PATIENCE);
            String ipv4 = Frames.ipv4(Frames.V3_PSEUDO_HEADER, 255);
            String tagged = Frames.ETHERNET.replaceFirst("0800$", "8100000a0800") + ipv4;
            String udp = Frames.ETHERNET + ipv4.replaceFirst("ff70", "ff11");
            String udpIpv6 = Frames.ETHERNET_IPV6 + Frames.ipv6(Frames.V3_IPV6).replaceFirst("70ff", "11ff");
            String ipv6 = Frames.ETHERNET_IPV6 + Frames.ipv6(Frames.V3_IPV6);
            LabProcess frames = hosts.a.startJava(
                    SendFrames.class, "eth0", tagged, udp, udpIpv6, ipv6, Frames.ETHERNET + Frames.ipv4("31", 1));
            assertThat(frames.awaitExit(RouterProcess.PATIENCE))
                    .as(frames.errors())
                    .isZero();
            for (LabProcess each : List.of(sender, receiver)) {
                assertThat(each.awaitExit(RouterProcess.PATIENCE)).isZero();
                List<String> lines = each.output().lines().toList();
                assertThat(lines).hasSize(2);
                assertThat(lines.get(0))
                        .contains(" fe80::11 > ff02::12 hop limit 255: VRRPv3 vrid 1 ")
                        .endsWith("checksum with pseudo-header");
                assertThat(lines.get(1)).endsWith("ttl 1: rejected: TTL or hop limit is not 255: found 1");
            }
        }
    }

    @Test
    @DisplayName("a missing right and a missing interface have the message and exit code of vrrp run")
    void startUpErrors() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            LabProcess missing = watch(hosts.a, "eth7");
            assertThat(missing.awaitExit(RouterProcess.PATIENCE)).isEqualTo(4);
            assertThat(missing.errors())
                    .contains("interface eth7 does not exist")
                    .doesNotContain("\tat ");
            List<String> command =
                    new ArrayList<>(List.of("setpriv", "--inh-caps=-net_raw", "--bounding-set=-net_raw"));
            command.addAll(Arrays.asList(RouterProcess.command("watch", "eth0")));
            LabProcess refused = hosts.a.start(command.toArray(String[]::new));
            assertThat(refused.awaitExit(RouterProcess.PATIENCE)).isEqualTo(3);
            assertThat(refused.errors()).contains("lacks CAP_NET_RAW;").doesNotContain("\tat ");
            LabProcess brief = watch(hosts.a, "eth0", "--duration", "0.2", "--lines");
            assertThat(brief.awaitExit(RouterProcess.PATIENCE)).isZero();
        }
    }

    @Test
    @DisplayName("an interface that goes down and comes back is watched on, and one that is deleted ends the watch")
    void interfaceComesAndGoes() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            LabProcess lines = watch(hosts.client, "eth0", "--lines");
            lines.awaitLine(WATCHING, RouterProcess.PATIENCE);
            assertThat(hosts.client.run("ip", "maddress", "show", "dev", "eth0"))
                    .contains("224.0.0.18", "ff02::12", "01:00:5e:00:00:12", "33:33:00:00:00:12");
            hosts.client.run("ip", "link", "set", "eth0", "down");
            lines.awaitLine("eth0 is down", RouterProcess.PATIENCE);
            hosts.client.run("ip", "link", "set", "eth0", "up");
            hosts.ours(hosts.a, Configuration.of(Protocol.V3_100_MS, 150));
            lines.awaitLine("vrid 51 priority 150", RouterProcess.PATIENCE);
            hosts.client.run("ip", "link", "delete", "eth0");
            assertThat(lines.awaitExit(RouterProcess.PATIENCE)).isEqualTo(4);
            assertThat(lines.errors()).contains("interface eth0 does not exist");
        }
    }

    private static LabProcess watch(LabHost host, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("watch"));
        command.addAll(List.of(arguments));
        return host.start(RouterProcess.command(command.toArray(String[]::new)));
    }

    private static String otherRouter(Protocol protocol) {
        return Configuration.of(protocol, 120)
                .text()
                .replace("virtual_router_id 51", "virtual_router_id 52")
                .replace(Configuration.VIP, "192.0.2.101");
    }

    private static List<String> withoutTimes(String lines, String prefix) {
        return lines.lines().map(line -> line.replaceFirst("^" + prefix, "")).collect(Collectors.toList());
    }

    private static List<String> fieldNames(String json) throws IOException {
        List<String> names = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    names.add(parser.currentName());
                }
            }
        }
        return names;
    }
}
