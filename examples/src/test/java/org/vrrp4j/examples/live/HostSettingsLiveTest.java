package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.vrrp4j.examples.live.VirtualMacs.setting;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.examples.live.Configuration.Protocol;
import org.vrrp4j.linux.lab.LabHost;

/** Settings of the kernel that are there while a node runs, and are as before when it has ended, however that was. */
class HostSettingsLiveTest {
    private static final String PROMOTE = "ipv4/conf/eth0/promote_secondaries";
    private static final String IGMP = "ipv4/igmp_link_local_mcast_reports";
    private static final String GUARD_STARTED = "the guard process \\d+ takes the addresses away";

    private static final String TEXT = """
            global_defs {
                disable_local_igmp
            }
            vrrp_instance VI_1 {
                version 3
                advert_int 0.1
                interface eth0
                virtual_router_id 51
                priority 150
                promote_secondaries
                virtual_ipaddress {
                    192.0.2.100/24
                }
            }
            """;

    private static RouterProcess start(TwoHosts hosts) throws IOException, InterruptedException {
        hosts.a.run("sh", "-c", "echo 0 >/proc/sys/net/" + PROMOTE + "; echo 1 >/proc/sys/net/" + IGMP);
        RouterProcess a = hosts.start(RouterProcess.Kind.OURS, hosts.a, TEXT);
        a.awaitRole("VI_1", "MASTER", Instant.MIN);
        a.awaitLine(GUARD_STARTED);
        assertThat(settings(hosts.a)).isEqualTo("1 0");
        assertThat(records(hosts.a)).contains("promote_secondaries-was-0-on-", "mcast_reports-was-1-on-1");
        return a;
    }

    private static String settings(LabHost host) throws IOException {
        return setting(host, PROMOTE) + " " + setting(host, IGMP);
    }

    private static String records(LabHost host) throws IOException {
        return host.run("sh", "-c", "ip link show | grep altname || true");
    }

    private static void awaitPutBack(LabHost host) {
        await().atMost(RouterProcess.PATIENCE).untilAsserted(() -> {
            assertThat(settings(host)).isEqualTo("0 1");
            assertThat(records(host)).isBlank();
        });
    }

    @Test
    @DisplayName("put back when the node ends")
    void end() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            assertThat(start(hosts).stop()).isZero();
            assertThat(settings(hosts.a)).isEqualTo("0 1");
            assertThat(records(hosts.a)).isBlank();
        }
    }

    @Test
    @DisplayName("put back by the guard of a killed process")
    void killed() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            start(hosts).process().signal("KILL");
            awaitPutBack(hosts.a);
        }
    }

    @Test
    @DisplayName("put back by the next start if the guard was killed too")
    void killedWithItsGuard() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            RouterProcess a = start(hosts);
            String guard = a.process()
                    .output()
                    .lines()
                    .filter(line -> line.matches(".*" + GUARD_STARTED + ".*"))
                    .findFirst()
                    .orElseThrow()
                    .replaceAll(".*the guard process (\\d+) .*", "$1");
            hosts.a.run("kill", "-s", "STOP", guard);
            a.process().signal("KILL");
            hosts.a.run("kill", "-s", "KILL", guard);
            hosts.awaitGone(hosts.a, Configuration.VIP);
            assertThat(settings(hosts.a)).isEqualTo("1 0");
            hosts.ours(hosts.a, Configuration.of(Protocol.V3_1_S, 150)).awaitRole("VI_1", "MASTER", Instant.MIN);
            awaitPutBack(hosts.a);
        }
    }
}
