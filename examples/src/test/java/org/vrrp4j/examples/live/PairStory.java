package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.vrrp4j.examples.live.RouterProcess.Kind;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.lab.LabSwitch;

/**
 * What befalls two hosts with a router of its own, SOLO, and two of a sync group G, INSIDE and OUTSIDE: on two LANs.
 * The first host has the higher priority. What each step must lead to is what comes of it with keepalived on both.
 */
final class PairStory {
    private static final String VIP_SOLO = "192.0.2.100";
    private static final String VIP_INSIDE = "192.0.2.101";
    private static final String VIP_OUTSIDE = "198.51.100.102";

    private static final int FIRST = 150;
    private static final int SECOND = 100;
    private static final int LOWER = 50;

    private static final String INSTANCE = """
            vrrp_instance %s {
                state BACKUP
                version 3
                interface %s
                virtual_router_id %d
                priority %d
                advert_int 0.4
                virtual_ipaddress {
                    %s/24
                }
                %s
            }
            """;

    private final TwoHosts hosts;
    private final Side first;
    private final Side second;

    /** A host, what runs on it, and what that has told. */
    private static final class Side {
        private final LabHost host;
        private final Kind kind;
        private final Notices notices;
        private RouterProcess router;

        Side(LabHost host, Kind kind) throws IOException {
            this.host = host;
            this.kind = kind;
            this.notices = Notices.on(host);
        }

        /** Keepalived has no second decimal in an interval of a script before 2.2.8, so that it is a second. */
        String configuration(int priority) {
            String tracked = """
                    track_script {
                        chk
                    }
                    track_file {
                        switch
                    }
                    """;
            return notices.globals()
                    + """
                   vrrp_script chk {
                       script "/usr/bin/test ! -e %1$s"
                       interval 1
                   }
                   track_file switch {
                       file %2$s
                       weight 1
                       init_file 0
                   }
                   vrrp_sync_group G {
                       group {
                           INSIDE
                           OUTSIDE
                       }
                       %3$s
                   }
                   """.formatted(notices.file("broken"), notices.file("switch"), notices.of("G"))
                    + instance("SOLO", "eth0", 51, priority, VIP_SOLO, tracked)
                    + instance("INSIDE", "eth0", 61, priority, VIP_INSIDE, "")
                    + instance("OUTSIDE", "eth1", 62, priority, VIP_OUTSIDE, "");
        }

        private String instance(String name, String device, int vrid, int priority, String vip, String more) {
            return INSTANCE.formatted(name, device, vrid, priority, vip, more + notices.of(name));
        }

        /** Waits until exactly these have been told, to scripts and then to the pipe. */
        void awaitTold(String step, String... lines) throws IOException {
            String what = step + ": " + kind + " on host " + host;
            await().atMost(RouterProcess.PATIENCE)
                    .untilAsserted(() -> assertThat(notices.newCalls()).as(what).isEqualTo(Notices.calls(lines)));
            // neither of them is always in time for the last ones: keepalived ends its reader first
            List<String> piped = Arrays.stream(lines)
                    .filter(line -> !line.contains(" STOP "))
                    .toList();
            for (String subject : List.of("SOLO", "G", "INSIDE", "OUTSIDE")) {
                await().atMost(RouterProcess.PATIENCE)
                        .untilAsserted(() -> assertThat(of(subject, pipedLines()))
                                .as(what + ", pipe")
                                .isEqualTo(of(subject, piped)));
            }
        }

        private List<String> pipedLines() throws IOException {
            return notices.newLines().stream()
                    .filter(line -> !line.contains(" STOP ") && !line.contains(" MASTER_RX_LOWER_PRI "))
                    .toList();
        }

        private static List<String> of(String subject, List<String> lines) {
            return lines.stream().filter(line -> line.startsWith(subject + " ")).toList();
        }

        /** A group changes with the last of its members. */
        void assertGroupAfterItsMembers() throws IOException {
            List<String> together = pipedLines().stream()
                    .filter(line -> !line.startsWith("SOLO"))
                    .toList();
            for (int i = 0; i < together.size(); i++) {
                boolean ofGroup = together.get(i).startsWith("G ");
                assertThat(ofGroup)
                        .as("members first: " + kind + " " + together)
                        .isEqualTo(i % 3 == 2);
            }
        }
    }

    private PairStory(TwoHosts hosts, Kind first, Kind second) throws IOException {
        this.hosts = hosts;
        LabSwitch outside = hosts.lab.addSwitch("outside");
        hosts.a.addInterface(outside, "198.51.100.1/24");
        hosts.b.addInterface(outside, "198.51.100.2/24");
        this.first = new Side(hosts.a, first);
        this.second = new Side(hosts.b, second);
    }

    /** Plays it with these two. */
    static void play(Kind first, Kind second) throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            new PairStory(hosts, first, second).play();
        }
    }

    private void play() throws IOException, InterruptedException {
        begin();
        trackersFailAndRecover();
        linksFailAndRecover();
        if (first.kind == Kind.KEEPALIVED) {
            reloads();
        }
        end();
    }

    private void begin() throws IOException, InterruptedException {
        start(first, FIRST);
        List<String> alone = List.of(
                "G BACKUP 0",
                "SOLO BACKUP 150",
                "INSIDE BACKUP 150",
                "OUTSIDE BACKUP 150",
                "SOLO MASTER 150",
                "INSIDE MASTER 150",
                "OUTSIDE MASTER 150",
                "G MASTER 0");
        step("start of the first", alone, List.of(), true);
        start(second, SECOND);
        step(
                "start of the second",
                List.of(),
                List.of("G BACKUP 0", "SOLO BACKUP 100", "INSIDE BACKUP 100", "OUTSIDE BACKUP 100"),
                false);
    }

    private void start(Side side, int priority) throws IOException {
        side.router = hosts.start(side.kind, side.host, side.configuration(priority));
    }

    private void trackersFailAndRecover() throws IOException, InterruptedException {
        String broken = first.notices.file("broken");
        hosts.a.run("touch", broken);
        step("the script fails", List.of("SOLO FAULT 150"), List.of("SOLO MASTER 100"), false);
        hosts.a.run("rm", broken);
        step("the script recovers", List.of("SOLO BACKUP 150", "SOLO MASTER 150"), List.of("SOLO BACKUP 100"), true);
        String file = first.notices.file("switch");
        hosts.a.run("sh", "-c", "echo -60 >" + file);
        step("weights cross", List.of("SOLO BACKUP 90"), List.of("SOLO MASTER 100"), false);
        hosts.a.run("sh", "-c", "echo 0 >" + file);
        step("weights cross back", List.of("SOLO MASTER 150"), List.of("SOLO BACKUP 100"), true);
    }

    private void linksFailAndRecover() throws IOException, InterruptedException {
        List<String> fault = List.of("INSIDE FAULT 150", "OUTSIDE FAULT 150", "G FAULT 0");
        List<String> back = List.of(
                "INSIDE BACKUP 150",
                "OUTSIDE BACKUP 150",
                "G BACKUP 0",
                "INSIDE MASTER 150",
                "OUTSIDE MASTER 150",
                "G MASTER 0");
        List<String> taken = List.of("INSIDE MASTER 100", "OUTSIDE MASTER 100", "G MASTER 0");
        List<String> given = List.of("INSIDE BACKUP 100", "OUTSIDE BACKUP 100", "G BACKUP 0");
        hosts.a.unplug("eth1");
        step("a member of the group fails", fault, taken, false);
        hosts.a.plug("eth1");
        step("the member recovers", back, given, true);
        hosts.a.unplug("eth0");
        step("the link goes", and("SOLO FAULT 150", fault), and("SOLO MASTER 100", taken), false);
        hosts.a.plug("eth0");
        step(
                "the link comes back",
                and("SOLO BACKUP 150", and("SOLO MASTER 150", back)),
                and("SOLO BACKUP 100", given),
                true);
    }

    private void reloads() throws IOException, InterruptedException {
        first.router.reload(first.configuration(LOWER));
        step(
                "SIGHUP with lower priorities",
                List.of("SOLO BACKUP 50", "INSIDE BACKUP 50", "OUTSIDE BACKUP 50", "G BACKUP 0"),
                List.of("SOLO MASTER 100", "INSIDE MASTER 100", "OUTSIDE MASTER 100", "G MASTER 0"),
                false);
        first.router.reload(first.configuration(FIRST));
        step(
                "SIGHUP with the priorities of the start",
                List.of("SOLO MASTER 150", "INSIDE MASTER 150", "OUTSIDE MASTER 150", "G MASTER 0"),
                List.of("SOLO BACKUP 100", "INSIDE BACKUP 100", "OUTSIDE BACKUP 100", "G BACKUP 0"),
                true);
    }

    private void end() throws IOException, InterruptedException {
        first.router.stop();
        step(
                "stop of the first",
                List.of("SOLO STOP 150", "INSIDE STOP 150", "OUTSIDE STOP 150", "G STOP 0"),
                List.of("SOLO MASTER 100", "INSIDE MASTER 100", "OUTSIDE MASTER 100", "G MASTER 0"),
                false);
        second.router.stop();
        step(
                "stop of the second",
                List.of(),
                List.of("SOLO STOP 100", "INSIDE STOP 100", "OUTSIDE STOP 100", "G STOP 0"),
                false);
    }

    private static List<String> and(String line, List<String> lines) {
        return Stream.concat(Stream.of(line), lines.stream()).toList();
    }

    /** What each must have been told since the step before, and whether the first one has all addresses then. */
    private void step(String name, List<String> ofFirst, List<String> ofSecond, boolean home)
            throws IOException, InterruptedException {
        first.awaitTold(name, ofFirst.toArray(String[]::new));
        second.awaitTold(name, ofSecond.toArray(String[]::new));
        if (home) {
            for (String vip : List.of(VIP_SOLO, VIP_INSIDE, VIP_OUTSIDE)) {
                hosts.awaitOnlyHolder(hosts.a, vip);
            }
        }
        if (!name.startsWith("start")) {
            first.assertGroupAfterItsMembers();
            second.assertGroupAfterItsMembers();
        }
        first.notices.seen();
        second.notices.seen();
    }
}
