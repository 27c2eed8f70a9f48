package org.vrrp4j.model;

/** Why a BFD session was last changed (RFC 5880, 4.1). */
public enum BfdDiagnostic {
    /** No reason. */
    NONE(0, "no diagnostic"),
    /** No packet came within the detection time. */
    DETECTION_TIME_EXPIRED(1, "no packet within the detection time"),
    /** An echo did not come back. */
    ECHO_FAILED(2, "the echo function failed"),
    /** The neighbour said that it is down. */
    NEIGHBOR_SIGNALED_DOWN(3, "the neighbour signalled that the session is down"),
    /** The forwarding plane was reset. */
    FORWARDING_PLANE_RESET(4, "the forwarding plane was reset"),
    /** The path is down. */
    PATH_DOWN(5, "the path is down"),
    /** A concatenated path is down. */
    CONCATENATED_PATH_DOWN(6, "a concatenated path is down"),
    /** An administrator ended it. */
    ADMINISTRATIVELY_DOWN(7, "administratively down"),
    /** A concatenated path is down in the other direction. */
    REVERSE_CONCATENATED_PATH_DOWN(8, "a reverse concatenated path is down"),
    /** A number that the RFC reserves: received only. */
    RESERVED(31, "a reserved diagnostic");

    private final int number;
    private final String text;

    BfdDiagnostic(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /** The one with a number of 0 to 31. */
    public static BfdDiagnostic of(int number) {
        return number <= REVERSE_CONCATENATED_PATH_DOWN.number ? values()[number] : RESERVED;
    }

    /** The number on the wire. */
    public int number() {
        return number;
    }

    /** In words, for log lines. */
    public String text() {
        return text;
    }
}
