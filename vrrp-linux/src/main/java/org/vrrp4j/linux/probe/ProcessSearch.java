package org.vrrp4j.linux.probe;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.config.ProcessTracker;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.ProcessEvent;

/**
 * Looks for processes, on a thread of its own, as {@code /proc} may be slow. It is looked through once, and after that
 * the kernel tells which process is to be looked at. What must not be missed is looked for again: when the kernel has
 * lost events, when something else is wanted, and now and then, as another program can turn the events off
 * (PROC_CN_MCAST_IGNORE, before 6.6). Where there are no events, {@code /proc} is looked through every half second.
 */
final class ProcessSearch implements AutoCloseable {
    /** How often everything is looked at where nothing is told. */
    static final long SCAN_MILLIS = 500;

    private static final Logger LOG = LoggerFactory.getLogger(ProcessSearch.class);
    private static final long SCAN_NANOS = TimeUnit.MILLISECONDS.toNanos(SCAN_MILLIS);
    private static final long RARE_SCAN_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int TURN_MILLIS = 100;

    private final ProcessFeed.Opener opener;
    private final Listener listener;
    private final Map<ProcessTracker, Set<Integer>> found = new HashMap<>();
    private final Object changed = new Object();
    private Order order = new Order(0, List.of());
    private Thread thread;
    private ProcessFeed feed;
    private boolean failing;
    private boolean closed;

    /** What to look for; a later one wants an answer even if it is for the same. */
    private record Order(int number, List<ProcessTracker> trackers) {}

    /** Who hears of what was found, on the thread of the search. */
    interface Listener {
        /**
         * All processes of a tracker, after a change.
         *
         * @param endsAreTold whether this will tell as soon as one of them ends
         */
        void onFound(ProcessTracker tracker, Set<Integer> pids, boolean endsAreTold);
    }

    ProcessSearch(ProcessFeed.Opener opener, Listener listener) {
        this.opener = opener;
        this.listener = listener;
    }

    /** From now on these are looked for, and what is found is told anew. On any thread. */
    void lookFor(List<ProcessTracker> trackers) {
        synchronized (changed) {
            order = new Order(order.number() + 1, List.copyOf(trackers));
            changed.notifyAll();
            if (thread == null && !closed) {
                thread = new Thread(this::run, "vrrp-processes");
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    private void run() {
        openFeed();
        try {
            long scanned = System.nanoTime();
            boolean lost = true;
            Order done = new Order(0, List.of());
            while (!isClosed()) {
                Order now = order();
                long since = System.nanoTime() - scanned;
                boolean due = since >= (feed == null || lost ? SCAN_NANOS : RARE_SCAN_NANOS);
                if (now.number() != done.number() || due) {
                    scanned = System.nanoTime();
                    lost = false;
                    done = now;
                    scan(now.trackers());
                }
                if (feed == null) {
                    awaitChange(done);
                } else {
                    lost |= !follow();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeFeed();
        }
    }

    private void openFeed() {
        try {
            feed = opener.open();
            LOG.info("the kernel tells of processes");
        } catch (LinuxException e) {
            LOG.info(
                    "the kernel does not tell of processes, so /proc is looked through every {} ms: {}",
                    SCAN_MILLIS,
                    e.getMessage());
        }
    }

    private void closeFeed() {
        if (feed != null) {
            feed.close();
            feed = null;
        }
    }

    private Order order() {
        synchronized (changed) {
            return order;
        }
    }

    private boolean isClosed() {
        synchronized (changed) {
            return closed;
        }
    }

    private void awaitChange(Order done) throws InterruptedException {
        synchronized (changed) {
            if (!closed && order.number() == done.number()) {
                changed.wait(SCAN_MILLIS);
            }
        }
    }

    private void scan(List<ProcessTracker> trackers) {
        Map<ProcessTracker, Set<Integer>> seen = new HashMap<>();
        trackers.forEach(tracker -> seen.put(tracker, new TreeSet<>()));
        try {
            ProcessFiles.forEach(process -> trackers.stream()
                    .filter(process::matches)
                    .forEach(tracker -> seen.get(tracker).add(process.pid())));
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                failing = true;
                LOG.error("/proc cannot be read, so no process counts as running: is it mounted?", e);
            }
        }
        found.clear();
        found.putAll(seen);
        found.forEach((tracker, pids) -> listener.onFound(tracker, Set.copyOf(pids), feed != null));
    }

    /** Whether nothing was lost. */
    private boolean follow() {
        try {
            Set<ProcessTracker> touched = new HashSet<>();
            feed.await(TURN_MILLIS).forEach(event -> onEvent(event, touched::add));
            touched.forEach(tracker -> listener.onFound(tracker, Set.copyOf(found.get(tracker)), true));
            return true;
        } catch (LinuxException e) {
            if (!e.is(Errno.ENOBUFS)) {
                LOG.warn(
                        "the kernel does not tell of processes any more, so /proc is looked through every {} ms: {}",
                        SCAN_MILLIS,
                        e.getMessage());
                closeFeed();
            }
            return false;
        }
    }

    private void onEvent(ProcessEvent event, Consumer<ProcessTracker> onChange) {
        int pid = event.process();
        switch (event.kind()) {
            case FORKED ->
                found.forEach((tracker, pids) -> {
                    // a child begins as its parent; that of another is of no interest before it is something else
                    if (pids.contains(event.parent())) {
                        look(pid, tracker, pids, onChange);
                    }
                });
            case CHANGED -> found.forEach((tracker, pids) -> look(pid, tracker, pids, onChange));
            case ENDED ->
                found.forEach((tracker, pids) -> {
                    if (pids.remove(pid)) {
                        onChange.accept(tracker);
                    }
                });
            default -> LOG.debug("no change of a process: {}", event);
        }
    }

    private static void look(int pid, ProcessTracker tracker, Set<Integer> pids, Consumer<ProcessTracker> onChange) {
        boolean isOne = ProcessFiles.of(pid).matches(tracker);
        if (isOne ? pids.add(pid) : pids.remove(pid)) {
            onChange.accept(tracker);
        }
    }

    /** Ends the thread, soon. On any thread. */
    @Override
    public void close() {
        synchronized (changed) {
            closed = true;
            changed.notifyAll();
        }
    }
}
