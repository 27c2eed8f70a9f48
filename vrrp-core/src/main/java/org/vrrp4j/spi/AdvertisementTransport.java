package org.vrrp4j.spi;

import java.io.IOException;
import java.util.Optional;

/**
 * Carries advertisements: IP protocol 112 to and from the VRRP multicast group and unicast peers. Opened by a {@link
 * TransportProvider}.
 *
 * <p><b>Thread:</b> the loop's. <b>Blocking:</b> never. <b>Failure:</b> {@link IOException}; the node goes to FAULT and
 * tries again when the link changes. <b>Idempotence:</b> {@link #close()} may be called twice.
 */
public interface AdvertisementTransport extends AutoCloseable {

    /**
     * Opens the channel of one interface and family; several virtual routers share it. When it returns, packets are
     * being received: timers may be armed.
     *
     * @throws IOException if sockets cannot be opened; a missing right is named with its remedy
     */
    AdvertisementChannel open(ChannelAddress address, PacketReceiver receiver) throws IOException;

    /**
     * Why its channels open no {@link AdvertisementChannel#queue queue} on this host, in words, with the remedy; empty
     * if they do. Unless overridden they never do.
     */
    default Optional<String> queueUnavailability() {
        return Optional.of("the transport sends nothing ahead of time");
    }

    /** Closes what is still open. */
    @Override
    void close();
}
