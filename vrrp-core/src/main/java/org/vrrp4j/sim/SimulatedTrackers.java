package org.vrrp4j.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.vrrp4j.config.FileTracker;
import org.vrrp4j.config.HealthTracker;
import org.vrrp4j.config.ProcessTracker;
import org.vrrp4j.config.ScriptTracker;
import org.vrrp4j.spi.Probe;
import org.vrrp4j.spi.ProbeResult;
import org.vrrp4j.spi.TrackerBackend;

/** What there is to track on a host, by the names of the trackers: set by a test, seen by the nodes. */
public final class SimulatedTrackers {
    private final SimulatedHost host;
    private final Map<String, ProbeConduct> conduct = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Follower> followers = new ArrayList<>();

    private record Follower(String name, SimulatedProcess process, IntConsumer listener) {
        void tell(int number) {
            process.tell(() -> listener.accept(number));
        }
    }

    SimulatedTrackers(SimulatedHost host) {
        this.host = host;
    }

    /** From now on scripts and health checks of a name do this; they pass unless told otherwise. */
    public void probe(String tracker, ProbeConduct value) {
        host.timeline().call(() -> {
            host.network().interfered(host, tracker + " " + value);
            conduct.put(tracker, value);
        });
    }

    /** From now on a tracked file says this, or so many of the tracked processes run. */
    public void number(String tracker, int value) {
        host.timeline().call(() -> {
            host.network().interfered(host, tracker + " is " + value);
            numbers.put(tracker, value);
            List.copyOf(followers).stream()
                    .filter(follower -> follower.name().equals(tracker))
                    .forEach(follower -> follower.tell(value));
        });
    }

    /** What one process sees of it. */
    TrackerBackend seenBy(SimulatedProcess process) {
        return new TrackerBackend() {
            @Override
            public Probe script(ScriptTracker tracker) {
                return answer -> run(tracker.name(), answer);
            }

            @Override
            public Probe healthCheck(HealthTracker tracker) {
                return answer -> run(tracker.name(), answer);
            }

            @Override
            public Watch processes(ProcessTracker tracker, IntConsumer count) {
                return follow(tracker.name(), process, count, Math.max(1, tracker.least()));
            }

            @Override
            public Watch file(FileTracker tracker, IntConsumer value) {
                return follow(tracker.name(), process, value, 0);
            }
        };
    }

    private Probe.Run run(String name, Consumer<ProbeResult> answer) {
        ProbeConduct how = conduct.getOrDefault(name, ProbeConduct.PASSES);
        if (how == ProbeConduct.HANGS) {
            return () -> answer.accept(ProbeResult.failed("cancelled"));
        }
        answer.accept(how == ProbeConduct.PASSES ? ProbeResult.PASSED : ProbeResult.failed("it fails"));
        return () -> {};
    }

    private TrackerBackend.Watch follow(
            String name, SimulatedProcess process, IntConsumer listener, int numberAtFirst) {
        Follower follower = new Follower(name, process, listener);
        followers.add(follower);
        follower.tell(numbers.getOrDefault(name, numberAtFirst));
        return () -> followers.remove(follower);
    }
}
