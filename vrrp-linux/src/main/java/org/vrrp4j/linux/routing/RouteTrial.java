package org.vrrp4j.linux.routing;

import java.util.Optional;
import org.vrrp4j.config.RouteNexthop;
import org.vrrp4j.config.VirtualRoute;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.netlink.NetlinkMessage;
import org.vrrp4j.linux.netlink.NetlinkSocket;

/** Whether this kernel knows what a route asks for, without a route. */
public final class RouteTrial {
    private static final Interfaces NONE = new Interfaces() {
        @Override
        public int index(String name) {
            return Integer.MAX_VALUE;
        }

        @Override
        public int vrfTable(String name) {
            return Integer.MAX_VALUE;
        }
    };

    private RouteTrial() {}

    /**
     * Has the kernel read what packets are to be wrapped into, by way of an interface that does not exist, in the
     * network namespace of the thread. It may load the module that this takes, as it would for a router.
     *
     * @return what it refuses; empty if it knows it, or the route wraps nothing, or cannot be tried so
     */
    public static Optional<LinuxException> run(VirtualRoute route) {
        boolean wraps = route.nexthops().stream()
                .anyMatch(nexthop -> nexthop.encapsulation().isPresent());
        boolean harmless = route.nexthops().stream().map(RouteNexthop::device).allMatch(Optional::isPresent);
        if (!wraps || !harmless) {
            return Optional.empty();
        }
        try (NetlinkClient client = new NetlinkClient(NetlinkSocket.open())) {
            client.execute(
                    "RTM_NEWROUTE " + route,
                    RouteMessage.RTM_NEWROUTE,
                    NetlinkMessage.NLM_F_CREATE | NetlinkMessage.NLM_F_EXCL,
                    RouteMessage.encode(route, NONE));
            return Optional.empty();
        } catch (LinuxException e) {
            return e.is(Errno.EOPNOTSUPP) || e.is(Errno.EPERM) ? Optional.of(e) : Optional.empty();
        }
    }
}
