package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vrrp4j.examples.live.MortalNode.Listener;
import org.vrrp4j.linux.lab.AddressEvent;
import org.vrrp4j.linux.lab.AddressEvent.Kind;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.lab.LabProcess;
import org.vrrp4j.linux.lab.TimeSpan;

/**
 * The ways in which a master dies or its addresses go, each several times: afterwards no address is left on a dead
 * node, and none is missing on a living one. The kernel's own events tell; the times are printed.
 */
class DeathsLiveTest {
    private static final int REPEATS = RepeatedTimes.repeats(1);
    private static final Duration STOPPED = Duration.ofSeconds(10);
    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final List<String> VIPS =
            MortalNode.ADDRESSES.stream().map(cidr -> cidr.split("/")[0]).toList();

    /** On a busy machine: load only adds time. */
    private static final int MOST_REPEATS = Math.max(5, REPEATS);

    private static final Duration LIMIT = Duration.ofMillis(500);

    private static final String GONE = "gone from the dead host";
    private static final String TAKEN = "taken over";
    private static final String SHARED = "on both hosts for the longest";
    private static final String BACK = "back on the same host";
    private static final String ENDED = "the process has ended";

    /** How a process ends. */
    enum Death {
        KILLED_WITH_GUARD(true, Listener.RETURNS, 137),
        KILLED(false, Listener.RETURNS, 137),
        EXIT_ON_OUT_OF_MEMORY(true, Listener.RUNS_OUT_OF_MEMORY, 3, "-XX:+ExitOnOutOfMemoryError"),
        CRASH_ON_OUT_OF_MEMORY(
                true,
                Listener.RUNS_OUT_OF_MEMORY,
                1,
                "-XX:+CrashOnOutOfMemoryError",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=/dev/null"),
        EXIT_IN_LISTENER(false, Listener.EXITS, MortalNode.EXIT_CODE);

        private final boolean guarded;
        private final Listener listener;
        private final int exitCode;
        private final String[] jvmOptions;

        Death(boolean guarded, Listener listener, int exitCode, String... jvmOptions) {
            this.guarded = guarded;
            this.listener = listener;
            this.exitCode = exitCode;
            this.jvmOptions = jvmOptions;
        }

        /** Starts it, and returns when it has died, with the time of that. */
        Instant diesOn(TwoHosts hosts, RepeatedTimes times) throws IOException, InterruptedException {
            Instant started = Instant.now();
            LabProcess node = MortalNode.start(hosts.a, "eth0", 150, guarded, listener, jvmOptions);
            Instant died;
            if (listener == Listener.RETURNS) {
                // by then its guard knows of them too
                awaitAll(hosts, hosts.a, Kind.RENEWED, started);
                ProcessHandle process = ProcessHandle.of(node.pid()).orElseThrow();
                died = Instant.now();
                process.destroyForcibly();
            } else {
                String line =
                        node.awaitLine(MortalNode.DYING, RouterProcess.PATIENCE).text();
                died = Instant.parse(line.substring(MortalNode.DYING.length()));
            }
            assertThat(node.awaitExit(RouterProcess.PATIENCE))
                    .as(node.toString())
                    .isEqualTo(exitCode);
            if (listener == Listener.EXITS) {
                assertThat(node.output()).contains("MASTER -> INIT: stopped");
            }
            times.add(ENDED, Duration.between(died, Instant.now()));
            return died;
        }
    }

    @ParameterizedTest
    @EnumSource(Death.class)
    @DisplayName("after the death of a master no address is left on its host, and the other has them all")
    void noAddressIsLeft(Death death) throws IOException, InterruptedException {
        RepeatedTimes times = new RepeatedTimes();
        try (TwoHosts hosts = TwoHosts.open()) {
            LabProcess other = standby(hosts);
            for (int i = 0; i < REPEATS || i < MOST_REPEATS && !isInside(death, times); i++) {
                Instant died = death.diesOn(hosts, times);
                times.add(GONE, Duration.between(died, awaitAll(hosts, hosts.a, Kind.DELETED, died)));
                times.add(TAKEN, Duration.between(died, awaitAll(hosts, hosts.b, Kind.ADDED, died)));
                onlyHolderIs(hosts, hosts.b);
                times.add(SHARED, longestShared(hosts, died));
            }
            if (death == Death.EXIT_IN_LISTENER) {
                other.awaitLine("BACKUP -> MASTER: the master gave up", RouterProcess.PATIENCE);
            }
            end(other);
        }
        times.print(death.name());
        assertThat(isInside(death, times)).as("gone before a lease ends").isTrue();
        assertThat(times.shortest(ENDED))
                .as("nothing waits for what cannot come")
                .isLessThan(Duration.ofSeconds(4));
    }

    private static boolean isInside(Death death, RepeatedTimes times) {
        boolean quick = death.guarded || death == Death.EXIT_IN_LISTENER;
        return !quick || times.shortest(GONE).compareTo(LIMIT) < 0;
    }

    @Test
    @DisplayName("a master that is stopped for 10 s loses its addresses, and does not disturb when it goes on")
    void stopped() throws IOException, InterruptedException {
        RepeatedTimes times = new RepeatedTimes();
        try (TwoHosts hosts = TwoHosts.open()) {
            LabProcess other = standby(hosts);
            Instant started = Instant.now();
            LabProcess node = MortalNode.start(hosts.a, "eth0", 150, true, Listener.RETURNS);
            awaitAll(hosts, hosts.a, Kind.ADDED, started);
            for (int i = 0; i < REPEATS; i++) {
                onlyHolderIs(hosts, hosts.a);
                Instant stopped = Instant.now();
                node.signal("STOP");
                times.add(GONE, Duration.between(stopped, awaitAll(hosts, hosts.a, Kind.DELETED, stopped)));
                times.add(TAKEN, Duration.between(stopped, awaitAll(hosts, hosts.b, Kind.ADDED, stopped)));
                onlyHolderIs(hosts, hosts.b);
                times.add(SHARED, longestShared(hosts, stopped));
                Thread.sleep(
                        Duration.between(Instant.now(), stopped.plus(STOPPED)).toMillis());
                hosts.watch.sync();
                assertThat(VIPS)
                        .allSatisfy(vip -> assertThat(hosts.watch.holders(vip)).containsExactly("b"));
                Instant woken = Instant.now();
                node.signal("CONT");
                times.add(BACK, Duration.between(woken, awaitAll(hosts, hosts.a, Kind.ADDED, woken)));
                onlyHolderIs(hosts, hosts.a);
                times.add(SHARED, longestShared(hosts, woken));
            }
            end(node);
            onlyHolderIs(hosts, hosts.b);
            end(other);
        }
        times.print("STOPPED");
        assertThat(times.shortest(SHARED)).isLessThan(LEASE);
    }

    /** What somebody does to the addresses of a living node, up0 on top of eth0. */
    enum Removal {
        ADDRESS_DELETED("address delete 192.0.2.100/24 dev up0", ""),
        ADDRESSES_FLUSHED("-loops 1 address flush dev up0 || true", "address add 192.0.2.1/24 dev up0"),
        LINK_DELETED("link delete up0", MAKE_LINK);

        private final String removal;
        private final String repair;

        Removal(String removal, String repair) {
            this.removal = removal;
            this.repair = repair;
        }
    }

    private static final String MAKE_LINK = "link add link eth0 name up0 type macvlan mode bridge;"
            + "address add 192.0.2.1/24 dev up0;link set up0 up";

    @ParameterizedTest
    @EnumSource(Removal.class)
    @DisplayName("addresses of a living master that somebody removes, alone or with the link, are back")
    void noAddressIsLost(Removal removal) throws IOException, InterruptedException {
        RepeatedTimes times = new RepeatedTimes();
        try (TwoHosts hosts = TwoHosts.open()) {
            ip(hosts.a, "address flush dev eth0;" + MAKE_LINK);
            LabProcess other = standby(hosts);
            Instant started = Instant.now();
            LabProcess node = MortalNode.start(hosts.a, "up0", 150, true, Listener.RETURNS);
            awaitAll(hosts, hosts.a, Kind.ADDED, started);
            for (int i = 0; i < REPEATS; i++) {
                onlyHolderIs(hosts, hosts.a);
                Instant removed = Instant.now();
                ip(hosts.a, removal.removal);
                Instant gone = awaitFirst(hosts, hosts.a, Kind.DELETED, removed);
                if (removal == Removal.LINK_DELETED) {
                    times.add(TAKEN, Duration.between(gone, awaitAll(hosts, hosts.b, Kind.ADDED, gone)));
                    onlyHolderIs(hosts, hosts.b);
                    gone = Instant.now();
                }
                ip(hosts.a, removal.repair);
                times.add(BACK, Duration.between(gone, awaitFirst(hosts, hosts.a, Kind.ADDED, gone)));
                onlyHolderIs(hosts, hosts.a);
            }
            end(node);
            onlyHolderIs(hosts, hosts.b);
            end(other);
        }
        times.print(removal.name());
    }

    @Test
    @DisplayName("a listener that runs out of memory costs its node nothing")
    void outOfMemoryInListener() throws IOException, InterruptedException {
        try (TwoHosts hosts = TwoHosts.open()) {
            for (int i = 0; i < REPEATS; i++) {
                Instant started = Instant.now();
                LabProcess node = MortalNode.start(hosts.a, "eth0", 150, true, Listener.RUNS_OUT_OF_MEMORY);
                awaitAll(hosts, hosts.a, Kind.ADDED, started);
                Instant failed = node.awaitLine("OutOfMemoryError", RouterProcess.PATIENCE)
                        .time();
                Thread.sleep(2 * LEASE.toMillis());
                onlyHolderIs(hosts, hosts.a);
                assertThat(hosts.watch.events())
                        .noneMatch(event ->
                                event.kind() == Kind.DELETED && event.time().isAfter(failed));
                end(node);
                assertThat(VIPS)
                        .allSatisfy(vip -> assertThat(hosts.a.holds(vip)).isFalse());
            }
        }
    }

    private static LabProcess standby(TwoHosts hosts) throws IOException, InterruptedException {
        LabProcess other = MortalNode.start(hosts.b, "eth0", 100, true, Listener.RETURNS);
        onlyHolderIs(hosts, hosts.b);
        return other;
    }

    private static void end(LabProcess node) throws IOException, InterruptedException {
        node.signal("TERM");
        assertThat(node.awaitExit(RouterProcess.PATIENCE)).isEqualTo(143);
    }

    private static void ip(LabHost host, String commands) throws IOException {
        if (!commands.isEmpty()) {
            host.run("sh", "-c", "ip " + commands.replace(";", " && ip "));
        }
    }

    private static void onlyHolderIs(TwoHosts hosts, LabHost host) throws IOException, InterruptedException {
        for (String vip : VIPS) {
            hosts.awaitOnlyHolder(host, vip);
        }
        hosts.watch.sync();
        assertThat(VIPS).allSatisfy(vip -> assertThat(hosts.watch.holders(vip)).containsExactly(host.name()));
    }

    /** Waits until this has happened to every address since then, and returns when it did to the last one. */
    private static Instant awaitAll(TwoHosts hosts, LabHost host, Kind kind, Instant since)
            throws IOException, InterruptedException {
        Instant last = since;
        for (String vip : VIPS) {
            Instant time = awaitEvent(hosts, host, kind, vip, since);
            last = time.isAfter(last) ? time : last;
        }
        return last;
    }

    private static Instant awaitFirst(TwoHosts hosts, LabHost host, Kind kind, Instant since)
            throws IOException, InterruptedException {
        return awaitEvent(hosts, host, kind, VIPS.get(0), since);
    }

    private static Instant awaitEvent(TwoHosts hosts, LabHost host, Kind kind, String vip, Instant since)
            throws IOException, InterruptedException {
        AddressEvent found = hosts.watch.awaitEvent(
                event -> event.host().equals(host.name())
                        && event.kind() == kind
                        && event.bareAddress().equals(vip)
                        && !event.time().isBefore(since),
                RouterProcess.PATIENCE);
        return found.time();
    }

    private static Duration longestShared(TwoHosts hosts, Instant since) {
        return VIPS.stream()
                .flatMap(vip -> hosts.watch.sharedSpans(vip).stream())
                .filter(span -> !span.from().isBefore(since))
                .map(TimeSpan::length)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }
}
