package org.vrrp4j.linux.filter;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.netlink.NetlinkSocket;

/** Whether packets to addresses can be filtered on this host, without filtering any. */
public final class FilterTrial {
    private static final List<AcceptFilter.Place> SAMPLES = Stream.of("192.0.2.1", "2001:db8::1", "fe80::1")
            .map(address -> new AcceptFilter.Place(VirtualAddress.parse(address), "lo"))
            .toList();

    private FilterTrial() {}

    /**
     * Asks the kernel to check a table with all that is ever in one, in the network namespace of the thread. It may
     * load the modules that this takes, as it would for a router.
     *
     * @return what it refuses; empty if it would do
     */
    public static Optional<LinuxException> run() {
        try (NetlinkClient client = new NetlinkClient(NetlinkSocket.openNetfilter(0))) {
            new AcceptFilter(client).tryOut("vrrp4j-trial", SAMPLES);
            return Optional.empty();
        } catch (LinuxException e) {
            return Optional.of(e);
        }
    }
}
