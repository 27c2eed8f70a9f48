package org.vrrp4j.linux.probe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.config.ProcessTracker;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.TrackerBackend;

/**
 * Counts processes: a thread looks through {@code /proc} every half second, and for each process that it finds the loop
 * watches a descriptor of pidfd_open(2), so that the end of one is known at once and a new one soon. It needs no
 * right, and works in containers; where the kernel has no pidfd (before 5.3) or refuses it, an end is known as late as
 * a beginning.
 */
final class ProcessCounts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessCounts.class);
    private static final long SCAN_MILLIS = 500;
    private static final int SYS_PIDFD_OPEN = 434;

    private final EventLoop loop;
    private final ScheduledExecutorService scanner = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "vrrp-processes");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Counted> counted = new ArrayList<>();
    private final Map<Integer, PidWatch> pidWatches = new HashMap<>();
    private boolean toldNoPidfd;
    private boolean closed;

    private static final class Counted {
        private final ProcessTracker tracker;
        private final IntConsumer listener;
        private Set<Integer> pids = Set.of();
        private int told = -1;

        Counted(ProcessTracker tracker, IntConsumer listener) {
            this.tracker = tracker;
            this.listener = listener;
        }

        void tell() {
            if (told != pids.size()) {
                told = pids.size();
                listener.accept(told);
            }
        }
    }

    private record PidWatch(int fd, EventLoop.Watch watch) {
        void close() {
            watch.close();
            Libc.close(fd);
        }
    }

    ProcessCounts(EventLoop loop) {
        this.loop = loop;
        scanner.scheduleWithFixedDelay(this::askForScan, SCAN_MILLIS, SCAN_MILLIS, TimeUnit.MILLISECONDS);
    }

    TrackerBackend.Watch watch(ProcessTracker tracker, IntConsumer count) {
        Counted added = new Counted(tracker, count);
        counted.add(added);
        scanner.execute(this::askForScan);
        return () -> {
            counted.remove(added);
            forgetUnwanted();
        };
    }

    /** The loop says what to look for, the scanner looks, the loop takes what was found. */
    private void askForScan() {
        onLoop(() -> {
            List<Counted> wanted = List.copyOf(counted);
            if (!wanted.isEmpty()) {
                scanner.execute(() -> scan(wanted));
            }
        });
    }

    private void scan(List<Counted> wanted) {
        Map<Counted, Set<Integer>> found = new HashMap<>();
        wanted.forEach(entry -> found.put(entry, new TreeSet<>()));
        ProcessFiles.forEach(process -> wanted.stream()
                .filter(entry -> process.matches(entry.tracker))
                .forEach(entry -> found.get(entry).add(process.pid())));
        onLoop(() -> found.forEach(this::onFound));
    }

    private void onFound(Counted entry, Set<Integer> pids) {
        if (!counted.contains(entry)) {
            return;
        }
        entry.pids = pids;
        for (int pid : List.copyOf(pids)) {
            if (!pidWatches.containsKey(pid)) {
                watchEnd(pid);
            }
        }
        forgetUnwanted();
        entry.tell();
    }

    private void watchEnd(int pid) {
        int fd = (int) Libc.syscall(SYS_PIDFD_OPEN, pid, 0);
        if (fd < 0) {
            int errno = Libc.errno();
            if (Errno.ESRCH.is(errno)) {
                onEnded(pid);
            } else if (!toldNoPidfd) {
                toldNoPidfd = true;
                LOG.warn(
                        "pidfd_open: {}; the end of a process is noticed up to {} ms late",
                        Errno.describe(errno),
                        SCAN_MILLIS);
            }
            return;
        }
        try {
            pidWatches.put(pid, new PidWatch(fd, loop.watch(fd, () -> onEnded(pid))));
        } catch (IOException e) {
            Libc.close(fd);
            LOG.warn("the end of process {} is noticed up to {} ms late: {}", pid, SCAN_MILLIS, e.getMessage());
        }
    }

    private void onEnded(int pid) {
        forget(pid);
        for (Counted entry : List.copyOf(counted)) {
            if (entry.pids.remove(pid)) {
                entry.tell();
            }
        }
    }

    private void forget(int pid) {
        PidWatch watch = pidWatches.remove(pid);
        if (watch != null) {
            watch.close();
        }
    }

    private void forgetUnwanted() {
        for (int pid : List.copyOf(pidWatches.keySet())) {
            if (counted.stream().noneMatch(entry -> entry.pids.contains(pid))) {
                forget(pid);
            }
        }
    }

    private void onLoop(Runnable task) {
        try {
            loop.execute(() -> {
                if (!closed) {
                    task.run();
                }
            });
        } catch (RejectedExecutionException e) {
            scanner.shutdown();
        }
    }

    @Override
    public void close() {
        closed = true;
        scanner.shutdownNow();
        counted.clear();
        forgetUnwanted();
    }
}
