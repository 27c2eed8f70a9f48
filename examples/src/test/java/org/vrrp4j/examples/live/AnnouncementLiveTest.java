package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.linux.lab.LabProcess;
import org.vrrp4j.linux.lab.LabSwitch;

/** What announcements there are on several interfaces of a master, as tcpdump sees it. */
class AnnouncementLiveTest {
    private static final String INSTANCE = """
            vrrp_instance VI_1 {
                version 3
                advert_int 0.1
                interface eth0
                virtual_router_id 51
                priority 150
                garp_master_delay 0
                garp_master_repeat 1
                garp_master_refresh 3600
                %s
                virtual_ipaddress {
                    192.0.2.100/24
                    192.0.2.101/24
                    192.0.2.102/24
                    198.51.100.100/24 dev eth1
                    198.51.100.101/24 dev eth1
                    198.51.100.102/24 dev eth1
                }
            }
            """;

    private static final String FIRST = "who-has 192.0.2.100 ";
    private static final String FIRST_OF_OTHER = "who-has 198.51.100.100 ";
    private static final String LAST_OF_OTHER = "who-has 198.51.100.102 ";

    private static TwoHosts open() throws IOException {
        TwoHosts hosts = TwoHosts.open();
        LabSwitch other = hosts.lab.addSwitch("other");
        hosts.a.addInterface(other, "198.51.100.1/24");
        hosts.client.addInterface(other, "198.51.100.9/24");
        return hosts;
    }

    private static List<String> announcements(LabProcess capture, String of) {
        return capture.output().lines().filter(line -> line.contains(of)).toList();
    }

    @Test
    @DisplayName("garp_extra_if all: one address of the other interface again and again, none of the own")
    void otherInterfaces() throws IOException, InterruptedException {
        try (TwoHosts hosts = open()) {
            TwoHosts.require("tcpdump", hosts.captureUnavailabilityCause());
            LabProcess own = hosts.client.capture("eth0", "arp");
            LabProcess other = hosts.client.capture("eth1", "arp");
            RouterProcess a = hosts.start(RouterProcess.Kind.OURS, hosts.a, INSTANCE.formatted("garp_extra_if all 1"));
            a.awaitRole("VI_1", "MASTER", Instant.MIN);
            other.awaitLine(LAST_OF_OTHER, RouterProcess.PATIENCE);
            for (int i = 0; i < 3; i++) {
                other.awaitLine(FIRST_OF_OTHER, Instant.now(), RouterProcess.PATIENCE);
            }
            assertThat(announcements(other, LAST_OF_OTHER)).hasSize(1);
            assertThat(announcements(own, FIRST)).hasSize(1);
        }
    }

    @Test
    @DisplayName("garp_group: the announcements of two interfaces are half a second apart, all together")
    void limitedTogether() throws IOException, InterruptedException {
        String group = "garp_group {\n    garp_interval 0.5\n    interfaces {\n        eth0\n        eth1\n    }\n}\n";
        try (TwoHosts hosts = open()) {
            TwoHosts.require("tcpdump", hosts.captureUnavailabilityCause());
            LabProcess own = hosts.client.capture("eth0", "arp");
            LabProcess other = hosts.client.capture("eth1", "arp");
            hosts.start(RouterProcess.Kind.OURS, hosts.a, group + INSTANCE.formatted(""));
            other.awaitLine(LAST_OF_OTHER, RouterProcess.PATIENCE);
            List<String> all = Stream.concat(
                            announcements(own, "Request who-has 192.0.2.10").stream(),
                            announcements(other, "Request who-has 198.51.100.10").stream())
                    .sorted()
                    .toList();
            assertThat(all).hasSize(6);
            assertThat(all.get(0)).contains(FIRST);
            assertThat(seconds(all.get(5)) - seconds(all.get(0)))
                    .as("five times half a second, but for a delay of the first")
                    .isGreaterThan(1.5);
        }
    }

    private static double seconds(String line) {
        return Double.parseDouble(line.strip().split(" ")[0]);
    }
}
