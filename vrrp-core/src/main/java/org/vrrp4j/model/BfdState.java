package org.vrrp4j.model;

import java.util.Locale;

/** How a BFD session is (RFC 5880, 4.1 and 6.2). The order is that of the numbers on the wire. */
public enum BfdState {
    /** Ended by an administrator: nothing is said about the path. */
    ADMIN_DOWN,
    /** The neighbour is not heard, or has just said that it does not hear us. */
    DOWN,
    /** The neighbour is heard, and has not said yet that it hears us. */
    INIT,
    /** Both hear each other. */
    UP;

    /** The number on the wire, 0 to 3. */
    public int number() {
        return ordinal();
    }

    /** As the RFC writes it, such as {@code Up}. */
    public String text() {
        return this == ADMIN_DOWN
                ? "AdminDown"
                : name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }
}
