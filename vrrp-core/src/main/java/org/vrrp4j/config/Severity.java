package org.vrrp4j.config;

/** How much a {@link Problem} weighs. */
public enum Severity {
    /** Nothing is configured from such a text. */
    ERROR,
    /**
     * The text is wrong, and was read as what it must mean; keepalived does the same when it starts, and refuses it
     * when it is to check it.
     */
    REPAIRED,
    /** The text can be used, but something in it has another effect than it says, or none. */
    WARNING
}
