package org.vrrp4j;

/** A node could not be started. Nothing is left running, no address is held. The message says what to do. */
public final class NodeStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of obstacle it was. */
    public enum Reason {
        /** No transport or no platform: not on Linux, a library is missing, the kernel lacks something. */
        UNAVAILABLE,
        /** This process lacks a right; the message names it and how to grant it. */
        PERMISSION,
        /** A configured interface does not exist. */
        INTERFACE_MISSING,
        /** Anything else; the cause tells. */
        FAILED
    }

    private final Reason reason;

    NodeStartException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** What kind of obstacle it was. */
    public Reason reason() {
        return reason;
    }
}
