package org.vrrp4j.keepalived;

import org.vrrp4j.config.Severity;

/** What all steps of one reading share: its problems, and whether the text was understood in full. */
final class Reading {
    private final ProblemList problems = new ProblemList();
    private boolean incomplete;
    private boolean stopped;

    ProblemList problems() {
        return problems;
    }

    void error(Position position, String message) {
        problems.add(Severity.ERROR, position, message);
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

    /** Ends the reading here, after an error that makes the rest meaningless. */
    void stop() {
        incomplete = true;
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }
}
