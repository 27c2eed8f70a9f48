package org.vrrp4j.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.vrrp4j.model.RouterId;

/** What was seen of each router of each host; forgotten when its node ends or starts. */
final class PerRouter<T> {
    private final Map<SimulatedHost, Map<RouterId, T>> values = new HashMap<>();

    T get(SimulatedHost host, RouterId router, T otherwise) {
        return values.getOrDefault(host, Map.of()).getOrDefault(router, otherwise);
    }

    /** Answers what was there before, or null. */
    T put(SimulatedHost host, RouterId router, T value) {
        return values.computeIfAbsent(host, key -> new HashMap<>()).put(router, value);
    }

    void forget(SimulatedHost host) {
        values.remove(host);
    }

    Optional<String> complain(SimulatedHost host, Function<T, Optional<String>> complaint) {
        return values.getOrDefault(host, Map.of()).values().stream()
                .flatMap(value -> complaint.apply(value).stream())
                .findFirst();
    }
}
