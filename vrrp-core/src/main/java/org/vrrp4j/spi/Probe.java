package org.vrrp4j.spi;

import java.util.function.Consumer;

/**
 * Looks whether something works: a script that is run, a function of the application. Each run is asked for on the
 * loop's thread, and only when the last one has ended.
 */
@FunctionalInterface
public interface Probe {

    /**
     * Begins a run and returns at once.
     *
     * @param answer takes the result, once, when nothing of the run is left: also after it was cancelled. On any thread
     * @return the run
     */
    Run start(Consumer<ProbeResult> answer);

    /** A run that has not ended. */
    @FunctionalInterface
    interface Run {
        /** Ends the run as soon as can be, by force if need be. Returns at once; without effect when it has ended. */
        void cancel();
    }
}
