package org.vrrp4j.linux.socket;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.libc.SocketFd;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;

/**
 * This host's membership of a multicast group on one interface (ip(7), ipv6(7)), which the kernel reports to the
 * switches by IGMP or MLD for as long as it is open. Receives nothing and needs no rights.
 */
final class GroupMembership implements AutoCloseable {
    private static final int SOCK_DGRAM = 2;
    private static final int IPPROTO_IP = 0;
    private static final int IP_ADD_MEMBERSHIP = 35;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_ADD_MEMBERSHIP = 20;
    private static final int IP_MREQN_BYTES = 12;
    private static final int IPV6_MREQ_BYTES = 20;

    private final SocketFd socket;

    private GroupMembership(SocketFd socket) {
        this.socket = socket;
    }

    static GroupMembership join(InetAddress group, int interfaceIndex) throws LinuxException {
        boolean isIpv4 = IpFamily.of(group) == IpFamily.IPV4;
        SocketFd socket = SocketFd.open(
                "membership of " + IpAddresses.text(group), isIpv4 ? Libc.AF_INET : Libc.AF_INET6, SOCK_DGRAM, 0);
        try {
            if (isIpv4) {
                socket.setBytes(IPPROTO_IP, IP_ADD_MEMBERSHIP, "IP_ADD_MEMBERSHIP", mreqn(group, interfaceIndex));
            } else {
                socket.setBytes(IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, "IPV6_ADD_MEMBERSHIP", mreq6(group, interfaceIndex));
            }
        } catch (LinuxException e) {
            socket.close();
            throw e;
        }
        return new GroupMembership(socket);
    }

    // struct ip_mreqn: group, local address (none), interface index
    private static byte[] mreqn(InetAddress group, int index) {
        ByteBuffer value = ByteBuffer.allocate(IP_MREQN_BYTES).order(ByteOrder.nativeOrder());
        return value.put(group.getAddress()).putInt(0).putInt(index).array();
    }

    // struct ipv6_mreq: group, interface index
    private static byte[] mreq6(InetAddress group, int index) {
        ByteBuffer value = ByteBuffer.allocate(IPV6_MREQ_BYTES).order(ByteOrder.nativeOrder());
        return value.put(group.getAddress()).putInt(index).array();
    }

    @Override
    public void close() {
        socket.close();
    }
}
