package org.vrrp4j.sim;

import java.util.List;
import java.util.Optional;

/**
 * Something that must hold after each event of a simulation. It may remember what it saw, so each simulation needs its
 * own. {@link Invariants#standard()} has those that every network must keep.
 */
public interface Invariant {

    /** What must hold, as a sentence without a full stop. */
    String sentence();

    /**
     * Looks at the network after an event in which something occurred.
     *
     * @param occurrences what occurred, in order
     * @return what is wrong; empty if the sentence holds
     */
    Optional<String> violation(SimulatedNetwork network, List<Occurrence> occurrences);
}
