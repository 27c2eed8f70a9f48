package org.vrrp4j.spi;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.vrrp4j.packet.PacketRejection;

/** Takes what a channel receives, on the loop's thread. */
public interface PacketReceiver {

    /**
     * One VRRP message, unchecked.
     *
     * @param source the IP source address, without a zone
     * @param destination the IP destination address: the multicast group, or an address of this host
     * @param hopLimit the TTL or hop limit it came with
     * @param message from position to limit; valid only during the call
     */
    void onMessage(InetAddress source, InetAddress destination, int hopLimit, ByteBuffer message);

    /**
     * The same where the kernel tells when a packet came: the thread may have got a processor some time later.
     *
     * @param agoNanos so long ago, 0 or more
     */
    default void onMessage(
            InetAddress source, InetAddress destination, int hopLimit, ByteBuffer message, long agoNanos) {
        onMessage(source, destination, hopLimit, message);
    }

    /** A packet whose IP header could not be read. */
    void onDamaged(PacketRejection rejection);
}
