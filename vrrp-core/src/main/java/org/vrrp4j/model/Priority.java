package org.vrrp4j.model;

/** The values of the Priority field with a meaning of their own (RFC 9568, 5.2.4). */
public final class Priority {
    /** The master gives up. */
    public static final int RELEASE = 0;
    /** The lowest that can be configured. */
    public static final int LOWEST = 1;
    /** The default of a router that does not own the addresses. */
    public static final int DEFAULT = 100;
    /** The address owner. */
    public static final int OWNER = 255;

    private Priority() {}
}
