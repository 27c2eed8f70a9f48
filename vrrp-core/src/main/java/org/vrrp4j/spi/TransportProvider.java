package org.vrrp4j.spi;

import java.io.IOException;
import java.util.Optional;

/**
 * Makes event loops and the transport that runs on them; found by {@link java.util.ServiceLoader}. Called on any
 * thread.
 */
public interface TransportProvider {

    /** The name in messages, such as {@code netty}. */
    String name();

    /** Why this host cannot do it now (no native library, a missing right), with the remedy; empty if it can. */
    Optional<Throwable> unavailabilityCause();

    /** Starts a loop of one daemon thread. */
    EventLoop newEventLoop(String threadName);

    /**
     * Opens the transport of one node, on the thread of its loop.
     *
     * @param loop a loop of this provider
     * @throws IOException if it cannot be opened
     */
    AdvertisementTransport open(EventLoop loop) throws IOException;

    /** Whether this host can do it now. */
    default boolean isAvailable() {
        return unavailabilityCause().isEmpty();
    }
}
