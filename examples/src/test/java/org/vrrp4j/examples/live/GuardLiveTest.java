package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.examples.live.Configuration.Protocol;
import org.vrrp4j.linux.lab.AddressEvent;
import org.vrrp4j.linux.lab.LabHost;

/** The process that takes the addresses away when {@code vrrp run} is killed. */
class GuardLiveTest {
    private static final String VIP = Configuration.VIP;
    private static final int TRIES = 5;

    private static final String GUARD_STARTED = "the guard process \\d+ takes the addresses away";

    private static RouterProcess guarded(TwoHosts hosts, LabHost host, Protocol protocol, int priority)
            throws IOException, InterruptedException {
        RouterProcess router = hosts.ours(host, Configuration.of(protocol, priority));
        router.awaitLine(GUARD_STARTED);
        return router;
    }

    /** Waits until it holds the address and has told its guard. */
    private static RouterProcess guardedMaster(TwoHosts hosts, Protocol protocol)
            throws IOException, InterruptedException {
        RouterProcess router = guarded(hosts, hosts.a, protocol, 255);
        router.awaitRole("VI_1", "MASTER", Instant.MIN);
        hosts.awaitHolder(hosts.a, VIP);
        return router;
    }

    /** The number of the latest guard process, as the lab counts. */
    private static String guardOf(RouterProcess router) {
        List<String> started = router.process()
                .output()
                .lines()
                .filter(line -> line.matches(".*" + GUARD_STARTED + ".*"))
                .toList();
        return started.get(started.size() - 1).replaceAll(".*the guard process (\\d+) .*", "$1");
    }

    private static boolean isAlive(LabHost host, String process) throws IOException {
        return host.run("sh", "-c", "kill -s 0 \"$0\" 2>/dev/null && echo alive || echo gone", process)
                .startsWith("alive");
    }

    private static void awaitEnd(LabHost host, String process) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(RouterProcess.PATIENCE);
        while (isAlive(host, process)) {
            assertThat(Instant.now()).as("guard process %s is left", process).isBefore(end);
            Thread.sleep(10);
        }
    }

    @Test
    @DisplayName("a killed master's address is gone within 50 ms, and so is its guard")
    void goneAtOnce() throws IOException, InterruptedException {
        RepeatedTimes times = new RepeatedTimes();
        try (TwoHosts hosts = TwoHosts.open()) {
            for (int i = 0; i < RepeatedTimes.repeats(TRIES); i++) {
                RouterProcess a = guardedMaster(hosts, Protocol.V3_1_S);
                String guard = guardOf(a);
                ProcessHandle process = ProcessHandle.of(a.process().pid()).orElseThrow();
                Instant killed = Instant.now();
                process.destroyForcibly();
                AddressEvent deleted = hosts.watch.awaitEvent(
                        event -> event.kind() == AddressEvent.Kind.DELETED
                                && event.bareAddress().equals(VIP)
                                && event.time().isAfter(killed),
                        RouterProcess.PATIENCE);
                times.add("address gone", Duration.between(killed, deleted.time()));
                assertThat(hosts.client.resolve(VIP))
                        .as("a dead host must not answer")
                        .isEmpty();
                awaitEnd(hosts.a, guard);
            }
        }
        times.print("SIGKILL");
        assertThat(times.shortest("address gone")).isLessThan(Duration.ofMillis(50));
    }

    @Test
    @DisplayName("with advertisements of 100 ms a killed master has lost its address before a peer has it")
    void neverTwoHolders() throws IOException, InterruptedException {
        int shared = 0;
        do {
            try (TwoHosts hosts = TwoHosts.open()) {
                RouterProcess a = guardedMaster(hosts, Protocol.V3_100_MS);
                guarded(hosts, hosts.b, Protocol.V3_100_MS, 100).awaitRole("VI_1", "BACKUP", Instant.MIN);
                a.process().signal("KILL");
                hosts.awaitOnlyHolder(hosts.b, VIP);
                if (hosts.watch.sharedSpans(VIP).isEmpty()) {
                    return;
                }
                shared++;
            }
        } while (shared < TRIES);
        assertThat(shared).as("times that both held the address, of %d", TRIES).isZero();
    }

    @Test
    @DisplayName("a guard that is killed is replaced, and the address stays all the time")
    void guardThatDiesIsReplaced() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            RouterProcess a = guardedMaster(hosts, Protocol.V3_1_S);
            String first = guardOf(a);
            hosts.a.run("kill", "-s", "KILL", first);
            a.awaitLine("The guard process " + first + " ended with exit code 137; starting another one");
            a.process().awaitLine(line -> !guardOf(a).equals(first), RouterProcess.PATIENCE);
            hosts.watch.sync();
            assertThat(hosts.watch.events()).noneMatch(event -> event.kind() == AddressEvent.Kind.DELETED);
            String second = guardOf(a);
            a.process().signal("KILL");
            hosts.awaitGone(hosts.a, VIP);
            awaitEnd(hosts.a, second);
        }
    }

    @Test
    @DisplayName("a guard that is stopped delays nothing and does not outlive a node that ends")
    void stoppedGuardIsNoBurden() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            RouterProcess a = guardedMaster(hosts, Protocol.V3_1_S);
            String guard = guardOf(a);
            hosts.a.run("kill", "-s", "STOP", guard);
            assertThat(a.stop()).isZero();
            assertThat(hosts.a.holds(VIP)).isFalse();
            awaitEnd(hosts.a, guard);
        }
    }

    @Test
    @DisplayName("a signal to the guard too, as a terminal or a service manager sends it, is only the node's business")
    void signalToAll() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            RouterProcess a = guardedMaster(hosts, Protocol.V3_100_MS);
            String guard = guardOf(a);
            for (String signal : List.of("HUP", "INT", "TERM")) {
                hosts.a.run("kill", "-s", signal, guard);
            }
            assertThat(isAlive(hosts.a, guard)).isTrue();
            a.process().signalTree("TERM");
            assertThat(a.process().awaitExit(RouterProcess.PATIENCE)).isZero();
            a.awaitLine("MASTER -> INIT: stopped");
            awaitEnd(hosts.a, guard);
        }
    }
}
