package org.vrrp4j.keepalived;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.vrrp4j.config.Problem;
import org.vrrp4j.config.Severity;

/** Collects problems in any order, and keeps no more of each severity than somebody would read. */
final class ProblemList {
    static final int LIMIT = 100;

    private final List<Problem> kept = new ArrayList<>();
    private final Tally errors = new Tally("errors");
    private final Tally warnings = new Tally("warnings");

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
        Tally tally = severity == Severity.ERROR ? errors : warnings;
        tally.count++;
        if (tally.count <= LIMIT) {
            kept.add(new Problem(severity, position.file(), position.line(), message));
        } else if (tally.firstOmitted == null) {
            tally.firstOmitted = position;
        }
    }

    boolean hasErrors() {
        return errors.count > 0;
    }

    boolean isOverLimit() {
        return errors.count >= LIMIT;
    }

    /** In the order of the file, and at the end how many were left out. */
    List<Problem> inOrder() {
        List<Problem> result = new ArrayList<>(kept);
        result.sort(Comparator.comparingInt(Problem::line));
        addOmitted(result, Severity.ERROR, errors);
        addOmitted(result, Severity.WARNING, warnings);
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
