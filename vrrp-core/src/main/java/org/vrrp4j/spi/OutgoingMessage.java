package org.vrrp4j.spi;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.vrrp4j.model.MacAddress;

/**
 * One VRRP message and its way.
 *
 * @param message from position to limit, which are left as they are
 * @param source as in {@link AdvertisementChannel#send}
 * @param destination the multicast group of the family, or a unicast peer
 * @param hopLimit as in {@link AdvertisementChannel#send}
 * @param mac the MAC address that the frame comes from, as in {@link AdvertisementChannel#sendFrom}; empty for that of
 *     the interface
 */
public record OutgoingMessage(
        ByteBuffer message, InetAddress source, InetAddress destination, int hopLimit, Optional<MacAddress> mac) {}
