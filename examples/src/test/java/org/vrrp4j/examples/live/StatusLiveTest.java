package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.examples.live.Configuration.Protocol;
import org.vrrp4j.linux.lab.KeepalivedPeer;
import org.vrrp4j.linux.lab.LabHost;

/** {@code vrrp status} and the log file of {@code vrrp run}. */
class StatusLiveTest {
    private static final Duration SLOW_START = Duration.ofMinutes(1);
    private static final Configuration CONFIGURATION = Configuration.of(Protocol.V3_1_S, 150)
            .with("notify_master \"/usr/bin/true 'a b'\"")
            .with("notify /usr/bin/true");

    private static String ask(LabHost host, String socket, String... options) throws IOException {
        String[] words = new String[options.length + 2];
        words[0] = "status";
        words[1] = "--socket=" + socket;
        System.arraycopy(options, 0, words, 2, options.length);
        return host.run(SLOW_START, RouterProcess.command(words));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> instance(String json) throws IOException {
        return (Map<String, Map<String, Object>>) ((List<?>) JsonTree.read(json)).get(0);
    }

    @Test
    @DisplayName("status follows the roles, and the log file has a JSON object for each line")
    void statusFollowsTheRole() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            LabHost host = hosts.a;
            String socket = host.write("made", "").replace("made", "status.sock");
            String log = socket.replace("status.sock", "log");
            RouterProcess router = hosts.ours(
                    host,
                    Configuration.of(Protocol.V3_100_MS, 150),
                    "--socket=" + socket,
                    "--log-file=" + log,
                    "--log-format=json");
            router.awaitRole("VI_1", "MASTER", Instant.MIN);
            hosts.awaitHolder(host, Configuration.VIP);
            router.awaitLine("running");
            assertThat(ask(host, socket))
                    .contains("NAME", "VI_1  eth0/51  MASTER", "this one", Configuration.VIP, "heard no master");
            assertThat(instance(ask(host, socket, "--json")).get("data")).containsEntry("state", 2);
            host.unplug();
            router.awaitRole("VI_1", "FAULT", Instant.MIN);
            await().atMost(SLOW_START)
                    .untilAsserted(
                            () -> assertThat(ask(host, socket)).contains("FAULT", "the link is down", "(LINK_DOWN)"));
            assertThat(router.stop()).isZero();
            assertThat(host.run("sh", "-c", "ls " + socket + " 2>/dev/null || true"))
                    .isBlank();
            for (String line : host.run("cat", log).lines().toList()) {
                assertThat(JsonTree.read(line))
                        .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                        .containsKeys("timestamp", "level", "formattedMessage");
            }
            assertThat(host.run("cat", log)).contains("BACKUP -> MASTER", "stopped");
        }
    }

    @Test
    @DisplayName("the JSON has keepalived's fields with keepalived's values; what is left out or differs is known")
    void sameFieldsAsKeepalived() throws IOException, InterruptedException {
        Map<String, Map<String, Object>> theirs = instance(jsonOfKeepalived());
        Map<String, Map<String, Object>> ours = instance(jsonOfOurs());

        assertThat(ours.get("stats").keySet()).isEqualTo(theirs.get("stats").keySet());
        assertThat(ours.get("stats")).containsEntry("become_master", 1);
        Set<String> leftOut = new HashSet<>(theirs.get("data").keySet());
        leftOut.removeAll(ours.get("data").keySet());
        assertThat(leftOut)
                .containsExactlyInAnyOrder(
                        "garp_delay", "garp_rep", "garp_refresh_rep", "garp_lower_prio_delay", "garp_lower_prio_rep");
        Map<String, Object> expected = new HashMap<>(theirs.get("data"));
        expected.keySet().removeAll(leftOut);
        expected.put("higher_prio_send_advert", 1);
        expected.put("last_transition", ours.get("data").get("last_transition"));
        assertThat(ours.get("data")).isEqualTo(expected);
        assertThat(ours.get("data").get("last_transition"))
                .isInstanceOf(theirs.get("data").get("last_transition").getClass());
    }

    private static String jsonOfOurs() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            String socket = hosts.a.write("made", "").replace("made", "status.sock");
            RouterProcess router = hosts.ours(hosts.a, CONFIGURATION, "--socket=" + socket);
            hosts.awaitHolder(hosts.a, Configuration.VIP);
            router.awaitLine("running");
            return ask(hosts.a, socket, "--json");
        }
    }

    /** It writes to /tmp, which is another directory for it. */
    private static String jsonOfKeepalived() throws IOException, InterruptedException {
        TwoHosts.require("keepalived", KeepalivedPeer.unavailabilityCause());
        try (TwoHosts hosts = TwoHosts.open()) {
            String file = hosts.a.write("k.conf", CONFIGURATION.text());
            String directory = file.replace("/k.conf", "");
            var process = hosts.a.start(
                    "unshare",
                    "--mount",
                    "sh",
                    "-c",
                    "mount --bind " + directory + " /tmp && exec keepalived --dont-fork --log-console --no-syslog"
                            + " --log-detail --vrrp --use-file=/tmp/k.conf --pid=/tmp/k.pid --vrrp_pid=/tmp/v.pid");
            hosts.awaitHolder(hosts.a, Configuration.VIP);
            hosts.a.run("sh", "-c", "kill -s $(keepalived --signum=JSON) $(cat " + directory + "/v.pid)");
            String json = directory + "/keepalived.json";
            await().atMost(RouterProcess.PATIENCE)
                    .until(() -> hosts.a
                            .run("sh", "-c", "cat " + json + " 2>/dev/null || true")
                            .strip()
                            .endsWith("]"));
            String text = hosts.a.run("cat", json);
            process.signal("TERM");
            process.awaitExit(RouterProcess.PATIENCE);
            return text;
        }
    }
}
