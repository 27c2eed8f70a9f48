package org.vrrp4j.linux.announce;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.util.function.Predicate;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.route.LinkMessage;
import org.vrrp4j.linux.route.RouteFeed;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.packet.GratuitousArp;
import org.vrrp4j.packet.NeighborAdvertisement;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.Announcer;

/**
 * Sends one gratuitous ARP request per IPv4 address and one unsolicited neighbour advertisement per IPv6 address, from
 * the MAC address of the interface that has it. An interface without ARP (a tunnel, the loopback interface) has no
 * neighbours to tell and is passed over.
 *
 * <p>The router flag of neighbour advertisements is that of the kernel's own: set if the interface forwards
 * (net.ipv6.conf.IF.forwarding), as keepalived does it. RFC 9568, 6.4.1 always sets it, for routers; a host that holds
 * an address for a service is none, and its neighbours must not take it for one.
 */
public final class FrameAnnouncer implements Announcer {
    private final RouteFeed feed;
    private final FrameSink sink;
    private final Predicate<String> forwardsIpv6;
    private final ByteBuffer frame = ByteBuffer.allocateDirect(NeighborAdvertisement.FRAME_BYTES);

    /** Where frames go: a {@link org.vrrp4j.linux.socket.PacketSocket}, or a list in tests. */
    public interface FrameSink extends AutoCloseable {
        /**
         * Sends one frame.
         *
         * @param interfaceIndex where
         * @param frame a direct buffer, from position to limit; valid only during the call
         * @throws IOException if it cannot be sent
         */
        void send(int interfaceIndex, ByteBuffer frame) throws IOException;

        @Override
        void close();
    }

    /**
     * On a started feed.
     *
     * @param feed knows the interfaces; stays the caller's
     * @param sink becomes the announcer's, to close with it
     * @param forwardsIpv6 whether an interface, by name, forwards IPv6 packets now
     */
    public FrameAnnouncer(RouteFeed feed, FrameSink sink, Predicate<String> forwardsIpv6) {
        this.feed = feed;
        this.sink = sink;
        this.forwardsIpv6 = forwardsIpv6;
    }

    @Override
    public boolean announce(AddressClaim claim, VirtualAddress address) throws IOException {
        String device = claim.deviceOf(address);
        LinkMessage link = feed.table()
                .link(device)
                .orElseThrow(() -> new IOException("cannot announce " + address + ": no interface " + device));
        if (link.has(LinkMessage.IFF_NOARP) || link.has(LinkMessage.IFF_LOOPBACK)) {
            return false;
        }
        MacAddress mac = link.mac()
                .filter(present -> link.hardwareType() == LinkMessage.ARPHRD_ETHER)
                .orElseThrow(() -> new IOException("cannot announce " + address + ": " + device
                        + " is no Ethernet interface, its hardware type is " + link.hardwareType()));
        frame.clear();
        if (address.address() instanceof Inet4Address ipv4) {
            GratuitousArp.encode(mac, ipv4, frame);
        } else {
            NeighborAdvertisement.encode(mac, forwardsIpv6.test(device), (Inet6Address) address.address(), frame);
        }
        sink.send(link.index(), frame.flip());
        return true;
    }

    @Override
    public void close() {
        sink.close();
    }
}
