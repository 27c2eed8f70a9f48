package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrp4j.examples.demo.WebServer;
import org.vrrp4j.examples.live.RouterProcess.Kind;
import org.vrrp4j.linux.lab.LabHost;

/** Addresses that are for routing only, as another host sees them. */
class AcceptModeLiveTest {
    private static final String MAC_OF_A = "02:00:00:00:00:01";
    private static final String PORT = "8080";

    private static String text(int priority, String lines, String addresses) {
        return """
               vrrp_instance VI_1 {
                   interface eth0
                   virtual_router_id 51
                   priority %d
                   advert_int 1
                   %s
                   virtual_ipaddress {
                       %s
                   }
               }
               """.formatted(priority, lines, addresses);
    }

    private static void startWithServer(TwoHosts hosts, String text, String vip)
            throws IOException, InterruptedException {
        hosts.a.startJava(WebServer.class, hosts.a.name(), PORT).awaitLine(WebServer.LISTENING, RouterProcess.PATIENCE);
        hosts.start(Kind.OURS, hosts.a, text);
        hosts.awaitHolder(hosts.a, vip);
    }

    /** Whether a TCP connection comes about. */
    private static boolean connects(LabHost from, String address, String port) throws IOException {
        String command =
                "timeout 2 bash -c 'exec 3<>/dev/tcp/" + address + "/" + port + "' 2>&1 && echo yes || echo no";
        return from.run("sh", "-c", command).strip().endsWith("yes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"version 3\nno_accept", "version 3\nstrict_mode on", "version 2\nstrict_mode on"})
    @DisplayName("R9568-6.4.3-7 R3768-6.4-1 a master that is not the owner does not accept packets to the address, but"
            + " answers ARP for it")
    void notAccepted(String lines) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            startWithServer(hosts, text(150, lines, "192.0.2.100/24"), "192.0.2.100");

            assertThat(hosts.client.resolve("192.0.2.100")).contains(MAC_OF_A);
            assertThat(connects(hosts.client, "192.0.2.100", PORT)).isFalse();
            assertThat(connects(hosts.client, "192.0.2.1", PORT)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"version 3", "version 3\nstrict_mode on\naccept"})
    @DisplayName("packets to the address are accepted by default, and where a strict router is told to")
    void accepted(String lines) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            startWithServer(hosts, text(150, lines, "192.0.2.100/24"), "192.0.2.100");

            assertThat(connects(hosts.client, "192.0.2.100", PORT)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"version 3\nno_accept", "version 2\nstrict_mode on"})
    @DisplayName("the owner of the address accepts packets to it in any case")
    void ownerAccepts(String lines) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            startWithServer(hosts, text(255, lines, "192.0.2.100/24"), "192.0.2.100");

            assertThat(connects(hosts.client, "192.0.2.100", PORT)).isTrue();
        }
    }

    @Test
    @DisplayName("R9568-6.1-1 a master that accepts no packets to its IPv6 addresses still answers neighbour"
            + " solicitations, also such that are sent to the address itself")
    void neighbourDiscovery() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            String vip = "2001:db8::100";
            startWithServer(hosts, text(150, "version 3\nno_accept", "fe80::51/64\n" + vip + "/64"), vip);

            assertThat(hosts.client.resolve(vip)).contains(MAC_OF_A);
            assertThat(connects(hosts.client, vip, PORT)).isFalse();
            assertThat(connects(hosts.client, "2001:db8::1", PORT)).isTrue();
            // a neighbour entry that is being probed is asked for at the address itself, and stays only if answered
            hosts.client.run("ip", "neighbour", "change", vip, "lladdr", MAC_OF_A, "dev", "eth0", "nud", "probe");
            String state = "";
            for (int i = 0; i < 100 && !state.contains("REACHABLE"); i++) {
                state = hosts.client.run("ip", "neighbour", "show", vip);
                Thread.sleep(100);
            }
            assertThat(state).contains("REACHABLE");
        }
    }

    @Test
    @DisplayName("packets that are sent on through a master that accepts none arrive")
    void forwarded() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            hosts.b
                    .startJava(WebServer.class, hosts.b.name(), PORT)
                    .awaitLine(WebServer.LISTENING, RouterProcess.PATIENCE);
            hosts.b.run("ip", "address", "add", "198.51.100.2/32", "dev", "lo");
            hosts.a.run("sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward");
            hosts.a.run("ip", "route", "add", "198.51.100.2", "via", "192.0.2.2");
            hosts.client.run("ip", "route", "add", "198.51.100.2", "via", "192.0.2.100");
            hosts.start(Kind.OURS, hosts.a, text(150, "version 3\nno_accept", "192.0.2.100/24"));
            hosts.awaitHolder(hosts.a, "192.0.2.100");

            assertThat(connects(hosts.client, "198.51.100.2", PORT)).isTrue();
            assertThat(connects(hosts.client, "192.0.2.100", PORT)).isFalse();
        }
    }
}
