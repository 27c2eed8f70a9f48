package org.vrrp4j.linux.socket;

import java.net.InetAddress;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.model.IpFamily;

/** The addresses of a message as sendmsg(2) wants them, for one family and interface (ip(7), ipv6(7)). */
final class MessageWays {
    private static final int SOCKADDR_IN_BYTES = 16;
    private static final int SOCKADDR_IN6_BYTES = 28;
    private static final int IN_PKTINFO_BYTES = 12;
    private static final int IN6_PKTINFO_BYTES = 20;
    private static final int IPPROTO_IP = 0;
    private static final int IP_TTL = 2;
    private static final int IP_PKTINFO = 8;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_PKTINFO = 50;
    private static final int IPV6_HOPLIMIT = 52;

    private final IpFamily family;
    private final int interfaceIndex;

    MessageWays(IpFamily family, int interfaceIndex) {
        this.family = family;
        this.interfaceIndex = interfaceIndex;
    }

    /**
     * Writes where a message comes from and where it goes to.
     *
     * @throws IllegalArgumentException if an address is of the other family
     */
    void write(MessageHeader sent, InetAddress source, InetAddress destination) {
        if (IpFamily.of(source) != family || IpFamily.of(destination) != family) {
            throw new IllegalArgumentException("source and destination must be " + family + ": source="
                    + source.getHostAddress() + " destination=" + destination.getHostAddress());
        }
        writeDestination(sent, destination, 0);
        writeSource(sent, source);
    }

    /** Writes where a message goes to, which then comes from an address that the kernel takes. */
    void writeDestination(MessageHeader sent, InetAddress destination, int port) {
        byte[] inNetworkOrder = {(byte) (port >> 8), (byte) port};
        if (family == IpFamily.IPV4) {
            // struct sockaddr_in: family, port, address
            sent.name(SOCKADDR_IN_BYTES)
                    .putShort((short) Libc.AF_INET)
                    .put(inNetworkOrder)
                    .put(destination.getAddress());
        } else {
            // struct sockaddr_in6: family, port, flow, address, scope
            sent.name(SOCKADDR_IN6_BYTES)
                    .putShort((short) Libc.AF_INET6)
                    .put(inNetworkOrder)
                    .putInt(0)
                    .put(destination.getAddress())
                    .putInt(scope(destination));
        }
    }

    /** Writes where a message comes from. */
    void writeSource(MessageHeader sent, InetAddress source) {
        if (family == IpFamily.IPV4) {
            // struct in_pktinfo: interface index, source, unused
            sent.control(IPPROTO_IP, IP_PKTINFO, IN_PKTINFO_BYTES)
                    .putInt(interfaceIndex)
                    .put(source.getAddress())
                    .putInt(0);
        } else {
            // struct in6_pktinfo: source, interface index
            sent.control(IPPROTO_IPV6, IPV6_PKTINFO, IN6_PKTINFO_BYTES)
                    .put(source.getAddress())
                    .putInt(interfaceIndex);
        }
    }

    private int scope(InetAddress destination) {
        return destination.isLinkLocalAddress() || destination.isMCLinkLocal() ? interfaceIndex : 0;
    }

    /** Writes the TTL or hop limit of this message alone, behind its addresses. */
    void writeHopLimit(MessageHeader sent, int hopLimit) {
        boolean ipv4 = family == IpFamily.IPV4;
        sent.secondControl(ipv4 ? IPPROTO_IP : IPPROTO_IPV6, ipv4 ? IP_TTL : IPV6_HOPLIMIT, Integer.BYTES)
                .putInt(hopLimit);
    }
}
