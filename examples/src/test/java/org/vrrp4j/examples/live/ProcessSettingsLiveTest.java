package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.examples.live.RouterProcess.Kind;

/** What {@code vrrp run} does, besides running a node, as its file says. */
class ProcessSettingsLiveTest {
    private static final int REAL_TIME_FIELD = 37;
    private static final int NICE_FIELD = 16;

    private TwoHosts hosts;
    private String directory;

    @BeforeEach
    void open() throws IOException {
        hosts = TwoHosts.open();
        directory = hosts.a.write("place", "").replace("/place", "/");
    }

    @AfterEach
    void close() throws IOException {
        hosts.close();
    }

    private static String configuration(String globals, String more) {
        return """
               global_defs {
                   %s
               }
               %s
               vrrp_instance VI_1 {
                   version 3
                   interface eth0
                   virtual_router_id 51
                   priority 150
                   advert_int 0.1
                   virtual_ipaddress {
                       192.0.2.100/24
                   }
               }
               """.formatted(globals, more);
    }

    private String script(String name, String text) throws IOException {
        return "\"/bin/sh " + hosts.a.write(name, text) + "\"";
    }

    private String read(String file) throws IOException {
        return hosts.a.run("cat", file);
    }

    private boolean exists(String file) throws IOException {
        return !hosts.a.run("sh", "-c", "ls " + file + " 2>/dev/null || true").isBlank();
    }

    private String status(String socket) throws IOException {
        return hosts.a.run(Duration.ofMinutes(1), RouterProcess.command("status", "--socket=" + socket));
    }

    private static String[] loop(RouterProcess router) throws IOException, InterruptedException {
        // the kernel keeps fifteen characters of a name
        return thread(router, "vrrp-loops-node");
    }

    /** The fields of a thread behind its name, which may have spaces in it. */
    private static String[] thread(RouterProcess router, String name) throws IOException, InterruptedException {
        try (Stream<Path> threads =
                Files.list(Path.of("/proc/" + router.process().pid() + "/task"))) {
            for (Path thread : threads.toList()) {
                if (Files.readString(thread.resolve("comm")).startsWith(name)) {
                    String stat = Files.readString(thread.resolve("stat"));
                    return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                }
            }
        }
        throw new IOException("there is no such thread");
    }

    private static String status(RouterProcess router, String field) throws IOException, InterruptedException {
        return Files.readAllLines(Path.of("/proc/" + router.process().pid() + "/status")).stream()
                .filter(line -> line.startsWith(field))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("one script has ended before the node starts, another is run after its end; a failure stops nothing")
    void scriptsOfStartAndEnd() throws IOException, InterruptedException {
        String calls = directory + "calls";
        String show = "ip -o address show dev eth0 | grep -c 192.0.2.100 >>" + calls;
        String up = script("up", "sleep 0.5; echo up >>" + calls + "; " + show + "\nexit 3\n");
        String down = script("down", "echo down >>" + calls + "; " + show + "; sleep 60\n");
        RouterProcess ours = hosts.start(
                Kind.OURS,
                hosts.a,
                configuration(
                        "startup_script " + up + "\nshutdown_script " + down + "\nshutdown_script_timeout 1", ""));
        ours.awaitLine("startup_script: script .* ended with status 3");
        ours.awaitRole("VI_1", "MASTER", Instant.MIN);
        assertThat(read(calls)).isEqualTo("up\n0\n");
        hosts.awaitHolder(hosts.a, "192.0.2.100");
        assertThat(ours.stop()).isZero();
        assertThat(read(calls)).isEqualTo("up\n0\ndown\n0\n");
        assertThat(ours.process().output() + ours.process().errors())
                .contains("shutdown_script: script /bin/sh", "hangs and is ended with its children");
    }

    @Test
    @DisplayName("the file is read again at the time that another file says, and is marked as long as that takes")
    void reloadsAtATime() throws IOException, InterruptedException {
        String when = directory + "when";
        String marker = directory + "marker";
        String socket = directory + "status.sock";
        String globals = "reload_time_file " + when + "\nreload_file " + marker;
        hosts.a.write("marker", "somebody waits");
        RouterProcess ours = hosts.start(Kind.OURS, hosts.a, configuration(globals, ""), "--socket=" + socket);
        ours.awaitLine("running");
        assertThat(exists(marker)).as("it has been read").isFalse();

        hosts.a.write("vrrp.conf", configuration(globals, "").replace("priority 150", "priority 140"));
        hosts.a.write("when", "2099-01-01 00:00:00Z\n");
        ours.awaitLine("when: reloading at 2099-01-01T00:00:00Z");
        assertThat(status(socket)).contains(" s, at 2099-01-01T00:00:00Z");
        hosts.a.write("marker", "somebody waits");
        LocalDateTime soon = LocalDateTime.now(ZoneOffset.UTC).plusSeconds(3);
        hosts.a.write("when", soon.format(DateTimeFormatter.ofPattern("HH:mm:ss'Z'")));
        ours.awaitLine("reloaded: changed VI_1 \\(priority\\)");
        assertThat(exists(when)).isFalse();
        assertThat(exists(marker)).isFalse();
        assertThat(status(socket)).doesNotContain("reloads in");
        assertThat(ours.stop()).isZero();
    }

    @Test
    @DisplayName("the loop has the priority and the processors of the file, and those of the next one")
    void schedulesItsLoop() throws IOException, InterruptedException {
        TwoHosts.require("root", hosts.lab.isUserNamespace() ? Optional.of("run as root") : Optional.empty());
        RouterProcess ours = hosts.start(
                Kind.OURS,
                hosts.a,
                configuration("router_id loops-node\nvrrp_rt_priority 20\nvrrp_cpu_affinity 0\nvrrp_no_swap", ""));
        ours.awaitLine("running");
        assertThat(loop(ours)[REAL_TIME_FIELD]).isEqualTo("20");
        await().atMost(RouterProcess.PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(thread(ours, "vrrp-renewals")[REAL_TIME_FIELD])
                        .isEqualTo("20"));
        assertThat(status(ours, "VmLck:")).doesNotEndWith("\t       0 kB");

        ours.reload(configuration("router_id loops-node\nvrrp_priority 3", ""));
        ours.awaitLine("reloaded: .*process");
        await().atMost(RouterProcess.PATIENCE)
                .untilAsserted(() -> assertThat(status(ours, "VmLck:")).endsWith(" 0 kB"));
        assertThat(List.of(loop(ours)[REAL_TIME_FIELD], loop(ours)[NICE_FIELD])).containsExactly("0", "3");
        assertThat(ours.stop()).isZero();

        RouterProcess plain = hosts.start(Kind.OURS, hosts.a, configuration("router_id loops-node", ""), "--no-urgent");
        plain.awaitLine("running");
        assertThat(loop(plain)[NICE_FIELD]).isEqualTo("0");
        assertThat(plain.stop()).isZero();
    }

    @Test
    @DisplayName("as keepalived does, an instance follows the interface of what is static and names its track_group")
    void trackGroup() throws IOException, InterruptedException {
        hosts.a.run("ip", "link", "add", "link", "eth0", "name", "side0", "type", "macvlan", "mode", "bridge");
        hosts.a.run("ip", "link", "set", "side0", "up");
        String text = configuration("", """
                track_group G {
                    group {
                        VI_1
                    }
                }
                static_ipaddress {
                    198.51.100.1/24 dev side0 track_group G
                }
                """);
        for (Kind kind : Kind.values()) {
            RouterProcess router = hosts.start(kind, hosts.a, text);
            router.awaitRole("VI_1", "MASTER", Instant.MIN);
            hosts.awaitHolder(hosts.a, "198.51.100.1");
            hosts.a.run("ip", "address", "del", "198.51.100.1/24", "dev", "side0");
            await().atMost(RouterProcess.PATIENCE)
                    .untilAsserted(() -> assertThat(hosts.a.addresses("side0")).contains("198.51.100.1/24"));
            assertThat(router.process().output() + router.process().errors()).doesNotContain("FAULT");
            Instant down = Instant.now();
            hosts.a.run("ip", "link", "set", "side0", "down");
            router.awaitRole("VI_1", "FAULT", down);
            Instant up = Instant.now();
            hosts.a.run("ip", "link", "set", "side0", "up");
            router.awaitRole("VI_1", "MASTER", up);
            router.stop();
            hosts.a.run("ip", "address", "flush", "dev", "side0");
        }
    }

    @Test
    @DisplayName("with dont_track_primary a dead link changes no role, with track_src_ip a missing source does")
    void ownInterface() throws IOException, InterruptedException {
        hosts.a.run("ip", "address", "add", "192.0.2.11/24", "dev", "eth0");
        String text = configuration("", "").replace("interface eth0", "interface eth0\n" + """
                dont_track_primary
                mcast_src_ip 192.0.2.11
                track_src_ip
                """);
        RouterProcess ours = hosts.start(Kind.OURS, hosts.a, text);
        ours.awaitRole("VI_1", "MASTER", Instant.MIN);
        hosts.a.unplug();
        Instant gone = Instant.now();
        hosts.a.run("ip", "address", "del", "192.0.2.11/24", "dev", "eth0");
        ours.awaitRole("VI_1", "FAULT", gone);
        assertThat(ours.process().output() + ours.process().errors())
                .contains("192.0.2.11 on eth0")
                .doesNotContain("LINK_DOWN", "link is down", "link down");
        Instant back = Instant.now();
        hosts.a.run("ip", "address", "add", "192.0.2.11/24", "dev", "eth0");
        ours.awaitRole("VI_1", "MASTER", back);
        hosts.a.plug();
        assertThat(ours.stop()).isZero();
    }
}
