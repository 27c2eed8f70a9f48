package org.vrrp4j.keepalived;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vrrp4j.config.Problem;
import org.vrrp4j.config.Severity;

/**
 * Collects problems in any order, each once, though its line be repeated or included again, and keeps no more of each
 * severity than somebody would read.
 */
final class ProblemList {
    static final int LIMIT = 100;

    private final Set<Problem> kept = new LinkedHashSet<>();
    private final Map<String, Integer> files = new HashMap<>();
    private final Map<Severity, Tally> tallies = new EnumMap<>(Map.of(
            Severity.ERROR, new Tally("errors"),
            Severity.REPAIRED, new Tally("repaired mistakes"),
            Severity.WARNING, new Tally("warnings")));

    /** The problems of one severity that were counted and those that were not kept. */
    private static final class Tally {
        final String plural;
        int count;
        Position firstOmitted;

        Tally(String plural) {
            this.plural = plural;
        }
    }

    void add(Severity severity, Position position, String message) {
        Problem problem = new Problem(severity, position.file(), position.line(), message);
        if (kept.contains(problem)) {
            return;
        }
        files.putIfAbsent(position.file(), files.size());
        Tally tally = tallies.get(severity);
        tally.count++;
        if (tally.count <= LIMIT) {
            kept.add(problem);
        } else if (tally.firstOmitted == null) {
            tally.firstOmitted = position;
        }
    }

    boolean hasErrors() {
        return tallies.get(Severity.ERROR).count > 0;
    }

    boolean hasRepairs() {
        return tallies.get(Severity.REPAIRED).count > 0;
    }

    boolean isOverLimit() {
        return tallies.get(Severity.ERROR).count >= LIMIT;
    }

    /** In the order of each file, and at the end how many were left out. */
    List<Problem> inOrder() {
        List<Problem> result = new ArrayList<>(kept);
        result.sort(Comparator.comparing((Problem problem) -> files.get(problem.file()))
                .thenComparingInt(Problem::line));
        tallies.forEach((severity, tally) -> addOmitted(result, severity, tally));
        return List.copyOf(result);
    }

    private static void addOmitted(List<Problem> result, Severity severity, Tally tally) {
        if (tally.firstOmitted != null) {
            result.add(new Problem(
                    severity,
                    tally.firstOmitted.file(),
                    tally.firstOmitted.line(),
                    "and " + (tally.count - LIMIT) + " more " + tally.plural));
        }
    }
}
