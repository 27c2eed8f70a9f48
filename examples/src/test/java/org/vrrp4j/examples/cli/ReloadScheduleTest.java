package org.vrrp4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vrrp4j.sim.Simulation;
import org.vrrp4j.spi.EventLoop;

/** From midnight on, in virtual time. */
class ReloadScheduleTest {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path directory;

    private final Simulation simulation = new Simulation(1);
    private final EventLoop loop = simulation.network().host("a").transport().newEventLoop("loop");
    private final List<String> reloads = new ArrayList<>();
    private final Instant midnight = loop.wallTime();
    private Path file;

    @BeforeEach
    void place() {
        file = directory.resolve("when");
    }

    private ReloadSchedule schedule(boolean repeats) {
        return new ReloadSchedule(
                loop,
                file,
                repeats,
                ZoneOffset.UTC,
                () -> reloads.add(loop.wallTime().toString()));
    }

    private void write(ReloadSchedule schedule, String text) throws IOException {
        Files.writeString(file, text);
        loop.execute(schedule::onFile);
        simulation.runFor(Duration.ofMillis(1));
    }

    @Test
    void reloadsOnceAtTheTimeOfDayAndTakesTheFileAway() throws IOException {
        ReloadSchedule schedule = schedule(false);
        write(schedule, "03:00:00\n");
        assertThat(schedule.next()).contains(midnight.plus(Duration.ofHours(3)));
        simulation.runFor(DAY.multipliedBy(3));
        assertThat(reloads).containsExactly("2026-01-01T03:00:00Z");
        assertThat(file).doesNotExist();
        assertThat(schedule.next()).isEmpty();
    }

    @Test
    void reloadsEachDayIfThatIsAskedFor() throws IOException {
        ReloadSchedule schedule = schedule(true);
        write(schedule, "03:00:00\nand nothing of this line");
        simulation.runFor(DAY.multipliedBy(2));
        assertThat(reloads).containsExactly("2026-01-01T03:00:00Z", "2026-01-02T03:00:00Z");
        assertThat(file).exists();
        assertThat(schedule.next()).contains(Instant.parse("2026-01-03T03:00:00Z"));
    }

    @Test
    void aDateComesOnce() throws IOException {
        ReloadSchedule schedule = schedule(true);
        write(schedule, "2026-01-02 12:30:15");
        simulation.runFor(DAY.multipliedBy(3));
        assertThat(reloads).containsExactly("2026-01-02T12:30:15Z");
        assertThat(file).doesNotExist();
    }

    @Test
    void anotherTimeInTheFileIsAnotherTime() throws IOException {
        ReloadSchedule schedule = schedule(false);
        write(schedule, "03:00:00");
        write(schedule, "04:00:00");
        simulation.runFor(DAY.multipliedBy(2));
        assertThat(reloads).containsExactly("2026-01-01T04:00:00Z");
    }

    @Test
    void withoutTheFileOrATimeInItThereIsNoReload() throws IOException {
        ReloadSchedule schedule = schedule(false);
        write(schedule, "03:00:00");
        Files.delete(file);
        loop.execute(schedule::onFile);
        simulation.runFor(DAY);
        for (String text : List.of("", "soon", "2025-12-31 23:59:59")) {
            write(schedule, "03:00:00");
            write(schedule, text);
            assertThat(schedule.next()).as(text).isEmpty();
            simulation.runFor(DAY);
        }
        assertThat(reloads).isEmpty();
        assertThat(file).as("it is somebody else's").exists();
    }

    @Test
    void nothingIsReloadedAfterTheEnd() throws IOException {
        ReloadSchedule schedule = schedule(true);
        write(schedule, "03:00:00");
        schedule.cancel();
        simulation.runFor(DAY);
        assertThat(reloads).isEmpty();
        assertThat(schedule.next()).isEmpty();
    }
}
