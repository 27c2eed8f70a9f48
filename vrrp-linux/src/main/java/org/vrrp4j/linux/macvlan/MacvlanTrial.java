package org.vrrp4j.linux.macvlan;

import java.util.Optional;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.netlink.NetlinkSocket;

/** Whether this kernel has interfaces for virtual MAC addresses, without making one. */
public final class MacvlanTrial {
    private MacvlanTrial() {}

    /**
     * Asks for one on no interface, in the network namespace of the thread, which a kernel that knows the kind calls
     * invalid. It may load the module macvlan, as it would for a router.
     *
     * @return what it refuses; empty if it would do
     */
    public static Optional<LinuxException> run() {
        try (NetlinkClient client = new NetlinkClient(NetlinkSocket.open())) {
            MacvlanRequests.addToNothing(client);
            return Optional.empty();
        } catch (LinuxException e) {
            return e.is(Errno.EOPNOTSUPP) || e.is(Errno.EPERM) ? Optional.of(e) : Optional.empty();
        }
    }
}
