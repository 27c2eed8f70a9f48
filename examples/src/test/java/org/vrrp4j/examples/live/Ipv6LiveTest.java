package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.linux.lab.LabProcess;

/** Virtual IPv6 addresses, one of them link-local, on a host with an IPv6 address of its own. */
class Ipv6LiveTest {
    private static final String VIP = "2001:db8::100";
    private static final String LINK_LOCAL_VIP = "fe80::51";
    private static final String CONFIGURATION = """
            vrrp_instance VI_6 {
                state BACKUP
                interface eth0
                virtual_router_id 51
                priority 150
                version 3
                advert_int 0.1
                virtual_ipaddress {
                    fe80::51/64
                    2001:db8::100/64
                }
            }
            """;

    private TwoHosts hosts;
    private RouterProcess router;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        hosts = TwoHosts.open();
        router = hosts.start(RouterProcess.Kind.OURS, hosts.a, CONFIGURATION);
        router.awaitRole("VI_6", "MASTER", Instant.MIN);
        awaitHeld();
    }

    @AfterEach
    void close() throws IOException {
        hosts.close();
    }

    private void awaitHeld() throws IOException, InterruptedException {
        hosts.awaitHolder(hosts.a, VIP);
        hosts.awaitHolder(hosts.a, LINK_LOCAL_VIP);
    }

    private String show() throws IOException {
        return hosts.a.run("ip", "-6", "-o", "address", "show", "dev", "eth0");
    }

    @Test
    @DisplayName("addresses are there at once, without duplicate address detection, members of their groups")
    void usableAtOnce() throws IOException {
        assertThat(show())
                .containsPattern("fe80::51/64 scope link .*nodad")
                .containsPattern("2001:db8::100/64 scope global .*nodad")
                .doesNotContainPattern("(51|100)/64.* tentative");
        assertThat(hosts.a.run("cat", "/proc/net/igmp6"))
                .contains("ff0200000000000000000001ff000051", "ff0200000000000000000001ff000100");
        assertThat(hosts.client.resolve(VIP)).isPresent();
        assertThat(hosts.client.resolve(LINK_LOCAL_VIP)).isPresent();
    }

    @Test
    @DisplayName("connections that the host makes come from its own address, though the virtual one is newer")
    void sourceOfConnections() throws IOException {
        assertThat(hosts.a.run("ip", "route", "get", "2001:db8::9")).contains("src 2001:db8::1 ");
        assertThat(show()).containsPattern("2001:db8::100/64 .*deprecated");
    }

    @Test
    @DisplayName(
            "an interface that goes down loses all its IPv6 addresses, and gets the virtual ones back with its own")
    void downAndUp() throws IOException, InterruptedException {
        Instant down = Instant.now();
        hosts.a.run("ip", "link", "set", "eth0", "down");
        router.awaitRole("VI_6", "FAULT", down);
        hosts.awaitGone(hosts.a, VIP);
        Instant up = Instant.now();
        hosts.a.run("ip", "link", "set", "eth0", "up");
        router.awaitRole("VI_6", "MASTER", up);
        awaitHeld();
        assertThat(hosts.client.resolve(VIP)).isPresent();
    }

    @Test
    @DisplayName("neighbour advertisements have the router flag if the interface forwards")
    void routerFlag() throws IOException, InterruptedException {
        TwoHosts.require("tcpdump", hosts.captureUnavailabilityCause());
        LabProcess capture = hosts.client.capture("eth0", "-vv", "icmp6");
        announceAgain("02:00:5e:10:20:31");
        capture.awaitLine("tgt is 2001:db8::100, Flags \\[override\\]", RouterProcess.PATIENCE);
        hosts.a.run("sh", "-c", "echo 1 > /proc/sys/net/ipv6/conf/eth0/forwarding");
        announceAgain("02:00:5e:10:20:32");
        capture.awaitLine("tgt is 2001:db8::100, Flags \\[router, override\\]", RouterProcess.PATIENCE);
    }

    private void announceAgain(String mac) throws IOException {
        hosts.a.run("ip", "link", "set", "eth0", "address", mac);
    }

    @Test
    @DisplayName("an address that somebody deletes is back")
    void deletedAddress() throws IOException, InterruptedException {
        hosts.a.run("ip", "address", "delete", VIP + "/64", "dev", "eth0");
        router.awaitLine("the address 2001:db8:0:0:0:0:0:100 had been removed; put back and announced");
        awaitHeld();
    }
}
