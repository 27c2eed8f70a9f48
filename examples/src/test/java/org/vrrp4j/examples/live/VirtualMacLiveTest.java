package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.vrrp4j.examples.live.VirtualMacs.MAC_OF_A;
import static org.vrrp4j.examples.live.VirtualMacs.MAC_OF_B;
import static org.vrrp4j.examples.live.VirtualMacs.macvlans;
import static org.vrrp4j.examples.live.VirtualMacs.ports;
import static org.vrrp4j.examples.live.VirtualMacs.setting;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.vrrp4j.examples.demo.Prober;
import org.vrrp4j.examples.demo.WebServer;
import org.vrrp4j.examples.live.RouterProcess.Kind;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.lab.LabProcess;

/** Routers that answer with a virtual MAC address, ours with ours and with keepalived, behind a switch that learns. */
class VirtualMacLiveTest {

    static Stream<Arguments> pairs() {
        return Stream.of(VirtualMacs.values())
                .flatMap(way -> Stream.of(
                        Arguments.of(way, Kind.OURS, Kind.OURS),
                        Arguments.of(way, Kind.OURS, Kind.KEEPALIVED),
                        Arguments.of(way, Kind.KEEPALIVED, Kind.OURS)));
    }

    private static void startWebServers(TwoHosts hosts) throws IOException, InterruptedException {
        for (LabHost host : List.of(hosts.a, hosts.b)) {
            host.startJava(WebServer.class, host.name(), "8080").awaitLine(WebServer.LISTENING, RouterProcess.PATIENCE);
        }
    }

    /**
     * The client still knows the address by the virtual MAC address, and gets its answers from this host. While
     * keepalived is master over IPv4 that is not so: when it asks for the client by ARP in the name of the address, it
     * does so with the MAC address of the interface (arp_announce is 0), and the client believes it.
     */
    private static void assertServed(TwoHosts hosts, VirtualMacs way, LabProcess client, LabHost host, Kind kind)
            throws IOException, InterruptedException {
        client.awaitLine("answer \\d+ " + host.name(), Instant.now(), RouterProcess.PATIENCE);
        if (kind == Kind.OURS || way == VirtualMacs.IPV6) {
            assertThat(hosts.client.neighbour(way.vip)).contains(way.mac);
        }
    }

    /** Waits until the switch knows it there: masters may have spoken at the same moment. */
    private static void awaitBehind(String port, LabProcess learned, VirtualMacs way) {
        await().atMost(RouterProcess.PATIENCE).untilAsserted(() -> {
            List<String> ports = ports(learned, way.mac);
            assertThat(ports.get(ports.size() - 1)).as("%s", ports).isEqualTo(port);
        });
    }

    /** The longest time without an answer since then, as the client saw it. */
    private static void printGap(VirtualMacs way, String what, LabProcess client, Instant since) {
        long before = since.toEpochMilli() * 1000 - 200_000;
        long longest = 0;
        long last = before;
        for (String line : client.output()
                .lines()
                .filter(each -> each.startsWith("answer"))
                .toList()) {
            long time = Long.parseLong(line.split(" ")[1]);
            if (time > before) {
                longest = Math.max(longest, time - last);
                last = time;
            }
        }
        System.out.printf("virtual MAC address, %s: after %s no answer for %d ms%n", way, what, longest / 1000);
    }

    @ParameterizedTest(name = "{0}: {1} and {2}")
    @MethodSource("pairs")
    @DisplayName("the address changes hands and back, and its neighbours know it by the same MAC address all the time")
    void changesHands(VirtualMacs way, Kind first, Kind second) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            startWebServers(hosts);
            LabProcess learned = VirtualMacs.watchSwitch(hosts.client);
            RouterProcess a = hosts.start(first, hosts.a, way.text(150));
            hosts.awaitHolder(hosts.a, way.vip);
            RouterProcess b = hosts.start(second, hosts.b, way.text(100));
            b.awaitRole("VI_1", "BACKUP", Instant.MIN);
            assertThat(hosts.client.resolve(way.vip)).contains(way.mac);
            LabProcess neighbours = hosts.client.start("ip", "monitor", "neigh");
            LabProcess client = hosts.client.startJava(Prober.class, way.vip, "8080", "20", "200");
            assertServed(hosts, way, client, hosts.a, first);
            awaitBehind("port1", learned, way);

            Instant stopped = Instant.now();
            a.stop();
            hosts.awaitOnlyHolder(hosts.b, way.vip);
            assertServed(hosts, way, client, hosts.b, second);
            printGap(way, "the stop of " + first, client, stopped);
            awaitBehind("port2", learned, way);

            Instant back = Instant.now();
            RouterProcess again = hosts.start(first, hosts.a, way.text(150));
            again.awaitRole("VI_1", "MASTER", back);
            b.awaitRole("VI_1", "BACKUP", back);
            hosts.awaitOnlyHolder(hosts.a, way.vip);
            assertServed(hosts, way, client, hosts.a, first);
            awaitBehind("port1", learned, way);

            if (first == Kind.OURS) {
                Instant killed = Instant.now();
                again.kill();
                b.awaitRole("VI_1", "MASTER", killed);
                hosts.awaitHolder(hosts.b, way.vip);
                assertServed(hosts, way, client, hosts.b, second);
                awaitBehind("port2", learned, way);
                printGap(way, "the kill of " + first, client, killed);
            }
            if (first == Kind.OURS && second == Kind.OURS) {
                assertThat(neighbours.output().lines().filter(line -> line.startsWith(way.vip + " ")))
                        .allSatisfy(line -> assertThat(line).doesNotContain(MAC_OF_A, MAC_OF_B));
            }
        }
    }

    @ParameterizedTest(name = "{0}: {1} and {2}")
    @MethodSource("pairs")
    @DisplayName("two masters with the same MAC address hear each other when the network is whole again")
    void partitionHeals(VirtualMacs way, Kind first, Kind second) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            hosts.start(first, hosts.a, way.text(150));
            hosts.awaitHolder(hosts.a, way.vip);
            RouterProcess b = hosts.start(second, hosts.b, way.text(100));
            b.awaitRole("VI_1", "BACKUP", Instant.MIN);
            Instant cut = Instant.now();
            hosts.b.partition();
            b.awaitRole("VI_1", "MASTER", cut);
            hosts.awaitHolder(hosts.b, way.vip);

            Instant healed = Instant.now();
            hosts.b.heal();
            b.awaitRole("VI_1", "BACKUP", healed);
            hosts.awaitOnlyHolder(hosts.a, way.vip);
            assertThat(hosts.client.resolve(way.vip)).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(VirtualMacs.class)
    @DisplayName("R9568-6.4.2-4 R9568-7.4-1 R9568-8.1.2-1 R9568-8.1.2-2 R9568-8.1.2-3 R9568-8.2.2-1 R9568-8.2.2-2"
            + " R9568-8.2.2-5 R3768-8.2-1 the master, and only he, receives at and answers with the virtual MAC"
            + " address; both hosts answer for their own addresses with their own")
    void whoAnswersHow(VirtualMacs way) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            TwoHosts.require("tcpdump", hosts.captureUnavailabilityCause());
            LabProcess ofB = hosts.b.capture("eth0", "-Q", "out", "ether", "src", way.mac);
            LabProcess capture = hosts.client.capture("eth0", "-vv", "arp", "or", "icmp6");
            RouterProcess a = hosts.start(Kind.OURS, hosts.a, slow(way, 150));
            hosts.awaitHolder(hosts.a, way.vip);
            hosts.start(Kind.OURS, hosts.b, slow(way, 100)).awaitRole("VI_1", "BACKUP", Instant.MIN);
            for (int i = 0; i < 5; i++) {
                assertThat(hosts.client.resolve(way.vip)).contains(way.mac);
                assertThat(hosts.client.resolve(way.own(1))).contains(MAC_OF_A);
                assertThat(hosts.client.resolve(way.own(2))).contains(MAC_OF_B);
            }
            assertThat(macvlans(hosts.a)).singleElement().asString().contains(",UP,");
            assertThat(macvlans(hosts.b)).singleElement().asString().doesNotContain("UP");
            assertThat(hosts.a.run("ip", "-o", "address", "show", "dev", "vmac").lines())
                    .as("no other address than the virtual ones")
                    .hasSize(way == VirtualMacs.IPV6 ? 2 : 1);
            assertThat(hosts.a.run("ip", "route", "get", way.own(9)))
                    .as("the host sends as before")
                    .contains(" dev eth0 ")
                    .contains(" src " + way.own(1) + " ");
            hosts.a.startJava(WebServer.class, "a", "8080").awaitLine(WebServer.LISTENING, RouterProcess.PATIENCE);
            for (String address : List.of(way.own(1), way.vip)) {
                hosts.client
                        .startJava(Prober.class, address, "8080", "50", "200")
                        .awaitLine("answer \\d+ a", RouterProcess.PATIENCE);
            }
            assertThat(ofB.output()).doesNotContain(way.mac);
            capture.awaitLine(MAC_OF_B + " > .*" + way.own(2), RouterProcess.PATIENCE);
            assertThat(capture.output()
                            .lines()
                            .filter(line -> line.contains("Reply " + way.vip) || line.contains("tgt is " + way.vip)))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).contains(way.mac).doesNotContain(MAC_OF_A, MAC_OF_B));
            assertThat(a.stop()).isZero();
            assertThat(macvlans(hosts.a)).isEmpty();
            assertThat(setting(hosts.a, "ipv4/conf/eth0/arp_ignore")).isEqualTo("0");
            assertThat(setting(hosts.a, "ipv4/conf/eth0/arp_announce")).isEqualTo("0");
        }
    }

    /** With intervals that no stall of a busy machine is as long as. */
    private static String slow(VirtualMacs way, int priority) {
        return way.text(priority).replace("advert_int 0.1", "advert_int 1");
    }

    @ParameterizedTest
    @EnumSource(VirtualMacs.class)
    @DisplayName("R9568-6.4.1-2 R9568-6.4.1-3 R9568-7.2-3 R9568-8.1.2-4 R9568-8.2.2-3 R9568-8.2.2-4 R9568-8.2.2-6"
            + " R3768-5.2-1 OPEN-2 advertisements, announcements and questions come from the virtual MAC address, and"
            + " advertisements from the host's own IP address")
    void whatIsSent(VirtualMacs way) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            TwoHosts.require("tcpdump", hosts.captureUnavailabilityCause());
            boolean ipv6 = way == VirtualMacs.IPV6;
            LabProcess capture = hosts.client.capture(
                    "eth0", "-vv", "arp", "or", "icmp6", "or", "proto", "112", "or", "ip6", "proto", "112");
            RouterProcess a = hosts.start(Kind.OURS, hosts.a, way.text(150));
            hosts.awaitHolder(hosts.a, way.vip);
            String source = ipv6 ? "fe80::ff:fe00:" : "192.0.2.";
            String group = ipv6 ? "ff02::12" : "224.0.0.18";
            List<String> sent = ipv6
                    ? List.of(
                            way.mac + " > 33:33:00:00:00:12, .*hlim 255",
                            way.mac
                                    + " > 33:33:00:00:00:01, .*fe80::51 > ff02::1: .*tgt is fe80::51, Flags "
                                    + "\\[override",
                            way.mac + " > 33:33:00:00:00:01, .*tgt is " + way.vip + ", Flags \\[override",
                            "destination link-address option \\(2\\), length 8 \\(1\\): " + way.mac)
                    : List.of(
                            way.mac + " > 01:00:5e:00:00:12, .*ttl 255,.*proto VRRP \\(112\\)",
                            way.mac + " > ff:ff:ff:ff:ff:ff, .*who-has " + way.vip + " .*tell " + way.vip);
            for (String line : sent) {
                capture.awaitLine(line, RouterProcess.PATIENCE);
            }
            capture.awaitLine(source + "1 > " + group + ": .*VRRPv", RouterProcess.PATIENCE);
            if (ipv6) {
                hosts.a.startJava(Prober.class, "fe80::ff:fe00:3%vmac", "9", "100", "100");
                capture.awaitLine(
                        way.mac + " > .*fe80::51 > .*neighbor solicitation.*who has fe80::ff:fe00:3",
                        RouterProcess.PATIENCE);
                capture.awaitLine("source link-address option \\(1\\).*: " + way.mac, RouterProcess.PATIENCE);
            }
            hosts.start(Kind.OURS, hosts.b, way.text(100)).awaitRole("VI_1", "BACKUP", Instant.MIN);
            Instant stopped = Instant.now();
            assertThat(a.stop()).isZero();
            hosts.awaitOnlyHolder(hosts.b, way.vip);
            capture.awaitLine(source + "2 > " + group + ": .*VRRPv", stopped, RouterProcess.PATIENCE);
            assertThat(capture.output().lines().filter(line -> line.contains("who-has") || line.contains("VRRP (112)")))
                    .filteredOn(line -> !line.contains("tell 192.0.2.9")
                            && !line.contains("tell 192.0.2.1,")
                            && !line.contains("tell 192.0.2.2,"))
                    .allSatisfy(line -> assertThat(line).contains(way.mac));
        }
    }

    @ParameterizedTest
    @EnumSource(VirtualMacs.class)
    @DisplayName("with vmac_xmit_base advertisements come from the interface's own MAC address")
    void transmitOnBase(VirtualMacs way) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            TwoHosts.require("tcpdump", hosts.captureUnavailabilityCause());
            LabProcess capture = hosts.client.capture("eth0", "proto", "112", "or", "ip6", "proto", "112");
            hosts.start(Kind.OURS, hosts.a, way.text(150, "vmac_xmit_base"));
            hosts.awaitHolder(hosts.a, way.vip);
            capture.awaitLine(MAC_OF_A + " > .*prio 150", RouterProcess.PATIENCE);
            assertThat(capture.output()).doesNotContain(way.mac);
            assertThat(hosts.client.resolve(way.vip)).contains(way.mac);
        }
    }
}
