package org.vrrp4j.config;

import org.vrrp4j.model.Priority;

/**
 * What the state of something tracked does to a router: it puts it into FAULT, or raises or lowers its priority
 * (keepalived.conf(5), "track_script").
 *
 * @param value 0 for FAULT while it is down; else what is added to the priority: if positive while it is up, if
 *     negative while it is down; -254 to 254
 * @param reversed whether up and down change places for FAULT, and the sign of what is added otherwise
 */
public record TrackWeight(int value, boolean reversed) {
    /** The greatest weight, of either sign. */
    public static final int MAX = Priority.OWNER - 1;

    /** A router is in FAULT while what it tracks is down. */
    public static final TrackWeight FAULT = new TrackWeight(0, false);

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the value is not -254 to 254
     */
    public TrackWeight {
        if (value < -MAX || value > MAX) {
            throw new IllegalArgumentException("weight must be -" + MAX + " to " + MAX + ": weight=" + value);
        }
    }

    /** Whether a router is in FAULT for it, and not just of another priority. */
    public boolean isFault() {
        return value == 0;
    }

    /** Whether a router is in FAULT while what it tracks is up or down. */
    public boolean faults(boolean up) {
        return isFault() && up == reversed;
    }

    /** What is added to the priority while what is tracked is up or down, perhaps negative. */
    public int added(boolean up) {
        boolean counts = value > 0 == up;
        return counts ? reversed ? -value : value : 0;
    }

    /** As in a keepalived.conf, such as {@code weight -10} or {@code weight 0 reverse}. */
    @Override
    public String toString() {
        return "weight " + value + (reversed ? " reverse" : "");
    }
}
