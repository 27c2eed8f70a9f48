package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vrrp4j.examples.HoldVip;
import org.vrrp4j.examples.live.Configuration.Protocol;
import org.vrrp4j.linux.lab.LabProcess;

/** What {@code vrrp run} does to its host, and what the host does to it. */
class HostLiveTest {
    private static final String VIP = Configuration.VIP;

    @ParameterizedTest
    @EnumSource(Protocol.class)
    @DisplayName("tcpdump understands our packets and finds nothing wrong with them")
    void tcpdumpDoesNotComplain(Protocol protocol) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            TwoHosts.require("tcpdump", hosts.captureUnavailabilityCause());
            LabProcess capture = hosts.client.capture("eth0", "-vv", "proto", "112", "or", "arp");
            RouterProcess a = hosts.ours(hosts.a, Configuration.of(protocol, 150));
            hosts.awaitHolder(hosts.a, VIP);
            capture.awaitLine("VRRP.*prio 150.*addrs: " + VIP, RouterProcess.PATIENCE);
            capture.awaitLine("Request who-has " + VIP + ".* tell " + VIP, RouterProcess.PATIENCE);
            assertThat(a.stop()).isZero();
            capture.awaitLine("VRRP.*prio 0[, ]", RouterProcess.PATIENCE);
            assertThat(capture.output()).contains("ttl 255").doesNotContainIgnoringCase("bad", "incorrect", "unknown");
        }
    }

    @Test
    @DisplayName("SIGTERM removes the address, sends priority 0 after that, and exits with 0")
    void stopsCleanly() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            RouterProcess a = hosts.ours(hosts.a, Configuration.of(Protocol.V3_100_MS, 150));
            hosts.awaitHolder(hosts.a, VIP);
            assertThat(a.stop()).isZero();
            assertThat(hosts.a.addresses("eth0")).noneMatch(address -> address.startsWith(VIP));
            a.awaitLine("MASTER -> INIT: stopped");
        }
    }

    @Test
    @DisplayName("the example of the README holds an address and gives it back")
    void holdVip() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            LabProcess example = hosts.a.startJava(HoldVip.class, "eth0", VIP + "/24", "150");
            example.awaitLine("we hold " + VIP, RouterProcess.PATIENCE);
            assertThat(hosts.a.holds(VIP)).isTrue();
            example.signal("TERM");
            example.awaitExit(RouterProcess.PATIENCE);
            assertThat(hosts.a.holds(VIP)).isFalse();
        }
    }

    @Test
    @DisplayName("an address that somebody else put there is neither taken nor removed: FAULT until it is gone")
    void foreignAddress() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            hosts.a.run("ip", "address", "add", VIP + "/24", "dev", "eth0");
            RouterProcess a = hosts.ours(hosts.a, Configuration.of(Protocol.V3_100_MS, 150));
            a.awaitLine("INIT -> FAULT: a virtual address is somebody else's on this host: .* somebody else has put");
            assertThat(hosts.a.holds(VIP)).isTrue();
            Instant removed = Instant.now();
            hosts.a.run("ip", "address", "delete", VIP + "/24", "dev", "eth0");
            a.awaitRole("VI_1", "MASTER", removed);
            hosts.awaitHolder(hosts.a, VIP);
            assertThat(a.stop()).isZero();
            assertThat(hosts.a.holds(VIP)).isFalse();
        }
    }

    @Test
    @DisplayName("a foreign address survives our stop as well")
    void foreignAddressStays() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            hosts.a.run("ip", "address", "add", VIP + "/24", "dev", "eth0");
            RouterProcess a = hosts.ours(hosts.a, Configuration.of(Protocol.V3_100_MS, 150));
            a.awaitRole("VI_1", "FAULT", Instant.MIN);
            assertThat(a.stop()).isZero();
            assertThat(hosts.a.holds(VIP)).isTrue();
        }
    }

    @Test
    @DisplayName("an address deleted under a master is back at once and reported")
    void deletedAddressIsPutBack() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            RouterProcess a = hosts.ours(hosts.a, Configuration.of(Protocol.V3_1_S, 150));
            hosts.awaitHolder(hosts.a, VIP);
            hosts.a.run("ip", "address", "delete", VIP + "/24", "dev", "eth0");
            a.awaitLine("the address " + VIP + " had been removed; put back and announced");
            hosts.awaitHolder(hosts.a, VIP);
        }
    }

    @Test
    @DisplayName("a killed process's address is recognised and taken over by the next one")
    void leftoversAreRecognised() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            // an owner is master at once, and its lease is as long as the interval asks for
            String longLease = Configuration.of(Protocol.V3_1_S, 255).text().replace("advert_int 1", "advert_int 20");
            RouterProcess first = hosts.start(RouterProcess.Kind.OURS, hosts.a, longLease);
            hosts.awaitHolder(hosts.a, VIP);
            first.kill();
            assertThat(hosts.a.holds(VIP)).isTrue();
            RouterProcess second = hosts.ours(hosts.a, Configuration.of(Protocol.V3_100_MS, 150));
            second.awaitRole("VI_1", "MASTER", Instant.MIN);
            assertThat(second.process().output()).doesNotContain("FAULT");
        }
    }

    @Test
    @DisplayName(
            "a killed owner's address is taken over by the next owner without a gap, one no longer configured goes")
    void leftoversOfAnOwner() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            String owner = Configuration.of(Protocol.V3_1_S, 255).text().replace("advert_int 1", "advert_int 20");
            String withAnother = owner.replace("192.0.2.100/24", "192.0.2.101/24 dev eth0\n192.0.2.100/24");
            RouterProcess first = hosts.start(RouterProcess.Kind.OURS, hosts.a, withAnother);
            hosts.awaitHolder(hosts.a, VIP);
            first.kill();
            assertThat(hosts.a.holds(VIP)).isTrue();
            assertThat(hosts.a.holds("192.0.2.101")).isTrue();
            hosts.start(RouterProcess.Kind.OURS, hosts.a, owner).awaitRole("VI_1", "MASTER", Instant.MIN);
            hosts.awaitGone(hosts.a, "192.0.2.101");
            assertThat(hosts.watch.holdings(VIP)).as("held all the time").hasSize(1);
        }
    }

    @Test
    @DisplayName("each start-up error has one message and an exit code of its own, and leaves nothing behind")
    void startUpErrors() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            String good = hosts.a.write(
                    "good.conf", Configuration.of(Protocol.V3_1_S, 100).text());
            String bad = hosts.a.write(
                    "bad.conf", Configuration.of(Protocol.V3_1_S, 100).text().replace("priority 100", "priority 256"));

            assertFails(hosts, 5, "bad.conf:5: error: ", RouterProcess.command("run", bad));
            assertFails(hosts, 7, "no-such.conf", RouterProcess.command("run", "/run/no-such.conf"));
            assertFails(hosts, 2, "Missing required parameter", RouterProcess.command("run"));
            for (String missing : List.of("net_raw", "net_admin")) {
                List<String> command =
                        new ArrayList<>(List.of("setpriv", "--inh-caps=-" + missing, "--bounding-set=-" + missing));
                command.addAll(Arrays.asList(RouterProcess.command("run", good)));
                assertFails(hosts, 3, "CAP_" + missing.toUpperCase(Locale.ROOT), command.toArray(String[]::new));
            }
            assertThat(hosts.a.holds(VIP)).isFalse();
        }
    }

    private static void assertFails(TwoHosts hosts, int exitCode, String message, String... command)
            throws IOException, InterruptedException {
        LabProcess process = hosts.a.start(command);
        assertThat(process.awaitExit(RouterProcess.PATIENCE))
                .as(process.errors())
                .isEqualTo(exitCode);
        assertThat(process.errors()).contains(message).doesNotContain("\tat ");
    }
}
