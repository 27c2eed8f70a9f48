package org.vrrp4j.keepalived;

import java.net.InetAddress;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.vrrp4j.config.BfdTracker;
import org.vrrp4j.config.Tracker;
import org.vrrp4j.model.IpAddresses;

/** The trackers of a file by kind and name, as far as they have been read; used ones are built once. */
final class Trackers {
    private final Map<TrackerKind, Map<String, TrackerDraft>> drafts = new EnumMap<>(TrackerKind.class);
    private final Map<TrackerDraft, Optional<Tracker>> built = new LinkedHashMap<>();

    Trackers() {
        for (TrackerKind kind : TrackerKind.values()) {
            drafts.put(kind, new LinkedHashMap<>());
        }
    }

    /** Reads the block of a definition into a draft of its own; a second one of a name is skipped, with an error. */
    <T extends TrackerDraft> Block<?> define(
            TrackerKind kind, KeywordTable<T> table, Statement line, BiFunction<String, Position, T> draft) {
        Optional<String> name = line.value("a name");
        if (name.isEmpty()) {
            return Block.skipped(line.position());
        }
        T tracker = draft.apply(name.get(), line.position());
        TrackerDraft first = drafts.get(kind).putIfAbsent(name.get(), tracker);
        if (first != null) {
            line.error(line.keyword() + " " + Found.quote(name.get()) + " is in line "
                    + first.position().line() + " already; give each a name of its own");
            return Block.skipped(line.position());
        }
        return new Block<>(table, tracker);
    }

    /** One that was defined so far. */
    Optional<TrackerDraft> find(TrackerKind kind, String name) {
        return Optional.ofNullable(drafts.get(kind).get(name));
    }

    /** Builds all, and reports what they lack. */
    void build(GlobalDraft globals, Reading reading) {
        drafts.values()
                .forEach(ofKind -> ofKind.values().forEach(draft -> built.put(draft, draft.build(globals, reading))));
        checkNeighbors(reading);
    }

    private void checkNeighbors(Reading reading) {
        Map<InetAddress, TrackerDraft> first = new HashMap<>();
        drafts.get(TrackerKind.BFD)
                .values()
                .forEach(draft -> built(draft).ifPresent(tracker -> {
                    InetAddress neighbor = ((BfdTracker) tracker).path().neighbor();
                    TrackerDraft other = first.putIfAbsent(neighbor, draft);
                    if (other != null) {
                        reading.error(
                                draft.position(),
                                "bfd_instance " + Found.quote(other.name) + " in line "
                                        + other.position().line() + " has the neighbour " + IpAddresses.text(neighbor)
                                        + " already");
                    }
                }));
    }

    /** All that were built of one kind, followed or not. */
    <T extends Tracker> List<T> built(Class<T> kind) {
        return built.values().stream()
                .flatMap(Optional::stream)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** What was built from a definition. */
    Optional<Tracker> built(TrackerDraft draft) {
        return built.getOrDefault(draft, Optional.empty());
    }
}
