package org.vrrp4j.model;

/** What keeps a virtual router in {@link Role#FAULT}. Several can hold at once; it recovers when none is left. */
public enum Fault {
    /** The interface does not exist. */
    INTERFACE_MISSING(Cause.INTERFACE_MISSING, false),
    /** The interface has no carrier or is administratively down. */
    LINK_DOWN(Cause.LINK_DOWN, false),
    /** The interface has no address that advertisements can be sent from. */
    NO_SOURCE_ADDRESS(Cause.NO_SOURCE_ADDRESS, false),
    /** Somebody else put a virtual address on this host, or another living node on it has charge of it. */
    FOREIGN_ADDRESS(Cause.FOREIGN_ADDRESS, true),
    /** The address backend could not put a virtual address in place; tried again later, or when other faults end. */
    ADDRESS_FAILED(Cause.ADDRESS_FAILED, true),
    /** Advertisements can neither be sent nor received. */
    TRANSPORT_FAILED(Cause.TRANSPORT_FAILED, false),
    /** Something that the router tracks with weight 0 is down. */
    TRACKER(Cause.TRACKER, true),
    /** Another router of its sync group is in FAULT. */
    GROUP(Cause.GROUP, true);

    private final Cause cause;
    private final boolean canAdvertise;

    Fault(Cause cause, boolean canAdvertise) {
        this.cause = cause;
        this.canAdvertise = canAdvertise;
    }

    /** The cause of a change to {@link Role#FAULT} by this fault. */
    public Cause cause() {
        return cause;
    }

    /** Whether an advertisement can still reach the peers, so that a master tells them that it gives up. */
    public boolean canAdvertise() {
        return canAdvertise;
    }
}
