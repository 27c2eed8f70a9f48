package org.vrrp4j.linux.routing;

import org.vrrp4j.linux.route.LinkMessage;
import org.vrrp4j.linux.route.RouteFeed;

/** What routes say by its name and the kernel by its number, as it is now; 0 for what is not there. */
interface Interfaces {
    /** The number of an interface. */
    int index(String name);

    /** The routing table of a VRF. */
    int vrfTable(String name);

    /** Those of this host. */
    static Interfaces of(RouteFeed feed) {
        return new Interfaces() {
            @Override
            public int index(String name) {
                return feed.table().link(name).map(LinkMessage::index).orElse(0);
            }

            @Override
            public int vrfTable(String name) {
                return feed.table().link(name).map(LinkMessage::vrfTable).orElse(0);
            }
        };
    }
}
