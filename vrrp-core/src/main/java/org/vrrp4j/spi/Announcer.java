package org.vrrp4j.spi;

import java.io.IOException;

/**
 * Tells the neighbours on the link where virtual addresses are: gratuitous ARP for IPv4 (RFC 9568, 8.1.2), unsolicited
 * neighbour advertisements for IPv6 (8.2.2).
 *
 * <p><b>Thread:</b> the loop's. <b>Blocking:</b> never. <b>Failure:</b> {@link IOException}, reported as an event; the
 * next announcement tries again. <b>Idempotence:</b> may be called at any time while the addresses are held.
 */
public interface Announcer extends AutoCloseable {

    /**
     * Sends one frame for each address of the claim.
     *
     * @return how many frames were sent
     * @throws IOException if one could not be sent; the others are tried all the same
     */
    int announce(AddressClaim claim) throws IOException;

    /** Closes the sockets. */
    @Override
    void close();
}
