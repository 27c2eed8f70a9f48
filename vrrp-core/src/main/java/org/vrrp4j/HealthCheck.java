package org.vrrp4j;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.vrrp4j.config.HealthTracker;
import org.vrrp4j.config.TrackWeight;
import org.vrrp4j.spi.Probe;

/**
 * A function of the application that says whether what it serves is well, for {@link VirtualRouter#track(HealthCheck)}:
 * while it is not, the virtual router leaves its addresses to a peer.
 *
 * <pre>{@code
 * VirtualRouter.on("eth0").vrid(51).address("192.0.2.100/24")
 *         .track(HealthCheck.of("web", () -> server.isUp()).interval(Duration.ofMillis(200)).fall(2))
 * }</pre>
 *
 * <p>It is well if the function answers true, and not if it answers anything else, throws (the message of the
 * exception is told), or takes longer than the time-out. It never runs twice at once: a function that hangs is
 * interrupted, and asked again only when it has returned. A router is started when each of its checks has answered for
 * the first time, or has timed out. Routers that track equal checks share one. Immutable.
 */
public final class HealthCheck {
    private final HealthTracker tracker;
    private final TrackWeight weight;
    private final Probe probe;

    private HealthCheck(HealthTracker tracker, TrackWeight weight, Probe probe) {
        this.tracker = tracker;
        this.weight = weight;
        this.probe = probe;
    }

    /**
     * A function that answers when it returns; it runs on a daemon thread of its own, and may block.
     *
     * @param name what it is called in log lines and causes; unique in the node
     */
    public static HealthCheck of(String name, Callable<Boolean> function) {
        return new HealthCheck(initial(name), TrackWeight.FAULT, new HealthProbe(name, function));
    }

    /**
     * A function that returns at once and answers later. It is called on a daemon thread of its own, which waits for
     * the answer; after the time-out the stage is cancelled.
     *
     * @param name what it is called in log lines and causes; unique in the node
     */
    public static HealthCheck async(String name, Supplier<? extends CompletionStage<Boolean>> function) {
        Objects.requireNonNull(function, "function");
        return of(name, () -> {
            CompletableFuture<Boolean> answer = function.get().toCompletableFuture();
            try {
                return answer.get();
            } catch (InterruptedException e) {
                answer.cancel(true);
                throw e;
            }
        });
    }

    private static HealthTracker initial(String name) {
        Duration second = Duration.ofSeconds(1);
        return new HealthTracker(name, second, second, 1, 1, false);
    }

    /** The time between the starts of two runs, and the longest that one may take unless that is said. Default: 1 s. */
    public HealthCheck interval(Duration value) {
        boolean same = tracker.timeout().equals(tracker.interval());
        return with(value, same ? value : tracker.timeout(), tracker.rise(), tracker.fall(), weight);
    }

    /** How long the function may take before that counts as a failure. Default: the interval. */
    public HealthCheck timeout(Duration value) {
        return with(tracker.interval(), value, tracker.rise(), tracker.fall(), weight);
    }

    /** How many successes it takes, one after the other, until it is well again; at least 1. Default: 1. */
    public HealthCheck rise(int value) {
        return with(tracker.interval(), tracker.timeout(), value, tracker.fall(), weight);
    }

    /** How many failures it takes, one after the other, until it is not well; at least 1. Default: 1. */
    public HealthCheck fall(int value) {
        return with(tracker.interval(), tracker.timeout(), tracker.rise(), value, weight);
    }

    /**
     * Changes the priority instead of putting the router into FAULT: a positive weight is added while all is well, a
     * negative one while it is not. The sum is kept between 1 and 254. A lower priority moves the addresses only where
     * a peer of higher priority may preempt.
     *
     * @param value -254 to 254; 0 for FAULT, which is the default
     */
    public HealthCheck weight(int value) {
        return with(
                tracker.interval(), tracker.timeout(), tracker.rise(), tracker.fall(), new TrackWeight(value, false));
    }

    private HealthCheck with(Duration interval, Duration timeout, int rise, int fall, TrackWeight newWeight) {
        HealthTracker changed =
                new HealthTracker(tracker.name(), interval, timeout, rise, fall, tracker.initiallyDown());
        return new HealthCheck(changed, newWeight, probe);
    }

    HealthTracker tracker() {
        return tracker;
    }

    TrackWeight weight() {
        return weight;
    }

    Probe probe() {
        return probe;
    }
}
