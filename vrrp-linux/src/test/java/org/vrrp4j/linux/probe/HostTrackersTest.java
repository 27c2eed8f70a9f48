package org.vrrp4j.linux.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vrrp4j.config.FileTracker;
import org.vrrp4j.config.ProcessTracker;
import org.vrrp4j.linux.testing.NetworkNamespace;

/** Files and processes of this host. */
class HostTrackersTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private final NetworkNamespace loop = NetworkNamespace.ofTheJvm();
    private final List<Integer> told = new CopyOnWriteArrayList<>();
    private final List<Process> started = new ArrayList<>();
    private LinuxTrackers trackers;

    @BeforeEach
    void open() {
        trackers = new LinuxTrackers(loop);
    }

    @AfterEach
    void close() throws Exception {
        started.forEach(Process::destroyForcibly);
        loop.call(() -> {
            trackers.close();
            return null;
        });
        loop.close();
    }

    private void awaitTold(Integer... numbers) {
        await().atMost(LIMIT).until(() -> told.equals(List.of(numbers)));
    }

    private void follow(Path file, OptionalInt initial, boolean overwrite) throws Exception {
        loop.call(() -> trackers.file(new FileTracker("switch", file.toString(), initial, overwrite), told::add));
    }

    private void count(String process, ProcessTracker.ParameterMatch match, String... parameters) throws Exception {
        loop.call(() -> trackers.processes(
                new ProcessTracker(
                        "sleepers",
                        process,
                        List.of(parameters),
                        match,
                        false,
                        1,
                        ProcessTracker.UNLIMITED,
                        Duration.ZERO,
                        Duration.ZERO),
                told::add));
    }

    private Process start(String... words) throws IOException {
        Process process = new ProcessBuilder(words).start();
        started.add(process);
        return process;
    }

    @Test
    void aFileIsReadWheneverItHasBeenWrittenReplacedOrTakenAway() throws Exception {
        Path file = directory.resolve("switch");
        follow(file, OptionalInt.empty(), false);
        awaitTold(0);
        Files.writeString(file, "5\n");
        awaitTold(0, 5);
        Files.writeString(directory.resolve("new"), "-7");
        Files.writeString(directory.resolve("other"), "9");
        Files.move(directory.resolve("new"), file, StandardCopyOption.ATOMIC_MOVE);
        awaitTold(0, 5, -7);
        Files.delete(file);
        awaitTold(0, 5, -7, 0);
        Files.writeString(file, "12 of them");
        awaitTold(0, 5, -7, 0, 12);
        Files.writeString(file, "none");
        awaitTold(0, 5, -7, 0, 12, 0);
    }

    @Test
    void aFileThatIsBeingWrittenIsNotTakenForAnEmptyOne() throws Exception {
        Path file = Files.writeString(directory.resolve("switch"), "5");
        follow(file, OptionalInt.empty(), false);
        awaitTold(5);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < 10; i++) {
                assertThat(Files.size(file)).isZero();
                loop.call(() -> null);
            }
            out.write('6');
        }
        awaitTold(5, 6);
    }

    @Test
    void aDirectoryThatComesLaterIsFound() throws Exception {
        Path later = directory.resolve("later");
        follow(later.resolve("switch"), OptionalInt.empty(), false);
        awaitTold(0);
        Files.createDirectory(later);
        Files.writeString(later.resolve("switch"), "3");
        awaitTold(0, 3);
        Files.delete(later.resolve("switch"));
        Files.delete(later);
        awaitTold(0, 3, 0);
        Files.createDirectory(later);
        Files.writeString(later.resolve("switch"), "4");
        awaitTold(0, 3, 0, 4);
    }

    @Test
    void aFileIsWrittenAtTheStartIfAskedFor() throws Exception {
        Path file = Files.writeString(directory.resolve("switch"), "5");
        follow(file, OptionalInt.of(8), false);
        awaitTold(5);
        told.clear();
        follow(file, OptionalInt.of(8), true);
        awaitTold(8, 8);
    }

    @Test
    void whereTheKernelTellsNoChangesAFileIsRefused() {
        assertThatThrownBy(() -> follow(Path.of("/proc/switch"), OptionalInt.empty(), false))
                .hasStackTraceContaining(
                        "file switch: the kernel does not tell changes of files on proc; put the file somewhere else");
    }

    @Test
    void processesAreCountedByNameAndTheirEndIsKnownAtOnce() throws Exception {
        Path program = Files.copy(Path.of("/bin/sleep"), directory.resolve("vrrp4j-sleeper-of-a-long-name"));
        count(program.toString(), ProcessTracker.ParameterMatch.NONE);
        awaitTold(0);
        Process first = start(program.toString(), "100");
        awaitTold(0, 1);
        start(program.toString(), "100");
        awaitTold(0, 1, 2);
        List<Long> millis = new ArrayList<>();
        long begun = System.nanoTime();
        first.destroyForcibly();
        awaitTold(0, 1, 2, 1);
        millis.add((System.nanoTime() - begun) / 1_000_000);
        System.out.println("the end of a process was known after " + millis + " ms");
    }

    @Test
    void parametersAreComparedAsAskedFor() throws Exception {
        Path program = Files.copy(Path.of("/bin/sleep"), directory.resolve("vrrp4j-sleep"));
        start(program.toString(), "100.25", "100.5");
        count("vrrp4j-sleep", ProcessTracker.ParameterMatch.EXACT, "100.25", "100.5");
        awaitTold(1);
        told.clear();
        count("vrrp4j-sleep", ProcessTracker.ParameterMatch.EXACT, "100.25");
        awaitTold(0);
        told.clear();
        count("vrrp4j-sleep", ProcessTracker.ParameterMatch.INITIAL, "100.25");
        awaitTold(1);
        told.clear();
        count("vrrp4j-sleep", ProcessTracker.ParameterMatch.PARTIAL, "100.25", "100.");
        awaitTold(1);
        told.clear();
        count("vrrp4j-sleep", ProcessTracker.ParameterMatch.PARTIAL, "100.2", "100.");
        awaitTold(0);
    }
}
