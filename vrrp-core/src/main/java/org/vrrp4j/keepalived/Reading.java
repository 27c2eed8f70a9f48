package org.vrrp4j.keepalived;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.LongConsumer;
import org.vrrp4j.config.Severity;

/** What all steps of one reading share: its problems, and whether the text was understood in full. */
final class Reading {
    /** How much may come of expansion, in characters; each line counts some more. */
    static final int MAX_EXPANSION = 8 << 20;

    private static final int COST_OF_A_LINE = 16;

    private final ProblemList problems = new ProblemList();
    private final Set<Includes.Check> includeChecks = EnumSet.noneOf(Includes.Check.class);
    private final HostRoutingNames routingNames = new HostRoutingNames();
    private LongConsumer random = seed -> {};
    private int room = MAX_EXPANSION;
    private boolean incomplete;
    private boolean stopped;

    ProblemList problems() {
        return problems;
    }

    void error(Position position, String message) {
        problems.add(Severity.ERROR, position, message);
    }

    /** A mistake that leaves no doubt about what is meant, and after which keepalived goes on with the same. */
    void repaired(Position position, String message) {
        problems.add(Severity.REPAIRED, position, message);
    }

    void warning(Position position, String message) {
        problems.add(Severity.WARNING, position, message);
    }

    /** Lines were left out or not expanded: that something is missing proves nothing any more. */
    void markIncomplete() {
        incomplete = true;
    }

    boolean isIncomplete() {
        return incomplete;
    }

    /** Takes note of a line that came of expansion; false if that was too much and the reading ends. */
    boolean spend(Position position, int length) {
        room -= length + COST_OF_A_LINE;
        if (room < 0 && !stopped) {
            error(
                    position,
                    "included files and expanded definitions are more than " + (MAX_EXPANSION >> 20)
                            + " MiB; the file is not read further");
            stop();
        }
        return room >= 0;
    }

    /** The checks of every include, which the text can set. */
    Set<Includes.Check> includeChecks() {
        return includeChecks;
    }

    /** The names of routing tables and the like. */
    HostRoutingNames routingNames() {
        return routingNames;
    }

    /** Who is told of a {@code random_seed}. */
    void onRandomSeed(LongConsumer listener) {
        random = listener;
    }

    void seedRandom(long seed) {
        random.accept(seed);
    }

    /** Ends the reading here, after an error that makes the rest meaningless. */
    void stop() {
        incomplete = true;
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }
}
