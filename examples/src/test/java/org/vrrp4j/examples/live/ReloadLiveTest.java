package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.examples.live.RouterProcess.Kind;
import org.vrrp4j.linux.lab.AddressEvent;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.lab.LabProcess;

/** SIGHUP to {@code vrrp run}, beside a keepalived that waits for a mistake. */
class ReloadLiveTest {
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final Pattern ADVERTISEMENT = Pattern.compile("^(\\d+\\.\\d+) .*vrid (\\d+), prio (\\d+)");

    private static String instance(int number, int priority, String addresses, String... more) {
        return """
               vrrp_instance VI_%1$d {
                   version 3
                   interface eth0
                   virtual_router_id 5%1$d
                   priority %2$d
                   advert_int 0.5
                   %3$s
                   virtual_ipaddress {
                       %4$s
                   }
               }
               """.formatted(number, priority, String.join("\n    ", more), addresses);
    }

    /** What the peer has all the time. */
    private static String peer() {
        return instance(1, 100, "192.0.2.100/24")
                + instance(2, 100, "192.0.2.110/24\n        192.0.2.111/24", "skip_check_adv_addr")
                + instance(3, 100, "192.0.2.120/24")
                + instance(4, 100, "192.0.2.130/24", "skip_check_adv_addr");
    }

    private record Story(TwoHosts hosts, RouterProcess ours, RouterProcess theirs) {
        /** Lets it read its file again, and waits for the line that says what came of it. */
        void reload(String text, String outcome) throws IOException, InterruptedException {
            Instant before = Instant.now();
            hosts.a.write("vrrp.conf", text);
            ours.process().signal("HUP");
            ours.process().awaitLine(outcome, before, RouterProcess.PATIENCE);
        }
    }

    @Test
    @DisplayName("what the file leaves alone notices nothing: no advertisement, address or connection is lost")
    void changesWhatHasChanged() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            TwoHosts.require("tcpdump", hosts.captureUnavailabilityCause());
            LabHost a = hosts.a;
            String calls = a.write("calls", "");
            String script = a.write("script", "echo \"$@\" >>" + calls + "\n");
            String socket = calls.replace("calls", "status.sock");
            String first = instance(1, 150, "192.0.2.100/24");
            String second = instance(2, 150, "192.0.2.110/24\n        192.0.2.111/24");
            String third = instance(3, 150, "192.0.2.120/24", "notify \"/bin/sh " + script + "\"", "notify_deleted");
            RouterProcess ours = hosts.start(Kind.OURS, a, first + second + third, "--socket=" + socket);
            for (int number = 1; number <= 3; number++) {
                ours.awaitRole("VI_" + number, "MASTER", Instant.MIN);
            }
            ours.awaitLine("running");
            RouterProcess theirs = hosts.start(Kind.KEEPALIVED, hosts.b, peer());
            theirs.awaitRole("VI_4", "MASTER", Instant.MIN);
            LabProcess server = a.startJava(EchoTalk.class, "serve", "8080");
            server.awaitLine("listening", RouterProcess.PATIENCE);
            LabProcess talk = hosts.client.startJava(EchoTalk.class, "talk", "192.0.2.100", "8080");
            talk.awaitLine("echo 3", RouterProcess.PATIENCE);
            LabProcess capture = hosts.client.capture("eth0", "proto", "112");
            Story story = new Story(hosts, ours, theirs);

            story.reload(first + second + third, "reloaded: nothing has changed");
            String changed = instance(2, 140, "192.0.2.110/24\n        192.0.2.112/24");
            story.reload(
                    first + changed + third,
                    "reloaded: changed VI_2 \\(priority, addresses\\); 2 of the routers unchanged");
            hosts.awaitHolder(a, "192.0.2.112");
            hosts.awaitGone(a, "192.0.2.111");
            String fourth = instance(4, 150, "192.0.2.130/24");
            story.reload(first + changed + fourth, "reloaded: added VI_4; removed VI_3; 2 of the routers unchanged");
            theirs.awaitRole("VI_3", "MASTER", Instant.MIN);
            hosts.awaitOnlyHolder(a, "192.0.2.130");
            hosts.awaitOnlyHolder(hosts.b, "192.0.2.120");
            story.reload(
                    first + instance(2, 140, "192.0.2.110/24") + instance(4, 150, "192.0.2.130/24\n 192.0.2.112/24"),
                    "reloaded: changed VI_2 \\(addresses\\), VI_4 \\(addresses\\); 1 of the routers unchanged");
            hosts.awaitHolder(a, "192.0.2.112");
            story.reload(
                    "vrrp_instance broken {\n    priority 300\n}\n" + first,
                    "not reloaded, everything is as before: .*vrrp.conf:1: error: ");
            assertThat(a.run(Duration.ofMinutes(1), RouterProcess.command("status", "--socket=" + socket)))
                    .contains("VI_4  eth0/54  MASTER", "not reloaded", "vrrp.conf:2: error: ")
                    .doesNotContain("VI_3");
            await().atMost(RouterProcess.PATIENCE)
                    .untilAsserted(() -> assertThat(a.run("cat", calls).lines())
                            .filteredOn(line -> !line.contains("MASTER_RX_LOWER_PRI"))
                            .containsExactly(
                                    "INSTANCE VI_3 BACKUP 150",
                                    "INSTANCE VI_3 MASTER 150",
                                    "INSTANCE VI_3 DELETED 150"));

            talk.awaitLine("echo", Instant.now(), RouterProcess.PATIENCE);
            checkUntouched(hosts, theirs, capture);
            assertThat(ours.stop()).isZero();
        }
    }

    private static void checkUntouched(TwoHosts hosts, RouterProcess theirs, LabProcess capture)
            throws IOException, InterruptedException {
        hosts.watch.sync();
        assertThat(hosts.watch.events())
                .filteredOn(event -> List.of("192.0.2.100", "192.0.2.110").contains(event.bareAddress()))
                .filteredOn(event -> event.kind() != AddressEvent.Kind.RENEWED)
                .extracting(event -> event.host() + " " + event.kind() + " " + event.bareAddress())
                .containsExactlyInAnyOrder("a ADDED 192.0.2.100", "a ADDED 192.0.2.110");
        assertThat(hosts.a.holds("192.0.2.112"))
                .as("it went from one instance to another")
                .isTrue();
        assertThat(theirs.process().output() + theirs.process().errors())
                .doesNotContain("(VI_1) Entering MASTER", "(VI_2) Entering MASTER");
        List<Double> times = capture.lines().stream()
                .map(line -> ADVERTISEMENT.matcher(line.text()))
                .filter(Matcher::find)
                .filter(found -> found.group(2).equals("51"))
                .map(found -> Double.valueOf(found.group(1)))
                .toList();
        double longest = 0;
        for (int i = 1; i < times.size(); i++) {
            longest = Math.max(longest, times.get(i) - times.get(i - 1));
        }
        System.out.printf("%d advertisements of VI_1, at most %.1f ms apart%n", times.size(), longest * 1000);
        assertThat(times).hasSizeGreaterThan(5);
        assertThat(longest).as("peers would take over after three").isLessThan(INTERVAL.toMillis() * 3 / 1000.0);
        assertThat(capture.lines())
                .as("the one that is removed says goodbye")
                .anySatisfy(line -> assertThat(line.text()).contains("vrid 53, prio 0"));
    }
}
