package org.vrrp4j.spi;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.vrrp4j.model.MacAddress;

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
     * Sends one VRRP message to the multicast group, in a frame from another MAC address than the interface's: that of
     * the virtual router (RFC 9568, 7.2).
     *
     * @param mac the source of the frame
     * @param message from position to limit, both left as they are
     * @param source the address of this host that it comes from
     * @throws IOException if it cannot be sent; as unless overridden, where frames cannot be made
     */
    default void sendFrom(MacAddress mac, ByteBuffer message, InetAddress source) throws IOException {
        throw new IOException("this transport sends from the MAC address of the interface only, not from " + mac);
    }

    /**
     * Opens a queue for advertisements that are sent at their times even while this process is paused. Nothing is
     * queued yet.
     *
     * @param messages what is sent each time, in this order: one, or one for each unicast peer
     * @param times when
     * @param onNews called when the queue has sent something or is over; perhaps once for several of them
     * @return the queue, which {@link #close} of the channel closes too; empty where nothing can be sent ahead, as
     *     unless overridden, see {@link AdvertisementTransport#queueUnavailability}
     */
    default Optional<AdvertisementQueue> queue(List<OutgoingMessage> messages, QueuedTimes times, Runnable onNews) {
        return Optional.empty();
    }

    /**
     * Delivers everything that has been received up to now, so that an overdue timer is judged after what was heard.
     */
    void drain();

    /** Closes the sockets; nothing is delivered any more. */
    @Override
    void close();
}
