package org.vrrp4j.spi;

import java.net.InetAddress;
import org.vrrp4j.model.IpFamily;

/**
 * Where a channel sends from.
 *
 * @param interfaceName the interface
 * @param interfaceIndex its number now; a re-created interface has another one
 * @param source the source, where a router names no other: the primary IPv4 address or the link-local IPv6 address
 *     of the interface
 */
public record ChannelAddress(String interfaceName, int interfaceIndex, InetAddress source) {

    /** The family of the channel. */
    public IpFamily family() {
        return IpFamily.of(source);
    }
}
