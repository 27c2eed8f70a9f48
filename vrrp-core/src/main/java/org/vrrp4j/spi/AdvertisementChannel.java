package org.vrrp4j.spi;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * The sockets of one interface and family.
 *
 * <p><b>Thread:</b> the loop's. <b>Blocking:</b> never. <b>Failure:</b> {@link IOException} from {@link #send}, after
 * which the channel may still work. <b>Idempotence:</b> {@link #close()} may be called twice.
 */
public interface AdvertisementChannel extends AutoCloseable {

    /**
     * Sends one VRRP message.
     *
     * @param message from position to limit, both left as they are
     * @param source the address of this host that it comes from: that of the channel, or one that a router is
     *     configured with
     * @param destination the multicast group of the family, or a unicast peer
     * @param hopLimit the TTL or hop limit, 1 to 255; to the multicast group always 255
     * @throws IOException if the kernel refuses it, as when the source is not on this host
     */
    void send(ByteBuffer message, InetAddress source, InetAddress destination, int hopLimit) throws IOException;

    /**
     * Delivers everything that has been received up to now, so that an overdue timer is judged after what was heard.
     */
    void drain();

    /** Closes the sockets; nothing is delivered any more. */
    @Override
    void close();
}
