package org.vrrp4j.linux;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vrrp4j.linux.announce.FrameAnnouncer;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.NetlinkMessage;
import org.vrrp4j.linux.netlink.NetlinkScript;
import org.vrrp4j.linux.route.AddressMessage;
import org.vrrp4j.linux.route.Charges;
import org.vrrp4j.linux.route.LinkMessage;
import org.vrrp4j.linux.socket.PacketSocket;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.MacAddress;

/**
 * A kernel that agrees to everything, for rehearsals: its interfaces work and have addresses of their own from the
 * networks for documentation (RFC 5737) and for links, and it tells of addresses that come and go.
 */
final class StageKernel {
    private static final int WORKING = LinkMessage.IFF_UP | LinkMessage.IFF_RUNNING | LinkMessage.IFF_LOWER_UP;
    private static final Optional<MacAddress> MAC = Optional.of(MacAddress.of(new byte[] {2, 0, 0, 0, 0, 1}));
    private static final int LINK_SCOPE = 253;

    private final List<NetlinkMessage> links = new ArrayList<>();
    private final List<NetlinkMessage> addresses = new ArrayList<>();
    private final NetlinkScript requests = new NetlinkScript(this::answer);
    private final NetlinkScript monitor = NetlinkScript.silent();

    StageKernel(Set<String> interfaceNames) {
        for (String name : interfaceNames) {
            int index = links.size() + 1;
            LinkMessage link = new LinkMessage(index, name, LinkMessage.ARPHRD_ETHER, WORKING, MAC);
            links.add(new NetlinkMessage(LinkMessage.RTM_NEWLINK, 0, link.encode()));
            addresses.add(address("192.0.2.1", 24, index, 0));
            addresses.add(address("fe80::1", 64, index, LINK_SCOPE));
        }
    }

    private static NetlinkMessage address(String text, int prefixLength, int index, int scope) {
        AddressMessage entry = new AddressMessage(
                IpAddresses.parse(text).orElseThrow(),
                prefixLength,
                index,
                scope,
                0,
                0,
                Optional.empty(),
                AddressMessage.FOREVER);
        return new NetlinkMessage(AddressMessage.RTM_NEWADDR, 0, entry.encode());
    }

    private List<NetlinkMessage> answer(NetlinkMessage request) {
        switch (request.type()) {
            case LinkMessage.RTM_GETLINK:
                return dump(links);
            case AddressMessage.RTM_GETADDR:
                return dump(addresses);
            case AddressMessage.RTM_NEWADDR, AddressMessage.RTM_DELADDR:
                monitor.tell(new NetlinkMessage(request.type(), 0, request.payload()));
                return List.of(NetlinkScript.success(request));
            default:
                return isDump(request) ? dump(List.of()) : List.of(NetlinkScript.success(request));
        }
    }

    /** Of routes, rules and tables of the packet filter there are none. */
    private static boolean isDump(NetlinkMessage request) {
        int flags = request.flags() & (NetlinkMessage.NLM_F_DUMP | NetlinkMessage.NLM_F_ACK);
        return flags == NetlinkMessage.NLM_F_DUMP;
    }

    private static List<NetlinkMessage> dump(List<NetlinkMessage> entries) {
        List<NetlinkMessage> all = new ArrayList<>(entries);
        all.add(NetlinkScript.done());
        return all;
    }

    NetlinkScript requests() {
        return requests;
    }

    NetlinkScript monitor() {
        return monitor;
    }

    /** Frames go as far as the kernel, which refuses them. */
    static FrameAnnouncer.FrameSink frames() throws LinuxException {
        PacketSocket socket = PacketSocket.rehearsing();
        return new FrameAnnouncer.FrameSink() {
            @Override
            public void send(int interfaceIndex, ByteBuffer frame) {
                try {
                    socket.send(interfaceIndex, frame);
                } catch (LinuxException e) {
                    // nobody is to see it
                }
            }

            @Override
            public void close() {
                socket.close();
            }
        };
    }

    /** Nobody else is there. */
    Charges charges() {
        return new Charges() {
            @Override
            public Optional<String> take(String name, Runnable onFree) {
                return Optional.empty();
            }

            @Override
            public void giveBack(String name) {
                // nobody waits for it
            }

            @Override
            public void close() {
                // nothing is taken
            }
        };
    }
}
