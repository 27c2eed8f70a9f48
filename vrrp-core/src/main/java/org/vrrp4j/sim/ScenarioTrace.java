package org.vrrp4j.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.vrrp4j.model.RouterId;

/**
 * Writes down what occurs, as far as the scenario asks to see it. It is asked after each event like an invariant, and
 * never finds anything wrong. What repeats at equal distances becomes one line.
 */
final class ScenarioTrace implements Invariant {

    /** What a scenario can ask to see. */
    enum Topic {
        /** Changes of role, as listeners are told them. */
        ROLES,
        /** What else listeners are told. */
        EVENTS,
        /** Addresses that come to hosts and leave them. */
        ADDRESSES,
        /** Advertisements that are sent. */
        PACKETS,
        /** Announcements of addresses. */
        ANNOUNCEMENTS,
        /** Operations of address backends. */
        BACKEND,
        /** Nodes that start and end. */
        NODES,
        /** What keepalived.conf's reader warns of. */
        WARNINGS;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static String words() {
            return EnumSet.allOf(Topic.class).stream().map(Topic::word).collect(Collectors.joining(" "));
        }

        static Optional<Topic> of(String word) {
            return EnumSet.allOf(Topic.class).stream()
                    .filter(topic -> topic.word().equals(word))
                    .findFirst();
        }
    }

    private record Entry(Duration time, String text) {}

    private static final String INDENT = "| ";
    private static final int SHORTEST_ROW = 4;

    private final boolean namesRouters;
    private final int hostWidth;
    private final List<Entry> entries = new ArrayList<>();
    private Set<Topic> topics = EnumSet.of(Topic.ROLES, Topic.EVENTS, Topic.ADDRESSES, Topic.WARNINGS);
    private Simulation simulation;

    /**
     * An empty trace.
     *
     * @param namesRouters whether lines say which router they are about
     * @param hostWidth the length of the longest name
     */
    ScenarioTrace(boolean namesRouters, int hostWidth) {
        this.namesRouters = namesRouters;
        this.hostWidth = hostWidth;
    }

    void follow(Simulation followed) {
        simulation = followed;
    }

    void show(Set<Topic> wanted) {
        topics = wanted;
    }

    boolean shows(Topic topic) {
        return topics.contains(topic);
    }

    @Override
    public String sentence() {
        return "everything is written down";
    }

    @Override
    public Optional<String> violation(SimulatedNetwork network, List<Occurrence> occurrences) {
        for (Occurrence occurrence : occurrences) {
            line(occurrence).ifPresent(text -> add(occurrence.host(), text));
        }
        return Optional.empty();
    }

    void add(SimulatedHost host, String text) {
        String name = String.format(Locale.ROOT, "%-" + hostWidth + "s", host.name());
        entries.add(new Entry(simulation.elapsed(), name + "  " + text));
    }

    private Optional<String> line(Occurrence occurrence) {
        if (occurrence instanceof Occurrence.RoleTold told) {
            String detail = told.change().detail();
            return line(
                    Topic.ROLES,
                    told.change().router(),
                    told.change().from() + " -> "
                            + told.change().to() + ": " + told.change().cause().text()
                            + (detail.isEmpty() ? "" : " (" + detail + ")"));
        } else if (occurrence instanceof Occurrence.EventTold told) {
            return line(Topic.EVENTS, told.event().router(), told.event().text());
        } else if (occurrence instanceof Occurrence.Advertised sent) {
            String verb = sent.sent() ? "advertises" : "cannot advertise";
            return line(Topic.PACKETS, sent.router(), verb + " with priority " + sent.priority());
        } else if (occurrence instanceof Occurrence.BackendOperation operation) {
            return line(Topic.BACKEND, operation.router(), operation.operation() + " " + operation.stage());
        } else if (occurrence instanceof Occurrence.Announced) {
            return line(Topic.ANNOUNCEMENTS, occurrence.text());
        } else if (occurrence instanceof Occurrence.AddressChanged) {
            return line(Topic.ADDRESSES, occurrence.text());
        } else if (occurrence instanceof Occurrence.NodeChanged) {
            return line(Topic.NODES, occurrence.text());
        }
        return Optional.empty();
    }

    private Optional<String> line(Topic topic, RouterId router, String text) {
        return line(topic, namesRouters ? router + " " + text : text);
    }

    private Optional<String> line(Topic topic, String text) {
        return topics.contains(topic) ? Optional.of(text) : Optional.empty();
    }

    /** The lines since the last call. */
    List<String> take() {
        Map<String, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            places.computeIfAbsent(entries.get(i).text(), text -> new ArrayList<>())
                    .add(i);
        }
        String[] lines = new String[entries.size()];
        places.values().forEach(same -> write(same, lines));
        entries.clear();
        List<String> result = new ArrayList<>();
        for (String line : lines) {
            if (line != null) {
                result.add(line);
            }
        }
        return result.isEmpty() ? List.of(INDENT + "nothing to show") : result;
    }

    /** Some of the same at equal distances stand where the first one does. */
    private void write(List<Integer> same, String[] lines) {
        int from = 0;
        while (from < same.size()) {
            int last = endOfRow(same, from);
            Entry first = entries.get(same.get(from));
            String line = INDENT + seconds(first.time()) + "  " + first.text();
            if (last > from) {
                Duration distance = distance(same, from);
                line += ", " + (last - from + 1) + " times "
                        + (distance.isZero()
                                ? "at once"
                                : "every " + milliseconds(distance) + " ms until "
                                        + seconds(entries.get(same.get(last)).time())
                                                .trim());
            }
            lines[same.get(from)] = line;
            from = last + 1;
        }
    }

    /** Answers the last of those at equal distances; three can be so by chance. */
    private int endOfRow(List<Integer> same, int from) {
        int last = from + 1;
        while (last + 1 < same.size() && distance(same, last).equals(distance(same, from))) {
            last++;
        }
        return last - from + 1 >= SHORTEST_ROW ? last : from;
    }

    private Duration distance(List<Integer> same, int index) {
        return entries.get(same.get(index + 1))
                .time()
                .minus(entries.get(same.get(index)).time());
    }

    private static String milliseconds(Duration duration) {
        String text = String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e6);
        return text.replaceAll("\\.?0+$", "");
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%11.6f", time.toNanos() / 1e9);
    }

    /** A line that is no occurrence. */
    static String remark(String text) {
        return INDENT + text;
    }
}
