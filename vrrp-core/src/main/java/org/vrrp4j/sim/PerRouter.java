package org.vrrp4j.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.vrrp4j.model.RouterId;

/** What was seen of each router of each host; forgotten when its node ends or starts. */
final class PerRouter<T> {
    private record Key(SimulatedHost host, RouterId router) {}

    private final Map<Key, T> values = new HashMap<>();

    T get(SimulatedHost host, RouterId router, T otherwise) {
        return values.getOrDefault(new Key(host, router), otherwise);
    }

    void put(SimulatedHost host, RouterId router, T value) {
        values.put(new Key(host, router), value);
    }

    void forget(SimulatedHost host) {
        values.keySet().removeIf(key -> key.host == host);
    }

    Optional<String> complain(SimulatedHost host, Function<T, Optional<String>> complaint) {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().host == host)
                .map(entry -> complaint.apply(entry.getValue()))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
