package org.vrrp4j.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.config.ProcessSettings;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.libc.ProcessMemory;
import org.vrrp4j.linux.probe.FileChanges;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.TransportProvider;

/**
 * What {@code vrrp run} does besides running a node, as its file says: it keeps its memory, marks the time in which it
 * reads, and reloads when another file says so. What of it cannot be done is an error in the log, not the end of the
 * node. On one thread, but for {@link #nextReload}.
 */
final class ProcessDuties implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessDuties.class);
    private static final Path ROOT = Path.of("/");

    private final Runnable reload;
    private ProcessSettings settings = ProcessSettings.NONE;
    private EventLoop loop;
    private FileChanges changes;
    private volatile ReloadSchedule schedule;

    /** Nothing is to be done yet. */
    ProcessDuties(Runnable reload) {
        this.reload = reload;
    }

    /** When another file says that the configuration is read again. On any thread. */
    Optional<Instant> nextReload() {
        ReloadSchedule of = schedule;
        return of == null ? Optional.empty() : of.next();
    }

    /** From now on the file that has been read says this. */
    void use(ProcessSettings next) {
        ProcessSettings before = settings;
        settings = next;
        if (!next.reloadMarker().equals(before.reloadMarker())) {
            // somebody may have waited for the file to be read, before this marker was known
            onRead();
        }
        if (next.locksMemory() != before.locksMemory()) {
            lock(next.locksMemory());
        }
        boolean same =
                next.reloadTimeFile().equals(before.reloadTimeFile()) && next.repeatsReload() == before.repeatsReload();
        if (!same) {
            unwatch();
            next.reloadTimeFile().map(ROOT::resolve).ifPresent(this::watch);
        }
    }

    /** The configuration is about to be read: the marker is there, and empty. */
    void onReading() {
        settings.reloadMarker().map(ROOT::resolve).ifPresent(marker -> {
            try {
                Files.write(marker, new byte[0]);
            } catch (IOException e) {
                LOG.error("reload_file {} cannot be written: {}", marker, e.toString());
            }
        });
    }

    /** It has been read. */
    void onRead() {
        settings.reloadMarker().map(ROOT::resolve).ifPresent(marker -> {
            try {
                Files.deleteIfExists(marker);
            } catch (IOException e) {
                LOG.error("reload_file {} cannot be taken away: {}", marker, e.toString());
            }
        });
    }

    private static void lock(boolean locked) {
        try {
            if (locked) {
                ProcessMemory.lock();
            } else {
                ProcessMemory.unlock();
            }
        } catch (LinuxException e) {
            LOG.warn("vrrp_no_swap: the memory of this process may be swapped out: {}", e.getMessage());
        }
    }

    private void watch(Path file) {
        EventLoop own = loop();
        ReloadSchedule added = new ReloadSchedule(own, file, settings.repeatsReload(), ZoneId.systemDefault(), reload);
        schedule = added;
        own.execute(() -> {
            try {
                FileChanges.check(file);
                changes = FileChanges.open(own);
                changes.watch(file, added::onFile);
            } catch (IOException e) {
                LOG.error("reload_time_file {} is not followed: {}", file, e.getMessage());
            }
        });
    }

    private EventLoop loop() {
        if (loop == null) {
            loop = ServiceLoader.load(TransportProvider.class)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no transport on the class path"))
                    .newEventLoop("vrrp-reload-time");
        }
        return loop;
    }

    private void unwatch() {
        ReloadSchedule gone = schedule;
        schedule = null;
        if (gone != null) {
            loop.execute(() -> {
                gone.cancel();
                if (changes != null) {
                    changes.close();
                    changes = null;
                }
            });
        }
    }

    /** Ends it all; the memory stays as it is. */
    @Override
    public void close() {
        unwatch();
        if (loop != null) {
            loop.close();
        }
    }
}
