package org.vrrp4j.sim;

/** A line of a scenario cannot be read or carried out; the message says what to write instead. */
final class ScenarioSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ScenarioSyntaxException(String message) {
        super(message);
    }
}
