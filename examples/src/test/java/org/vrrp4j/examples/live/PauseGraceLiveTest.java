package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.lab.LabProcess;
import org.vrrp4j.linux.lab.TimeSpan;
import org.vrrp4j.linux.uring.UringAvailability;

/** What is on the wire of a node whose loop stands still, that is stopped, and that is dead. */
class PauseGraceLiveTest {
    private static final Duration GRACE = Duration.ofMillis(400);
    private static final int PRIORITY = 150;
    private static final int LOWER = 100;
    private static final Pattern ADVERTISEMENT = Pattern.compile(
            "(\\d+)\\.(\\d{6}) .* (192\\.0\\.2\\.[12]) > .*VRRPv3, Advertisement, vrid 51, prio (\\d+),.*");

    private static final Pattern SAFEPOINT = Pattern.compile("safepoint.* Total: +(\\d+) ns");

    private final List<LabProcess> nodes = new ArrayList<>();
    private Duration interval = Duration.ofMillis(20);
    private TwoHosts hosts;
    private LabProcess capture;

    /** An advertisement on the wire. */
    private record Seen(Instant time, String source, int priority) {}

    @BeforeEach
    void open() throws IOException, InterruptedException {
        TwoHosts.require("io_uring", UringAvailability.unavailability());
        hosts = TwoHosts.open();
        TwoHosts.require("tcpdump", hosts.captureUnavailabilityCause());
        capture = hosts.client.capture("eth0", "--buffer-size=4096", "ip", "proto", "112");
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        for (LabProcess node : nodes) {
            if (node.isAlive()) {
                node.standardInput().close();
                node.awaitExit(RouterProcess.PATIENCE);
            }
        }
        if (hosts != null) {
            hosts.close();
        }
    }

    /** What stands still. */
    enum Pause {
        OF_THE_LOOP,
        /** At a safepoint. */
        OF_THE_JVM
    }

    @ParameterizedTest
    @EnumSource(Pause.class)
    @DisplayName(
            "what stands still for less than the grace is not missed, for a second longer once, and comes back once")
    void pauses(Pause pause, @TempDir Path directory) throws IOException, InterruptedException {
        // longer than what a busy machine may do to a node
        interval = Duration.ofMillis(100);
        try (LogPipe pipe = new LogPipe(directory)) {
            LabProcess a = master(pipe.jvmOption(), "-Xlog:safepoint:stdout");
            LabProcess b = start(hosts.b, LOWER);
            b.awaitLine("INIT -> BACKUP", RouterProcess.PATIENCE);

            TimeSpan within = pause(a, Duration.ofMillis(350), pause, pipe);
            assertThat(from("192.0.2.1", within.from().plus(interval), within.until()))
                    .as("sent by the kernel while nothing else runs")
                    .hasSizeGreaterThan(1);

            hosts.awaitOnlyHolder(hosts.a, PausedNode.ADDRESS);
            Instant before = Instant.now();
            TimeSpan beyond = pause(a, GRACE.plusSeconds(1), pause, pipe);
            b.awaitLine("MASTER -> BACKUP", before, RouterProcess.PATIENCE);
            hosts.awaitOnlyHolder(hosts.a, PausedNode.ADDRESS);
            assertThat(from(
                            "192.0.2.1",
                            beyond.from().plus(GRACE.multipliedBy(5).dividedBy(4)),
                            beyond.until()))
                    .as("sent when the grace is over")
                    .isEmpty();
            assertThat(linesSince(b, before, "BACKUP -> MASTER")).isEqualTo(1);
            assertThat(linesSince(b, before, "MASTER -> BACKUP")).isEqualTo(1);
            assertThat(linesSince(a, before, "MASTER -> BACKUP: .*stall")).isEqualTo(1);
            assertThat(linesSince(a, before, "BACKUP -> MASTER")).isEqualTo(1);
            List<Seen> since = from("192.0.2.", beyond.until(), Instant.MAX);
            assertThat(since.get(0).source())
                    .as("who is first to be heard when it goes on: %s", since)
                    .isEqualTo("192.0.2.2");
            assertThat(hosts.watch.sharedSpans(PausedNode.ADDRESS))
                    .allSatisfy(span -> assertThat(span.length()).isLessThan(Duration.ofMillis(1500)));
        }
    }

    @Test
    @DisplayName("nothing is sent twice, and nothing that a change has made untrue")
    void neverStale() throws IOException, InterruptedException {
        LabProcess a = master();
        Instant begun = Instant.now();
        Thread.sleep(1000);
        Instant end = Instant.now();
        long most = Duration.between(begun, end).dividedBy(interval) + 2;
        assertThat(from("192.0.2.1", begun, end)).hasSizeBetween(2, (int) most);

        PausedNode.tell(a, "rise");
        a.awaitLine("risen", RouterProcess.PATIENCE);
        capture.awaitLine("prio 254,", RouterProcess.PATIENCE);
        // whatever was queued with a lower one would be due by now
        Thread.sleep(2 * GRACE.toMillis());
        List<Integer> priorities =
                from("192.0.2.1", end, Instant.MAX).stream().map(Seen::priority).toList();
        assertThat(priorities).isSorted().contains(PRIORITY + 1, 200, 254);
    }

    @Test
    @DisplayName(
            "a process that is stopped sends nothing, also not at once when it goes on, and neither does a dead one")
    void stoppedAndKilled() throws IOException, InterruptedException {
        LabProcess a = master();
        LabProcess b = start(hosts.b, LOWER);
        b.awaitLine("INIT -> BACKUP", RouterProcess.PATIENCE);

        a.signal("STOP");
        awaitStopped(a);
        Instant stopped = Instant.now();
        hosts.awaitOnlyHolder(hosts.b, PausedNode.ADDRESS);
        Instant goesOn = Instant.now();
        a.signal("CONT");
        a.awaitLine("MASTER -> BACKUP: .*stall", goesOn, RouterProcess.PATIENCE);
        hosts.awaitOnlyHolder(hosts.a, PausedNode.ADDRESS);
        assertThat(from("192.0.2.1", stopped, goesOn)).isEmpty();
        List<Seen> since = from("192.0.2.", goesOn, Instant.MAX);
        assertThat(since.get(0).source())
                .as("who is first to be heard when the other goes on: %s", since)
                .isEqualTo("192.0.2.2");

        ProcessHandle.of(a.pid()).orElseThrow().destroyForcibly();
        a.awaitExit(RouterProcess.PATIENCE);
        Instant dead = Instant.now();
        hosts.awaitOnlyHolder(hosts.b, PausedNode.ADDRESS);
        assertThat(from("192.0.2.1", dead, Instant.MAX)).isEmpty();
    }

    private LabProcess start(LabHost host, int priority, String... jvmOptions) throws IOException {
        LabProcess node = PausedNode.start(host, priority, interval, GRACE, jvmOptions);
        nodes.add(node);
        return node;
    }

    private LabProcess master(String... jvmOptions) throws IOException, InterruptedException {
        LabProcess node = start(hosts.a, PRIORITY, jvmOptions);
        node.awaitLine("sending ahead: up to 400 ms", RouterProcess.PATIENCE);
        hosts.awaitOnlyHolder(hosts.a, PausedNode.ADDRESS);
        capture.awaitLine("prio " + PRIORITY + ",", RouterProcess.PATIENCE);
        return node;
    }

    private static TimeSpan pause(LabProcess node, Duration duration, Pause pause, LogPipe pipe)
            throws IOException, InterruptedException {
        return pause == Pause.OF_THE_LOOP ? pauseLoop(node, duration) : pauseJvm(node, duration, pipe);
    }

    /** The JVM itself tells that it was one. */
    private static TimeSpan pauseJvm(LabProcess node, Duration duration, LogPipe pipe)
            throws IOException, InterruptedException {
        pipe.fill();
        Instant from = Instant.now();
        PausedNode.tell(node, "collect");
        Thread.sleep(duration.toMillis());
        Instant until = Instant.now();
        pipe.drain();
        node.awaitLine("collected", from, RouterProcess.PATIENCE);
        node.awaitLine("safepoint.*GenCollectFull.* Total: ", from, RouterProcess.PATIENCE);
        // a collection that something else has caused may have come first and stood still
        Duration longest = node.lines().stream()
                .filter(line -> !line.time().isBefore(from))
                .map(line -> SAFEPOINT.matcher(line.text()))
                .filter(Matcher::find)
                .map(found -> Duration.ofNanos(Long.parseLong(found.group(1))))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        assertThat(longest).isGreaterThan(duration.dividedBy(2));
        return new TimeSpan(from, until);
    }

    private static TimeSpan pauseLoop(LabProcess node, Duration duration) throws IOException, InterruptedException {
        Instant asked = Instant.now();
        PausedNode.tell(node, "pause " + duration.toMillis());
        String begun =
                node.awaitLine("paused at ", asked, RouterProcess.PATIENCE).text();
        String ended =
                node.awaitLine("goes on at ", asked, RouterProcess.PATIENCE).text();
        return new TimeSpan(
                Instant.parse(begun.substring("paused at ".length())),
                Instant.parse(ended.substring("goes on at ".length())));
    }

    private static long linesSince(LabProcess process, Instant from, String regex) {
        Pattern pattern = Pattern.compile(regex);
        return process.lines().stream()
                .filter(line -> !line.time().isBefore(from))
                .filter(line -> pattern.matcher(line.text()).find())
                .count();
    }

    private static void awaitStopped(LabProcess process) throws IOException, InterruptedException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        Instant end = Instant.now().plus(RouterProcess.PATIENCE);
        while (!Files.readString(status).contains("State:\tT")) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(1);
        }
        // its threads come to a halt one by one
        Thread.sleep(50);
    }

    /** What the capture has, some milliseconds behind. */
    private List<Seen> from(String source, Instant from, Instant to) throws InterruptedException {
        Thread.sleep(200);
        return capture.lines().stream()
                .map(line -> ADVERTISEMENT.matcher(line.text()))
                .filter(Matcher::matches)
                .map(found -> new Seen(
                        Instant.ofEpochSecond(Long.parseLong(found.group(1)), Long.parseLong(found.group(2)) * 1000),
                        found.group(3),
                        Integer.parseInt(found.group(4))))
                .filter(seen -> seen.source().startsWith(source))
                .filter(seen -> seen.time().isAfter(from) && seen.time().isBefore(to))
                .toList();
    }
}
