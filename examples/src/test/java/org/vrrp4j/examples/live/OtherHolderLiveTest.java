package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrp4j.examples.live.RouterProcess.Kind;
import org.vrrp4j.linux.lab.LabProcess;
import org.vrrp4j.linux.lab.OutputLine;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.packet.GratuitousArp;
import org.vrrp4j.packet.NeighborAdvertisement;

/** Another host says that it has the address of the master a. */
class OtherHolderLiveTest {
    private static final String MAC_OF_A = "02:00:00:00:00:01";
    private static final String MAC_OF_B = "02:00:00:00:00:02";
    private static final String IPV6 = "2001:db8::100";

    /** With so few announcements of its own that one more is seen. */
    private static String text(int vrid, String vip, int refreshSeconds) {
        return Configuration.of(Configuration.Protocol.V3_100_MS, 150)
                .with("garp_master_repeat 1")
                .with("garp_master_delay 0")
                .with("garp_master_refresh " + refreshSeconds)
                .text()
                .replace("virtual_router_id 51", "virtual_router_id " + vrid)
                .replace(Configuration.VIP + "/24", vip);
    }

    private static String claim(String address) {
        InetAddress wanted = IpAddresses.parse(address).orElseThrow();
        MacAddress sender = MacAddress.parse(MAC_OF_B);
        ByteBuffer frame = ByteBuffer.allocate(NeighborAdvertisement.FRAME_BYTES);
        if (wanted instanceof Inet4Address ipv4) {
            GratuitousArp.encode(sender, ipv4, frame);
        } else {
            NeighborAdvertisement.encode(sender, false, (Inet6Address) wanted, frame);
        }
        return HexFormat.of().formatHex(frame.array(), 0, frame.position());
    }

    /** A regular expression for an announcement in a capture. */
    private static String announcement(String mac, String address) {
        return mac + " > .*(Request who-has|Announcement|tgt is) " + address;
    }

    @ParameterizedTest
    @ValueSource(strings = {Configuration.VIP, IPV6})
    @DisplayName(
            "RFC 5227, 2.4: it is told, answered with an announcement that puts neighbours right, and told as ended")
    void aClaimIsToldAndAnswered(String vip) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            TwoHosts.require("tcpdump", hosts.captureUnavailabilityCause());
            boolean ipv4 = vip.equals(Configuration.VIP);
            RouterProcess a = hosts.start(Kind.OURS, hosts.a, text(51, vip + (ipv4 ? "/24" : "/64"), 0));
            a.awaitRole("VI_1", "MASTER", Instant.MIN);
            hosts.awaitHolder(hosts.a, vip);
            assertThat(hosts.client.resolve(vip)).contains(MAC_OF_A);
            LabProcess capture = ipv4
                    ? hosts.client.capture("eth0", "arp")
                    : hosts.client.capture("eth0", "-vv", "icmp6", "and", "ip6[40]", "=", "136");

            Instant claimed = Instant.now();
            hosts.b.startJava(SendFrames.class, "eth0", claim(vip)).awaitExit(RouterProcess.PATIENCE);
            OutputLine theirs = capture.awaitLine(announcement(MAC_OF_B, vip), claimed, RouterProcess.PATIENCE);
            capture.awaitLine(announcement(MAC_OF_A, vip), theirs.time(), RouterProcess.PATIENCE);
            a.awaitLine("another host, " + MAC_OF_B + ", says that it has .*; kept and announced again");
            assertThat(hosts.client.neighbour(vip)).contains(MAC_OF_A);
            assertThat(hosts.a.holds(vip)).isTrue();
            assertThat(a.stop()).isZero();
            a.awaitLine("the conflict with " + MAC_OF_B + " about .* ended after \\d+ ms: this router left");
        }
    }

    @Test
    @DisplayName("two masters that do not hear each other both tell it, and announce no more often than they should")
    void twoDefendersMakeNoStorm() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            TwoHosts.require("tcpdump", hosts.captureUnavailabilityCause());
            LabProcess capture = hosts.client.capture("eth0", "arp");
            Instant start = Instant.now();
            String vip = Configuration.VIP + "/24";
            RouterProcess a = hosts.start(Kind.OURS, hosts.a, text(51, vip, 1));
            RouterProcess b = hosts.start(Kind.OURS, hosts.b, text(52, vip, 1));
            a.awaitLine("another host, " + MAC_OF_B + ", says that it has " + Configuration.VIP);
            b.awaitLine("another host, " + MAC_OF_A + ", says that it has " + Configuration.VIP);
            Instant told = Instant.now();
            capture.awaitLine(announcement(MAC_OF_A, Configuration.VIP), told.plusSeconds(2), RouterProcess.PATIENCE);
            long seconds = Duration.between(start, Instant.now()).toSeconds() + 1;
            for (String mac : new String[] {MAC_OF_A, MAC_OF_B}) {
                long announcements = capture.output()
                        .lines()
                        .filter(line -> line.matches(".*" + announcement(mac, Configuration.VIP) + ".*"))
                        .count();
                System.out.println(announcements + " announcements of " + mac + " in " + seconds + " s");
                assertThat(announcements).isBetween(2L, 1 + seconds + seconds / 10 + 1);
            }
            assertThat(hosts.a.holds(Configuration.VIP)).isTrue();
            assertThat(hosts.b.holds(Configuration.VIP)).isTrue();
            for (RouterProcess router : new RouterProcess[] {a, b}) {
                assertThat(router.process().output().split("says that it has", -1))
                        .as("told once")
                        .hasSize(2);
            }
        }
    }
}
