package org.vrrp4j.spi;

import java.io.IOException;
import org.vrrp4j.config.VirtualAddress;

/**
 * Tells the neighbours on the link where virtual addresses are: gratuitous ARP for IPv4 (RFC 9568, 8.1.2), unsolicited
 * neighbour advertisements for IPv6 (8.2.2).
 *
 * <p><b>Thread:</b> the loop's. <b>Blocking:</b> never. <b>Failure:</b> {@link IOException}, reported as an event; the
 * next announcement tries again. <b>Idempotence:</b> may be called at any time while the addresses are held. The node
 * announces a few addresses at a time, and reads packets and advertises in between.
 */
public interface Announcer extends AutoCloseable {

    /**
     * Sends the frame for one address.
     *
     * @param claim what it belongs to
     * @param address one of the claim's
     * @return whether a frame was sent; false if the interface has nobody to tell
     * @throws IOException if it could not be sent
     */
    boolean announce(AddressClaim claim, VirtualAddress address) throws IOException;

    /** Closes the sockets. */
    @Override
    void close();
}
