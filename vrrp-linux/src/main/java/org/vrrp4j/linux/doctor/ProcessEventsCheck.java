package org.vrrp4j.linux.doctor;

import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;
import org.vrrp4j.config.ProcessTracker;
import org.vrrp4j.config.Tracked;
import org.vrrp4j.linux.doctor.Finding.Topic;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.ProcessEvents;

/** Whether the kernel tells of processes, where some are tracked. */
final class ProcessEventsCheck {
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final Consumer<Finding> out;
    private final Attempt attempt;

    /** What tries it. */
    interface Attempt {
        void run() throws LinuxException;
    }

    ProcessEventsCheck(Consumer<Finding> out) {
        this(out, () -> ProcessEvents.open(PATIENCE).close());
    }

    ProcessEventsCheck(Consumer<Finding> out, Attempt attempt) {
        this.out = out;
        this.attempt = attempt;
    }

    void check(Collection<Tracked> trackers) {
        if (trackers.stream().noneMatch(tracked -> tracked.tracker() instanceof ProcessTracker)) {
            return;
        }
        try {
            attempt.run();
            out.accept(Finding.ok(Topic.KERNEL, "", "the kernel tells of processes that begin and end"));
        } catch (LinuxException e) {
            out.accept(Finding.hint(
                    Topic.KERNEL,
                    "",
                    "the kernel does not tell of processes here, so that a tracked one that begins is noticed up to"
                            + " half a second late; the end of one is noticed at once: " + e.getMessage(),
                    "if that matters, run vrrp with CAP_NET_ADMIN outside of containers"));
        }
    }
}
