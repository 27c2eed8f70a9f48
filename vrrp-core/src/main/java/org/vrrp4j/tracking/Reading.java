package org.vrrp4j.tracking;

import org.vrrp4j.model.TrackerState;

/**
 * How something tracked is.
 *
 * @param state up, down or not known yet
 * @param number how many processes run, or what the file says; 0 for other kinds
 * @param detail more about it, such as why it is down; may be empty
 */
public record Reading(TrackerState state, int number, String detail) {
    /** Nobody has looked yet. */
    public static final Reading UNKNOWN = new Reading(TrackerState.UNKNOWN, 0, "");

    /** Whether it is known. */
    public boolean isKnown() {
        return state != TrackerState.UNKNOWN;
    }

    boolean isUp() {
        return state == TrackerState.UP;
    }
}
