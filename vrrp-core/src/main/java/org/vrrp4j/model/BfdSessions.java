package org.vrrp4j.model;

import java.util.List;
import java.util.Map;

/**
 * The BFD sessions of a node at one moment.
 *
 * @param sessions each once, by name
 * @param unassigned rejected packets that belong to none of them, by reason
 */
public record BfdSessions(List<BfdStatus> sessions, Map<BfdRejectionReason, Long> unassigned) {
    /** Of a node that tracks none. */
    public static final BfdSessions NONE = new BfdSessions(List.of(), Map.of());

    /** Copies both. */
    public BfdSessions {
        sessions = List.copyOf(sessions);
        unassigned = Map.copyOf(unassigned);
    }
}
