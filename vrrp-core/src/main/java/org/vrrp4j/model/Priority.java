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

    /**
     * The effective priority of a router: never that of the owner unless it is configured, and then nothing else.
     *
     * @param configured 1 to 255
     * @param adjustment what trackers add, perhaps negative
     */
    public static int adjusted(int configured, int adjustment) {
        return configured == OWNER
                ? OWNER
                : (int) Math.max(LOWEST, Math.min(OWNER - 1L, (long) configured + adjustment));
    }
}
