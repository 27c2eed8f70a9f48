package org.vrrp4j.linux.doctor;

import java.net.InetAddress;
import java.util.List;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.linux.route.LinkMessage;
import org.vrrp4j.model.IpFamily;

/**
 * An interface that packets of one family can be sent on.
 *
 * @param link the interface, which is up
 * @param family the family
 * @param source the address that advertisements are sent from
 * @param routers the virtual routers to run there; none if only the host is examined
 */
record Segment(LinkMessage link, IpFamily family, InetAddress source, List<RouterConfig> routers) {

    /** Whether packets go to the multicast group. */
    boolean usesMulticast() {
        return routers.isEmpty() || routers.stream().anyMatch(router -> !router.isUnicast());
    }

    List<InetAddress> unicastPeers() {
        return routers.stream()
                .flatMap(router -> router.unicastPeers().stream())
                .distinct()
                .toList();
    }

    /** Interface and family, as {@code eth0 IPv4}. */
    String name() {
        return link.name() + (family == IpFamily.IPV4 ? " IPv4" : " IPv6");
    }
}
