package org.vrrp4j.examples.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.spi.EventLoop;

/**
 * Reloads when a file says so. It is taken away then, so that one time is one reload, unless a time of day is to be
 * that of each day. On the loop's thread, but for {@link #next}.
 */
final class ReloadSchedule {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadSchedule.class);
    /** A line of the longest form has 20 characters. */
    private static final int READ_BYTES = 64;
    /** A wall clock may be set meanwhile. */
    private static final long LOOK_NANOS = Duration.ofSeconds(10).toNanos();

    private final EventLoop loop;
    private final Path file;
    private final boolean repeats;
    private final ZoneId zone;
    private final Runnable reload;
    private volatile Optional<ReloadTime> next = Optional.empty();
    private EventLoop.Scheduled look = () -> {};

    /**
     * Nothing is scheduled before {@link #onFile}.
     *
     * @param repeats whether a time of day is that of each day
     * @param reload must not block
     */
    ReloadSchedule(EventLoop loop, Path file, boolean repeats, ZoneId zone, Runnable reload) {
        this.loop = loop;
        this.file = file;
        this.repeats = repeats;
        this.zone = zone;
        this.reload = reload;
    }

    /** When it reloads next. On any thread. */
    Optional<Instant> next() {
        return next.map(ReloadTime::at);
    }

    /** The file may say something else now. */
    void onFile() {
        Optional<ReloadTime> before = next;
        look.cancel();
        next = read();
        if (!next.equals(before)) {
            next.ifPresentOrElse(
                    time -> LOG.info("{}: reloading at {}", file, time.at()),
                    () -> LOG.info(
                            "{}: not reloading at {} any more",
                            file,
                            before.get().at()));
        }
        lookLater();
    }

    /** Nothing is scheduled any more. */
    void cancel() {
        look.cancel();
        next = Optional.empty();
    }

    private Optional<ReloadTime> read() {
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(READ_BYTES), StandardCharsets.UTF_8);
            Optional<String> line = text.lines().findFirst();
            return line.isEmpty() ? Optional.empty() : Optional.of(ReloadTime.parse(line.get(), loop.wallTime(), zone));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | DateTimeException e) {
            LOG.warn("{} says no time of a reload: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    private void lookLater() {
        if (next.isPresent()) {
            long left = Math.max(
                    0, Duration.between(loop.wallTime(), next.get().at()).toMillis());
            long nanos = Math.min(LOOK_NANOS, Duration.ofMillis(left).toNanos());
            look = loop.schedule(loop.nanoTime() + nanos, this::look);
        }
    }

    private void look() {
        ReloadTime time = next.orElseThrow();
        if (loop.wallTime().isBefore(time.at())) {
            lookLater();
            return;
        }
        LOG.info("{}: it is {}", file, time.at());
        next = Optional.empty();
        if (time.dated() || !repeats) {
            delete();
        }
        reload.run();
        onFile();
    }

    private void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} cannot be taken away: {}", file, e.toString());
        }
    }
}
