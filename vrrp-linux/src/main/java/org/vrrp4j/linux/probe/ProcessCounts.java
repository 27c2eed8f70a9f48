package org.vrrp4j.linux.probe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.config.ProcessTracker;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.TrackerBackend;

/**
 * Counts processes for the loop; a {@link ProcessSearch} finds them. Where the kernel tells of processes, that is all.
 * Where it does not, the loop watches a descriptor of pidfd_open(2) for each that was found, so that the end of one is
 * known at once and a new one soon, without any right; where there is no pidfd either (before 5.3, or refused), an end
 * is known as late as a beginning.
 */
final class ProcessCounts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessCounts.class);
    private static final int SYS_PIDFD_OPEN = 434;

    private final EventLoop loop;
    private final ProcessSearch search;
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

    ProcessCounts(EventLoop loop, ProcessFeed.Opener feed) {
        this.loop = loop;
        this.search = new ProcessSearch(feed, this::onFoundSomewhere);
    }

    TrackerBackend.Watch watch(ProcessTracker tracker, IntConsumer count) {
        Counted added = new Counted(tracker, count);
        counted.add(added);
        lookFor();
        return () -> {
            counted.remove(added);
            lookFor();
            forgetUnwanted();
        };
    }

    private void lookFor() {
        search.lookFor(counted.stream().map(entry -> entry.tracker).distinct().toList());
    }

    /** On the thread of the search. */
    private void onFoundSomewhere(ProcessTracker tracker, Set<Integer> pids, boolean endsAreTold) {
        try {
            loop.execute(() -> {
                if (!closed) {
                    onFound(tracker, pids, endsAreTold);
                }
            });
        } catch (RejectedExecutionException e) {
            search.close();
        }
    }

    private void onFound(ProcessTracker tracker, Set<Integer> pids, boolean endsAreTold) {
        for (Counted entry : List.copyOf(counted)) {
            if (entry.tracker.equals(tracker)) {
                entry.pids = new TreeSet<>(pids);
                if (!endsAreTold) {
                    pids.stream().filter(pid -> !pidWatches.containsKey(pid)).forEach(this::watchEnd);
                }
                forgetUnwanted();
                entry.tell();
            }
        }
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
                        ProcessSearch.SCAN_MILLIS);
            }
            return;
        }
        try {
            pidWatches.put(pid, new PidWatch(fd, loop.watch(fd, () -> onEnded(pid))));
        } catch (IOException e) {
            Libc.close(fd);
            LOG.warn(
                    "the end of process {} is noticed up to {} ms late: {}",
                    pid,
                    ProcessSearch.SCAN_MILLIS,
                    e.getMessage());
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

    @Override
    public void close() {
        closed = true;
        search.close();
        counted.clear();
        forgetUnwanted();
    }
}
