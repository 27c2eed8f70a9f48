package org.vrrp4j.spi;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.vrrp4j.config.BfdPath;

/**
 * Carries the BFD control packets of a node over UDP (RFC 5881, 4; RFC 5883): to port 3784 of the neighbours, 4784 for
 * those over several hops, and what comes to these ports of this host.
 *
 * <p><b>Thread:</b> called on the loop's thread, and calls back there. <b>Blocking:</b> never.
 */
public interface BfdTransport extends AutoCloseable {

    /**
     * Opens the way of one session, from a source port that no other session of this host has, 49152 to 65535. From
     * then on what arrives at the port of its kind, from whomever, is told to the receiver.
     *
     * @throws IOException if it cannot be opened, such as when another program has the port, with the remedy
     */
    Way open(BfdPath path) throws IOException;

    /** Closes everything; may be called twice. */
    @Override
    void close();

    /** The way of one session. */
    interface Way extends AutoCloseable {
        /**
         * Sends one packet.
         *
         * @param direct a direct buffer, best always the same one; from position to limit, both left as they are
         * @param hopLimit the TTL or hop limit, 1 to 255
         * @throws IOException if the kernel refuses, such as when there is no route; the next one may pass
         */
        void send(ByteBuffer direct, int hopLimit) throws IOException;

        /** Closes it; may be called twice. */
        @Override
        void close();
    }

    /** Takes what arrives. */
    @FunctionalInterface
    interface Receiver {
        /**
         * A UDP datagram has arrived.
         *
         * @param multihop whether at the port for several hops
         * @param source who sent it
         * @param destination the address of this host that it was sent to
         * @param hopLimit its TTL or hop limit
         * @param packet from position to limit; valid during the call
         */
        void onPacket(boolean multihop, InetAddress source, InetAddress destination, int hopLimit, ByteBuffer packet);
    }
}
