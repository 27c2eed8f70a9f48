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

    /** The address that messages are sent to, which version 3 checksums cover. */
    InetAddress destination();

    /**
     * Sends one VRRP message with TTL or hop limit 255.
     *
     * @param message from position to limit, both left as they are
     * @throws IOException if the kernel refuses it
     */
    void send(ByteBuffer message) throws IOException;

    /**
     * Delivers everything that has been received up to now, so that an overdue timer is judged after what was heard.
     */
    void drain();

    /** Closes the sockets; nothing is delivered any more. */
    @Override
    void close();
}
