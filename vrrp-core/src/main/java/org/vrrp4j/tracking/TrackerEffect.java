package org.vrrp4j.tracking;

/**
 * Everything that a tracker wants done, in the order of the list. {@link RunProbe} comes only after the {@link
 * TrackerInput.ProbeEnded} of the last one, so that there are never two runs at once.
 */
public sealed interface TrackerEffect {

    /** Look how it is, then answer with {@link TrackerInput.ProbeEnded}. */
    record RunProbe() implements TrackerEffect {}

    /** End the run as soon as can be; it is still to be answered when it has ended. */
    record CancelProbe() implements TrackerEffect {}

    /**
     * It is like this now.
     *
     * @param reading how it is
     */
    record TellReading(Reading reading) implements TrackerEffect {}
}
