package org.vrrp4j.tracking;

/** Everything that can happen to a tracker. Inputs that mean nothing to its kind, or now, change nothing. */
public sealed interface TrackerInput {

    /** It is to be followed from now on. */
    record Started() implements TrackerInput {}

    /** Nobody follows it any more. */
    record Stopped() implements TrackerInput {}

    /** A deadline may have come. Too early a call changes nothing. */
    record TimePassed() implements TrackerInput {}

    /**
     * The run that {@link TrackerEffect.RunProbe} began has ended; nothing of it is left, also if it was cancelled.
     *
     * @param passed whether it succeeded
     * @param detail why not, or more about it; may be empty
     */
    record ProbeEnded(boolean passed, String detail) implements TrackerInput {}

    /**
     * So many processes run, or this is what the file says.
     *
     * @param number the number
     */
    record NumberRead(int number) implements TrackerInput {}

    /**
     * The interface is usable, or is not.
     *
     * @param up whether it exists, is up and has a carrier
     */
    record LinkRead(boolean up) implements TrackerInput {}

    /**
     * The BFD session is up, or is not.
     *
     * @param up whether it is
     * @param detail why, in words
     */
    record SessionRead(boolean up, String detail) implements TrackerInput {}
}
