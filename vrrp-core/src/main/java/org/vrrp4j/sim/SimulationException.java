package org.vrrp4j.sim;

/** A simulated network did what it must not do; the message has the seed, the time and what happened before. */
public final class SimulationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SimulationException(String message) {
        super(message);
    }
}
