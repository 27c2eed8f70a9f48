package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vrrp4j.examples.WebVip;
import org.vrrp4j.examples.live.Configuration.Protocol;
import org.vrrp4j.examples.live.RouterProcess.Kind;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.lab.LabProcess;

/** What a router tracks on its host breaks, and the address moves; it is well again, and the address comes back. */
class TrackingLiveTest {
    private static final String VIP = Configuration.VIP;
    private static final String NGINX = """
            daemon off;
            master_process off;
            user root;
            pid %s.pid;
            error_log stderr;
            events {}
            http {
                access_log off;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                server {
                    listen 8080;
                    return 200 "%s\\n";
                }
            }
            """;

    /** Something to track: its blocks in keepalived.conf, and what breaks and mends it. */
    private record Case(String name, String definition, String line, String breaks, String mends) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        "track_script",
                        "vrrp_script chk { script \"/usr/bin/test ! -e %1$s/broken\"\n interval 0.1 }",
                        "track_script { chk }",
                        "touch %1$s/broken",
                        "rm %1$s/broken"),
                new Case(
                        "track_script with a weight",
                        "vrrp_script chk { script \"/usr/bin/test ! -e %1$s/broken\"\n interval 0.1\n weight -60 }",
                        "track_script { chk }",
                        "touch %1$s/broken",
                        "rm %1$s/broken"),
                new Case(
                        "track_file",
                        "vrrp_track_file switch { file %1$s/switch\n weight 1 }",
                        "track_file { switch }",
                        "echo -60 > %1$s/switch",
                        "rm %1$s/switch"),
                new Case(
                        "track_interface",
                        "",
                        "track_interface { other }",
                        "ip link set other down",
                        "ip link set other up"));
    }

    private static String nginxUnavailability(LabHost host) throws IOException {
        return host.run("sh", "-c", "command -v nginx || true").isBlank() ? "no 'nginx' command: install nginx" : "";
    }

    private static LabProcess startNginx(LabHost host) throws IOException {
        String file = host.write("nginx.conf", NGINX.formatted(host.name(), host.name()));
        return host.start("nginx", "-e", "stderr", "-p", file.substring(0, file.lastIndexOf('/')), "-c", file);
    }

    private static void awaitMove(TwoHosts hosts, LabHost to, String what) throws IOException, InterruptedException {
        Instant begun = Instant.now();
        hosts.awaitOnlyHolder(to, VIP);
        System.out.println(what + ": " + to + " has the address after at most "
                + Duration.between(begun, Instant.now()).toMillis() + " ms");
    }

    @Test
    @DisplayName("nginx behind the address dies and it moves; nginx returns and it moves back: a Java health check")
    void webVip() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            TwoHosts.require("nginx", Optional.of(nginxUnavailability(hosts.a)).filter(reason -> !reason.isEmpty()));
            LabProcess web = startNginx(hosts.a);
            startNginx(hosts.b);
            List<LabProcess> nodes = List.of(webVip(hosts.a, "150"), webVip(hosts.b, "100"));
            hosts.awaitOnlyHolder(hosts.a, VIP);
            assertThat(hosts.client.run("curl", "-s", "http://" + VIP + ":8080/"))
                    .isEqualTo("a\n");

            web.signal("KILL");
            awaitMove(hosts, hosts.b, "killed nginx, health check every 200 ms");
            assertThat(hosts.client.run("curl", "-s", "http://" + VIP + ":8080/"))
                    .isEqualTo("b\n");
            nodes.get(0)
                    .awaitLine(
                            "somebody else must: health check web is down \\(Connection refused",
                            RouterProcess.PATIENCE);

            startNginx(hosts.a);
            awaitMove(hosts, hosts.a, "started nginx again");
            for (LabProcess node : nodes) {
                node.signal("TERM");
                node.awaitExit(RouterProcess.PATIENCE);
            }
        }
    }

    private static LabProcess webVip(LabHost host, String priority) throws IOException {
        return host.startJava(WebVip.class, "eth0", VIP + "/24", "http://127.0.0.1:8080/", priority);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    @DisplayName("keepalived's trackers move the address to a keepalived and back")
    void movesAndComesBack(Case tracked) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            hosts.a.run("ip", "link", "add", "other", "type", "veth", "peer", "name", "far");
            hosts.a.run("ip", "link", "set", "far", "up");
            hosts.a.run("ip", "link", "set", "other", "up");
            String directory = directory(hosts.a);
            RouterProcess ours = hosts.start(
                    Kind.OURS,
                    hosts.a,
                    tracked.definition().formatted(directory) + "\n"
                            + Configuration.of(Protocol.V3_100_MS, 150)
                                    .with(tracked.line())
                                    .text());
            hosts.start(
                    Kind.KEEPALIVED,
                    hosts.b,
                    Configuration.of(Protocol.V3_100_MS, 100).text());
            hosts.awaitOnlyHolder(hosts.a, VIP);
            assertThat(ours.process().isAlive()).isTrue();

            hosts.a.run("sh", "-c", tracked.breaks().formatted(directory));
            awaitMove(hosts, hosts.b, tracked + " broken");
            hosts.a.run("sh", "-c", tracked.mends().formatted(directory));
            awaitMove(hosts, hosts.a, tracked + " mended");
        }
    }

    @Test
    @DisplayName("track_process: nginx is killed, and the address moves at once")
    void trackProcess() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            TwoHosts.require("nginx", Optional.of(nginxUnavailability(hosts.a)).filter(reason -> !reason.isEmpty()));
            String directory = directory(hosts.a);
            hosts.a.run("cp", hosts.a.run("sh", "-c", "command -v nginx").strip(), directory + "/nginx-of-a");
            LabProcess web = startNginx(hosts.a, directory + "/nginx-of-a");
            String definition = "vrrp_track_process web { process nginx-of-a }\n";
            String configuration = Configuration.of(Protocol.V3_100_MS, 150)
                    .with("track_process { web }")
                    .text();
            RouterProcess ours = hosts.start(Kind.OURS, hosts.a, definition + configuration);
            hosts.ours(hosts.b, Configuration.of(Protocol.V3_100_MS, 100));
            hosts.awaitOnlyHolder(hosts.a, VIP);
            web.signal("KILL");
            awaitMove(hosts, hosts.b, "killed a tracked process");
            ours.awaitLine("process web is down \\(0 of nginx-of-a, at least 1 must run\\)");
            startNginx(hosts.a, directory + "/nginx-of-a");
            awaitMove(hosts, hosts.a, "started a tracked process again");
        }
    }

    private static LabProcess startNginx(LabHost host, String program) throws IOException {
        String file = host.write("nginx.conf", NGINX.formatted(host.name(), host.name()));
        return host.start(program, "-e", "stderr", "-p", file.substring(0, file.lastIndexOf('/')), "-c", file);
    }

    @Test
    @DisplayName("a script that hangs counts as failed, and is killed with its children")
    void hangingScript() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            String directory = directory(hosts.a);
            String script = hosts.a.write("check", """
                    #!/bin/sh
                    [ -e %1$s/hang ] || exit 0
                    trap '' TERM
                    sleep 300 &
                    echo $$ $! > %1$s/pids
                    wait
                    sleep 300
                    """.formatted(directory));
            hosts.a.run("chmod", "+x", script);
            String definition = "vrrp_script chk { script " + script + "\n interval 0.2\n timeout 0.5 }\n";
            RouterProcess ours = hosts.start(
                    Kind.OURS,
                    hosts.a,
                    definition
                            + Configuration.of(Protocol.V3_100_MS, 150)
                                    .with("track_script { chk }")
                                    .text());
            hosts.ours(hosts.b, Configuration.of(Protocol.V3_100_MS, 100));
            hosts.awaitOnlyHolder(hosts.a, VIP);

            hosts.a.run("touch", directory + "/hang");
            awaitMove(hosts, hosts.b, "a script hangs, time-out 500 ms");
            ours.awaitLine("script chk is down \\(no answer within 500 ms\\)");
            List<ProcessHandle> processes = Stream.of(
                            hosts.a.run("cat", directory + "/pids").strip().split(" "))
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
                    .toList();
            hosts.a.run("rm", directory + "/hang");
            awaitMove(hosts, hosts.a, "the script is well again");
            assertThat(processes).noneMatch(ProcessHandle::isAlive);
        }
    }

    private static String directory(LabHost host) throws IOException {
        String file = host.write("here", "");
        return file.substring(0, file.lastIndexOf('/'));
    }
}
