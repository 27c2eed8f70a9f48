package org.vrrp4j.config;

/**
 * What of its own interface a router needs. That it is missing, or has no address to send from, keeps a router out of
 * the election in any case.
 *
 * @param state whether the interface must be up and have a carrier; keepalived's {@code dont_track_primary} says no.
 *     Without that a router whose link fails hears no master, and becomes one itself
 * @param source whether the configured source address must be on the interface; keepalived's {@code track_src_ip}.
 *     Without that a router that cannot send from it reports it, and stays what it is
 */
public record LinkTracking(boolean state, boolean source) {
    /** The state, and not the source. */
    public static final LinkTracking DEFAULT = new LinkTracking(true, false);
}
