package org.vrrp4j.bfd;

import org.vrrp4j.model.BfdDiagnostic;
import org.vrrp4j.model.BfdState;

/** Everything that a session wants done, in the order of the list: the neighbour is told before those who follow it. */
public sealed interface BfdEffect {

    /**
     * Send this at once.
     *
     * @param packet the packet
     */
    record Send(ControlPacket packet) implements BfdEffect {}

    /**
     * The session has another state.
     *
     * @param from the state before
     * @param to the state now
     * @param diagnostic why
     */
    record TellState(BfdState from, BfdState to, BfdDiagnostic diagnostic) implements BfdEffect {}
}
