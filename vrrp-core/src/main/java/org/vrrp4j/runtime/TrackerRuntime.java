package org.vrrp4j.runtime;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.vrrp4j.config.BfdTracker;
import org.vrrp4j.config.FileTracker;
import org.vrrp4j.config.HealthTracker;
import org.vrrp4j.config.InterfaceTracker;
import org.vrrp4j.config.ProcessTracker;
import org.vrrp4j.config.ScriptTracker;
import org.vrrp4j.config.Tracker;
import org.vrrp4j.model.TrackerStatus;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.LinkMonitor;
import org.vrrp4j.spi.Platform;
import org.vrrp4j.spi.Probe;
import org.vrrp4j.spi.ProbeResult;
import org.vrrp4j.spi.TrackerBackend;
import org.vrrp4j.tracking.Reading;
import org.vrrp4j.tracking.Standing;
import org.vrrp4j.tracking.TrackerEffect;
import org.vrrp4j.tracking.TrackerInput;
import org.vrrp4j.tracking.TrackerMachine;

/** Runs one {@link TrackerMachine}. On the loop's thread, but for {@link #status()}. */
final class TrackerRuntime {
    private final Tracker tracker;
    private final EventLoop loop;
    private final BiConsumer<Reading, Reading> onReading;
    private final TrackerMachine machine;
    private final Reading known;
    private Probe probe;
    private Probe.Run run;
    private TrackerBackend.Watch watch = () -> {};
    private EventLoop.Scheduled scheduled = () -> {};
    private boolean looked;
    private boolean stopped;
    private volatile TrackerStatus status;

    /**
     * A tracker that is not followed yet.
     *
     * @param known how it counts until the first result
     * @param onReading takes how it was and how it is, at each change
     */
    TrackerRuntime(Tracker tracker, EventLoop loop, Reading known, BiConsumer<Reading, Reading> onReading) {
        this.tracker = tracker;
        this.loop = loop;
        this.onReading = onReading;
        this.machine = new TrackerMachine(tracker);
        this.known = known;
        this.status = Standing.status(tracker, reading());
    }

    /**
     * Follows it from now on.
     *
     * @throws IOException if that is not possible on this host
     */
    void start(Platform platform, LinkMonitor links, BfdRuntime bfd) throws IOException {
        if (tracker instanceof ScriptTracker script) {
            probe = platform.trackers().script(script);
        } else if (tracker instanceof HealthTracker health) {
            probe = platform.trackers().healthCheck(health);
        } else if (tracker instanceof ProcessTracker processes) {
            watch = platform.trackers().processes(processes, this::onNumber);
        } else if (tracker instanceof FileTracker file) {
            watch = platform.trackers().file(file, this::onNumber);
        } else if (tracker instanceof InterfaceTracker link) {
            LinkMonitor.LinkListener listener = state -> feed(new TrackerInput.LinkRead(state.present() && state.up()));
            watch = () -> links.unwatch(listener);
            links.watch(link.name(), listener);
        } else if (tracker instanceof BfdTracker session) {
            watch = bfd.watch(session, (up, detail) -> feed(new TrackerInput.SessionRead(up, detail)));
        }
        feed(new TrackerInput.Started());
    }

    void stop() {
        feed(new TrackerInput.Stopped());
        stopped = true;
        scheduled.cancel();
        watch.close();
    }

    Reading reading() {
        return known.isKnown() && !looked ? known : machine.reading();
    }

    /** On any thread. */
    TrackerStatus status() {
        return status;
    }

    private void onNumber(int number) {
        feed(new TrackerInput.NumberRead(number));
    }

    private void feed(TrackerInput input) {
        if (stopped) {
            return;
        }
        Reading before = reading();
        for (TrackerEffect effect : List.copyOf(machine.step(loop.nanoTime(), input))) {
            if (effect instanceof TrackerEffect.RunProbe) {
                run();
            } else if (effect instanceof TrackerEffect.CancelProbe) {
                run.cancel();
            } else if (effect instanceof TrackerEffect.TellReading) {
                looked |= !(input instanceof TrackerInput.Started);
            }
        }
        looked |= input instanceof TrackerInput.ProbeEnded;
        Reading now = reading();
        if (!now.equals(before)) {
            status = Standing.status(tracker, now);
            onReading.accept(before, now);
        }
        schedule();
    }

    /** In turns of their own: what a probe does at once must not be done within another input. */
    private void run() {
        try {
            run = probe.start(result -> later(() -> onEnded(result)));
        } catch (RuntimeException e) {
            run = () -> {};
            later(() -> onEnded(ProbeResult.failed(e.toString())));
        }
    }

    private void onEnded(ProbeResult result) {
        feed(new TrackerInput.ProbeEnded(result.passed(), result.detail()));
    }

    private void later(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            EventLog.answeredTooLate(tracker);
        }
    }

    private void schedule() {
        scheduled.cancel();
        OptionalLong deadline = machine.nextDeadlineNanos();
        if (deadline.isPresent()) {
            scheduled = loop.schedule(deadline.getAsLong(), () -> feed(new TrackerInput.TimePassed()));
        }
    }
}
