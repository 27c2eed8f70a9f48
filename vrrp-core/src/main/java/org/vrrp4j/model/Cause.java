package org.vrrp4j.model;

/** Why a virtual router changed its role: the same word in the log line, the event and the status. */
public enum Cause {
    /** The router was started. */
    STARTUP("started"),
    /** The router has priority 255: it owns the addresses and does not wait (RFC 9568, 6.4.1). */
    OWNER("owns the addresses"),
    /** No advertisement was heard for the Master_Down_Interval. */
    MASTER_DOWN("heard no master"),
    /** The master gave up with an advertisement of priority 0. */
    MASTER_RELEASED("the master gave up"),
    /** The master has a lower priority and this router may preempt it. */
    PREEMPTION("preempts a master of lower priority"),
    /** A router of higher priority advertises. */
    HIGHER_PRIORITY("heard a higher priority"),
    /** A router of equal priority and greater address advertises (RFC 9568, 6.4.3). */
    HIGHER_ADDRESS("heard an equal priority from a greater address"),
    /** This router was asked to give the role to a peer. */
    HANDED_OVER("handed over"),
    /** This process stalled for as long as peers wait, so that one of them is the master by now. */
    STALLED("stalled for as long as peers wait"),
    /** The interface has no carrier or is administratively down. */
    LINK_DOWN("the link is down"),
    /** The interface does not exist. */
    INTERFACE_MISSING("the interface does not exist"),
    /** The interface has no address that advertisements can be sent from. */
    NO_SOURCE_ADDRESS("the interface has no address to send from"),
    /** A virtual address is on this host already, or another node on it has charge of it. */
    FOREIGN_ADDRESS("a virtual address is somebody else's on this host"),
    /** The address backend could not put a virtual address in place. */
    ADDRESS_FAILED("a virtual address could not be set"),
    /** Advertisements can neither be sent nor received. */
    TRANSPORT_FAILED("the transport failed"),
    /** Something that the router tracks with weight 0 is down; the detail names it. */
    TRACKER("a tracker keeps it out"),
    /** Another router of its sync group gave the role up, or is in FAULT; the detail names it. */
    GROUP("goes with its group"),
    /** Every fault has ended. */
    RECOVERED("recovered"),
    /** The node is closed, or the router is taken out of its configuration. */
    SHUTDOWN("stopped");

    private final String text;

    Cause(String text) {
        this.text = text;
    }

    /** The cause in words, for log lines: a clause in lower case without a full stop. */
    public String text() {
        return text;
    }
}
