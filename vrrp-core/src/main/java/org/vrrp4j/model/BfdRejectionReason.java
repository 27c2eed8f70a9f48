package org.vrrp4j.model;

/**
 * Which check a received BFD control packet failed (RFC 5880, 6.8.6; RFC 5881, 5). A rejected packet changes nothing
 * but its counter. The order is that of the checks.
 */
public enum BfdRejectionReason {
    /** There are fewer bytes than a control packet has at least. */
    TRUNCATED("truncated"),
    /** The version is not 1. */
    VERSION("unknown version"),
    /** The Length field is below the least possible. */
    LENGTH_TOO_SHORT("length field too small"),
    /** The Length field is greater than the packet. */
    LENGTH_TOO_LONG("longer than its packet"),
    /** The Detect Mult field is 0. */
    DETECT_MULT_ZERO("Detect Mult is 0"),
    /** The Multipoint bit is set. */
    MULTIPOINT("the multipoint bit is set"),
    /** The My Discriminator field is 0. */
    MY_DISCRIMINATOR_ZERO("My Discriminator is 0"),
    /** The Your Discriminator field is 0 in a packet that says Init or Up. */
    YOUR_DISCRIMINATOR_ZERO("Your Discriminator is 0 in state Init or Up"),
    /** The packet is authenticated, and no session here is. */
    AUTHENTICATION("authenticated, and this session is not"),
    /** No session has this discriminator, or without one this neighbour. */
    NO_SESSION("no session of this neighbour or discriminator"),
    /** The discriminator is that of a session with another neighbour. */
    WRONG_NEIGHBOR("the session of this discriminator has another neighbour"),
    /** The packet came over more hops than it may. */
    TTL("TTL or hop limit is too low");

    private final String text;

    BfdRejectionReason(String text) {
        this.text = text;
    }

    /** The failed check in words, for log lines. */
    public String text() {
        return text;
    }
}
