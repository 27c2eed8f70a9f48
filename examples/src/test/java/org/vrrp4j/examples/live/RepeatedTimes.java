package org.vrrp4j.examples.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What was measured each time that something happened, by name. */
final class RepeatedTimes {
    private final Map<String, List<Duration>> times = new LinkedHashMap<>();

    /** How often to do it, unless {@code -Dvrrp4j.repeats=50} or another number asks for better figures. */
    static int repeats(int ordinarily) {
        return Integer.getInteger("vrrp4j.repeats", ordinarily);
    }

    void add(String name, Duration time) {
        times.computeIfAbsent(name, none -> new ArrayList<>()).add(time);
    }

    /** A busy machine can only add to a time, so the shortest is the proof. */
    Duration shortest(String name) {
        return sorted(times.get(name)).get(0);
    }

    private static List<Duration> sorted(List<Duration> durations) {
        return durations.stream().sorted().toList();
    }

    /** One line for each name. */
    void print(String what) {
        times.forEach((name, durations) -> {
            List<Duration> sorted = sorted(durations);
            System.out.printf(
                    "measured: %s: %s after %s ms (shortest, median, longest of %d)%n",
                    what,
                    name,
                    List.of(0, sorted.size() / 2, sorted.size() - 1).stream()
                            .map(index -> "%.1f".formatted(sorted.get(index).toNanos() / 1e6))
                            .collect(Collectors.joining(" / ")),
                    sorted.size());
        });
    }
}
