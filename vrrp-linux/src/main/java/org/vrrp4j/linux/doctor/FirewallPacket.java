package org.vrrp4j.linux.doctor;

import java.net.InetAddress;
import java.util.Optional;
import org.vrrp4j.model.IpFamily;

/**
 * An advertisement as a firewall sees it.
 *
 * @param outgoing whether this host sends it
 * @param interfaceName where it leaves or arrives
 * @param source where it comes from; empty for any router
 * @param destination the group or a unicast peer
 */
record FirewallPacket(
        boolean outgoing,
        String interfaceName,
        IpFamily family,
        Optional<InetAddress> source,
        InetAddress destination) {
    static final int PROTOCOL = 112;
    static final int TTL = 255;

    boolean isMulticast() {
        return destination.isMulticastAddress();
    }
}
