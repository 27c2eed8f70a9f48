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
    private static final int FIRST = 150;
    private static final int SECOND = 100;
    private static final int LOWER = 50;

    private final TwoHosts hosts;
    private final Side first;
    private final Side second;

    /** A host, what runs on it, and what that has told. */
    private static final class Side {
        private final LabHost host;
        private final Kind kind;
        private final Notices notices;
        private PairConfiguration configuration;
        private RouterProcess router;

        Side(LabHost host, Kind kind) throws IOException {
            this.host = host;
            this.kind = kind;
            this.notices = Notices.on(host);
        }

        /** Starts it, or lets a running one read this instead of what it has. */
        void configure(PairConfiguration next, TwoHosts hosts) throws IOException, InterruptedException {
            configuration = next;
            if (router == null) {
                router = hosts.start(kind, host, next.text(notices));
            } else {
                router.reload(next.text(notices));
            }
        }

        boolean knows(String vip) {
            return configuration != null && configuration.vips().contains(vip);
        }

        /** Waits until exactly these have been told, to scripts and then to the pipe. */
        void awaitTold(String step, String... lines) throws IOException {
            String what = step + ": " + kind + " on host " + host;
            // of an instance that a reload has removed, keepalived tells only the script for all states
            List<String> expected = Notices.calls(lines).stream()
                    .filter(call -> router.isOurs() || !call.equals("EXTRA fault"))
                    .toList();
            await().atMost(RouterProcess.PATIENCE)
                    .untilAsserted(() -> assertThat(notices.newCalls()).as(what).isEqualTo(expected));
            // neither of them is always in time for the last ones: keepalived ends its reader first
            List<String> piped = Arrays.stream(lines)
                    .filter(line -> !line.contains(" STOP "))
                    .toList();
            for (String subject : List.of("SOLO", "G", "INSIDE", "OUTSIDE", "EXTRA")) {
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
                    .filter(line -> !line.startsWith("SOLO") && !line.startsWith("EXTRA"))
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
        priorities();
        instances();
        addresses();
        intervals();
        weightOfFile();
        weightOfScript();
        end();
    }

    private void begin() throws IOException, InterruptedException {
        configure(first, PairConfiguration.of(FIRST));
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
        configure(second, PairConfiguration.of(SECOND));
        step(
                "start of the second",
                List.of(),
                List.of("G BACKUP 0", "SOLO BACKUP 100", "INSIDE BACKUP 100", "OUTSIDE BACKUP 100"),
                false);
    }

    private void configure(Side side, PairConfiguration next) throws IOException, InterruptedException {
        side.configure(next, hosts);
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

    private void priorities() throws IOException, InterruptedException {
        configure(first, first.configuration.withPriority(LOWER));
        step(
                "SIGHUP with lower priorities",
                List.of("SOLO BACKUP 50", "INSIDE BACKUP 50", "OUTSIDE BACKUP 50", "G BACKUP 0"),
                List.of("SOLO MASTER 100", "INSIDE MASTER 100", "OUTSIDE MASTER 100", "G MASTER 0"),
                false);
        configure(first, first.configuration.withPriority(FIRST));
        step(
                "SIGHUP with the priorities of the start",
                List.of("SOLO MASTER 150", "INSIDE MASTER 150", "OUTSIDE MASTER 150", "G MASTER 0"),
                List.of("SOLO BACKUP 100", "INSIDE BACKUP 100", "OUTSIDE BACKUP 100", "G BACKUP 0"),
                true);
    }

    private void instances() throws IOException, InterruptedException {
        configure(first, first.configuration.withExtra(true));
        step("SIGHUP adds an instance", List.of("EXTRA BACKUP 150", "EXTRA MASTER 150"), List.of(), true);
        configure(second, second.configuration.withExtra(true));
        step("SIGHUP adds it to the second", List.of(), List.of("EXTRA BACKUP 100"), true);
        configure(first, first.configuration.withExtra(false));
        step("SIGHUP removes it", List.of("EXTRA FAULT 150"), List.of("EXTRA MASTER 100"), true);
        configure(second, second.configuration.withExtra(false));
        step("SIGHUP removes it from the second", List.of(), List.of("EXTRA FAULT 100"), true);
    }

    /** The master first: a backup whose list is another one than its master's takes over after its own reload. */
    private void addresses() throws IOException, InterruptedException {
        for (boolean added : List.of(true, false)) {
            String what = added ? "SIGHUP adds " : "SIGHUP removes ";
            configure(first, first.configuration.withSecondAddress(added));
            nothingIsTold(what + "an address");
            configure(second, second.configuration.withSecondAddress(added));
            nothingIsTold(what + "it on the second");
            configure(first, first.configuration.withExcluded(added));
            nothingIsTold(what + "an excluded address");
        }
    }

    private void intervals() throws IOException, InterruptedException {
        configure(first, first.configuration.withInterval("2"));
        nothingIsTold("SIGHUP with a longer interval");
        configure(first, first.configuration.withInterval("0.5"));
        nothingIsTold("SIGHUP with a shorter interval");
        configure(first, first.configuration.withUsualInterval());
        nothingIsTold("SIGHUP with the usual interval");
    }

    private void weightOfFile() throws IOException, InterruptedException {
        String file = first.notices.file("switch");
        hosts.a.run("sh", "-c", "echo -30 >" + file);
        nothingIsTold("a weight that does not cross");
        configure(first, first.configuration.withFileWeight(2));
        step("SIGHUP doubles it", List.of("SOLO BACKUP 90"), List.of("SOLO MASTER 100"), false);
        configure(first, first.configuration.withFileWeight(1));
        step("SIGHUP halves it", List.of("SOLO MASTER 120"), List.of("SOLO BACKUP 100"), true);
        configure(first, first.configuration.withFileWeight(2));
        step("SIGHUP doubles it again", List.of("SOLO BACKUP 90"), List.of("SOLO MASTER 100"), false);
        hosts.a.run("sh", "-c", "echo 0 >" + file);
        step("its value is 0", List.of("SOLO MASTER 150"), List.of("SOLO BACKUP 100"), true);
        configure(first, first.configuration.withFileWeight(1));
        nothingIsTold("SIGHUP halves the weight of 0");
    }

    private void weightOfScript() throws IOException, InterruptedException {
        String broken = first.notices.file("broken");
        configure(first, first.configuration.withScriptWeight(-60));
        nothingIsTold("SIGHUP gives the script a weight");
        hosts.a.run("touch", broken);
        step("the script fails and has a weight", List.of("SOLO BACKUP 90"), List.of("SOLO MASTER 100"), false);
        configure(first, first.configuration.withScriptWeight(-20));
        step("SIGHUP lowers its weight", List.of("SOLO MASTER 130"), List.of("SOLO BACKUP 100"), true);
        configure(first, first.configuration.withScriptWeight(0));
        step("SIGHUP takes its weight", List.of("SOLO FAULT 150"), List.of("SOLO MASTER 100"), false);
        configure(first, first.configuration.withScriptWeight(-20));
        List<String> back = List.of("SOLO BACKUP 130", "SOLO MASTER 130");
        step("SIGHUP gives it back", back, List.of("SOLO BACKUP 100"), true);
        configure(first, first.configuration.withScriptWeight(-60));
        step("SIGHUP raises its weight", List.of("SOLO BACKUP 90"), List.of("SOLO MASTER 100"), false);
        hosts.a.run("rm", broken);
        step("the script recovers and has a weight", List.of("SOLO MASTER 150"), List.of("SOLO BACKUP 100"), true);
        configure(first, first.configuration.withScriptWeight(0));
        nothingIsTold("SIGHUP takes the weight of a script that is well");
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

    /** For as long as a backup would wait that hears nothing from its master, or does not accept it. */
    private void nothingIsTold(String name) throws IOException, InterruptedException {
        Thread.sleep(PairConfiguration.MASTER_DOWN.toMillis());
        step(name, List.of(), List.of(), true);
    }

    /** What each must have been told since the step before, and whether the first one has all addresses then. */
    private void step(String name, List<String> toldByFirst, List<String> toldBySecond, boolean home)
            throws IOException, InterruptedException {
        first.awaitTold(name, toldByFirst.toArray(String[]::new));
        second.awaitTold(name, toldBySecond.toArray(String[]::new));
        for (String vip : PairConfiguration.ALL_VIPS) {
            if (home && first.knows(vip)) {
                hosts.awaitOnlyHolder(hosts.a, vip);
            }
            for (Side side : List.of(first, second)) {
                if (!side.knows(vip)) {
                    hosts.awaitGone(side.host, vip);
                }
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
