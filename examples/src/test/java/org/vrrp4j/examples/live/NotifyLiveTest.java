package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.examples.live.Configuration.Protocol;
import org.vrrp4j.examples.live.RouterProcess.Kind;
import org.vrrp4j.linux.lab.LabHost;

/** The scripts and pipes of {@code vrrp run}, beside those of keepalived. */
class NotifyLiveTest {
    private static final String CALLS = "calls";

    /** What each kind of script was called with, in its own order. */
    private record Calls(List<String> ofStates, List<String> ofAll, List<String> pipe) {}

    @Test
    @DisplayName("scripts and a pipe are told the same as by keepalived through start, link failure, recovery and stop")
    void sameCallsAsKeepalived() throws IOException, InterruptedException {
        Calls expected = play(Kind.KEEPALIVED);
        Calls ours = play(Kind.OURS);

        assertThat(ours).isEqualTo(expected);
        assertThat(ours.ofAll())
                .containsExactly(
                        "any own INSTANCE VI_1 BACKUP 150",
                        "any own INSTANCE VI_1 MASTER 150",
                        "any own INSTANCE VI_1 FAULT 150",
                        "any own INSTANCE VI_1 BACKUP 150",
                        "any own INSTANCE VI_1 MASTER 150",
                        "any own INSTANCE VI_1 STOP 150");
    }

    private static Calls play(Kind kind) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            if (kind == Kind.KEEPALIVED && hosts.lab.isUserNamespace()) {
                TwoHosts.require(
                        "keepalived's scripts",
                        Optional.of("keepalived calls setgroups(2) before each, which the user namespace of a plain"
                                + " user refuses; run as root"));
            }
            LabHost host = hosts.a;
            String calls = host.write(CALLS, "");
            String fifo = calls.replace(CALLS, "fifo");
            String script = host.write("script", "echo \"$@\" >>" + calls + "\n");
            String reader = host.write("reader", "while read line; do echo \"$line\" >>" + calls + ".fifo; done <$1\n");
            RouterProcess router = hosts.start(
                    kind,
                    host,
                    """
                    global_defs {
                        script_user root
                        vrrp_notify_fifo %s
                        vrrp_notify_fifo_script "/bin/sh %s"
                    }
                    """.formatted(fifo, reader) + configuration(script).text());
            router.awaitRole("VI_1", "MASTER", Instant.MIN);
            awaitCalls(host, calls, 4);
            host.unplug();
            router.awaitRole("VI_1", "FAULT", Instant.MIN);
            awaitCalls(host, calls, 6);
            Instant plugged = Instant.now();
            host.plug();
            router.awaitRole("VI_1", "MASTER", plugged);
            awaitCalls(host, calls, 10);
            awaitCalls(host, calls + ".fifo", 5);
            router.stop();
            awaitCalls(host, calls, 12);
            List<String> all = lines(host, calls);
            return new Calls(
                    all.stream().filter(line -> !line.startsWith("any")).toList(),
                    all.stream().filter(line -> line.startsWith("any")).toList(),
                    lines(host, calls + ".fifo").subList(0, 5));
        }
    }

    private static Configuration configuration(String script) {
        return Configuration.of(Protocol.V3_100_MS, 150)
                .with("notify_master \"/bin/sh " + script + " master 'a b'\"")
                .with("notify_backup \"/bin/sh " + script + " backup\"")
                .with("notify_fault \"/bin/sh " + script + " fault\"")
                .with("notify_stop \"/bin/sh " + script + " stop\"")
                .with("notify \"/bin/sh " + script + " any own\"");
    }

    private static List<String> lines(LabHost host, String file) throws IOException {
        return host.run("sh", "-c", "cat " + file + " 2>/dev/null || true")
                .lines()
                .toList();
    }

    private static void awaitCalls(LabHost host, String file, int count) {
        await().atMost(RouterProcess.PATIENCE)
                .untilAsserted(() -> assertThat(lines(host, file)).hasSize(count));
    }

    @Test
    @DisplayName("a script that hangs is ended with its child, and neither keeps the node from its address")
    void hangingScript() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            LabHost host = hosts.a;
            String calls = host.write(CALLS, "");
            String script = host.write(
                    "script", "echo $1 >>" + calls + "\nsleep 1000 &\necho $! >>" + calls + ".child\nwait\n");
            Configuration configuration = Configuration.of(Protocol.V3_100_MS, 150)
                    .with("notify_backup \"/bin/sh " + script + " backup\"")
                    .with("notify_master \"/bin/sh " + script + " master\"");
            RouterProcess router = hosts.ours(host, configuration, "--script-limit=1");
            hosts.awaitHolder(host, Configuration.VIP);
            awaitCalls(host, calls, 2);
            router.awaitLine("script .* hangs and is ended with its children");
            await().atMost(RouterProcess.PATIENCE)
                    .untilAsserted(() -> assertThat(host.run(
                                    "sh",
                                    "-c",
                                    "for p in $(cat " + calls + ".child); do kill -0 $p && echo $p; done; true"))
                            .isBlank());
            assertThat(lines(host, calls)).containsExactly("backup", "master");
            assertThat(host.holds(Configuration.VIP)).isTrue();
            assertThat(router.stop()).isZero();
        }
    }
}
