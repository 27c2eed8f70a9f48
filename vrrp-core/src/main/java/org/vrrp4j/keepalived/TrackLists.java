package org.vrrp4j.keepalived;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.vrrp4j.config.InterfaceTracker;
import org.vrrp4j.config.TrackWeight;
import org.vrrp4j.config.Tracked;
import org.vrrp4j.config.Tracker;

/** What an instance or a group follows: the blocks track_interface, track_script and so on. */
final class TrackLists {
    private static final String NOT_WATCHED =
            "this is not watched, and the router keeps its addresses although it fails";

    private final Trackers trackers;
    private final Set<String> seen = new HashSet<>();
    private final List<Entry> entries = new ArrayList<>();

    TrackLists(Trackers trackers) {
        this.trackers = trackers;
    }

    /**
     * One line.
     *
     * @param definition what it names; null for an interface, which needs none
     * @param weight what it says itself; empty for that of the definition
     */
    private record Entry(TrackerKind kind, String name, TrackerDraft definition, Optional<Statement> weight) {}

    /** The block; its lines go to the lists. */
    private static final class ListDraft extends Draft {
        private final TrackLists lists;
        private final TrackerKind kind;

        ListDraft(TrackLists lists, TrackerKind kind, Position position) {
            super(position);
            this.lists = lists;
            this.kind = kind;
        }
    }

    /** Adds the blocks to the keywords of an instance or a group. */
    static <D extends Draft> void addTo(KeywordTable<D> table, Function<D, TrackLists> of) {
        for (TrackerKind kind : TrackerKind.values()) {
            KeywordTable<ListDraft> lines =
                    new KeywordTable<ListDraft>(kind.keyword).others((list, line) -> list.lists.add(list.kind, line));
            Keyword.BlockHandler<D> handler = (draft, line) -> {
                line.noParameters();
                return new Block<>(lines, new ListDraft(of.apply(draft), kind, line.position()));
            };
            if (kind == TrackerKind.BFD) {
                table.notYetBlock(NOT_WATCHED, kind.keyword, lines, handler);
            } else {
                table.block(kind.keyword, lines, handler);
            }
        }
    }

    private void add(TrackerKind kind, Statement line) {
        String name = line.keyword();
        TrackerDraft definition = trackers.find(kind, name).orElse(null);
        if (kind == TrackerKind.INTERFACE ? !InstanceKeywords.isInterfaceName(name) : definition == null) {
            line.error(
                    kind == TrackerKind.INTERFACE
                            ? Found.quote(name) + " is no name of an interface"
                            : Found.quote(name) + " is no " + kind.definition + " that stands above");
            return;
        }
        if (!seen.add(kind + " " + name)) {
            line.error(Found.quote(name) + " is in " + kind.keyword + " already");
            return;
        }
        line.warnOfMoreThan(4);
        boolean valid = Weights.readFollowed(line, TrackWeight.FAULT, kind.maxWeight, kind.mayReturn)
                .isPresent();
        if (valid) {
            boolean own = !line.values().isEmpty();
            entries.add(new Entry(kind, name, definition, own ? Optional.of(line) : Optional.empty()));
        }
    }

    /** As an unweighted track_interface, in place of a weighted one. */
    void followInterface(String name) {
        seen.add(TrackerKind.INTERFACE + " " + name);
        entries.removeIf(
                entry -> entry.kind() == TrackerKind.INTERFACE && entry.name().equals(name));
        entries.add(new Entry(TrackerKind.INTERFACE, name, null, Optional.empty()));
    }

    /** What is followed; definitions must have been built. */
    List<Tracked> build() {
        List<Tracked> result = new ArrayList<>();
        for (Entry entry : entries) {
            TrackWeight usual = entry.definition() == null ? TrackWeight.FAULT : entry.definition().weight;
            TrackWeight weight = entry.weight()
                    .flatMap(line -> Weights.readFollowed(line, usual, entry.kind().maxWeight, entry.kind().mayReturn))
                    .orElse(usual);
            Optional<Tracker> tracker = entry.definition() == null
                    ? Optional.of(new InterfaceTracker(entry.name()))
                    : trackers.built(entry.definition());
            tracker.ifPresent(built -> result.add(new Tracked(built, weight)));
        }
        return result;
    }
}
