package org.vrrp4j.linux.socket;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.libc.SocketFd;
import org.vrrp4j.model.IpAddresses;

/**
 * Sees every packet of IP protocol 112 on one Ethernet interface, sent by this host or received, over IPv4 and IPv6,
 * whatever its TTL and destination (packet(7)). A filter in the kernel keeps all other traffic away from this process.
 *
 * <p>This host joins 224.0.0.18 and ff02::12 on the interface while this is open, so that the interface receives them
 * and a switch that snoops IGMP or MLD forwards them; it sends nothing but the reports of that, and does not put the
 * interface into promiscuous mode. What cannot be joined, as ff02::12 where IPv6 is switched off, is told by {@link
 * #notJoined}. Frames with a VLAN tag are left out: they belong to the VLAN's own interface.
 *
 * <p><b>Thread:</b> one at a time. <b>Blocking:</b> only {@link #awaitReadable}. <b>Failure:</b>
 * {@link LinuxException}; needs CAP_NET_RAW to open. <b>Idempotence:</b> {@link #close()} may be called twice.
 */
public final class CaptureSocket implements AutoCloseable {
    /** Enough for every frame of a link with an MTU of up to 9000; of longer ones the end is cut off. */
    public static final int MAX_FRAME_BYTES = 9216;

    static final int ETH_P_ALL = 3;

    private static final int SOL_PACKET = 263;
    private static final int PACKET_ADD_MEMBERSHIP = 1;
    private static final int PACKET_MR_MULTICAST = 0;
    private static final int SOCKADDR_LL_BYTES = 20;
    private static final int PACKET_MREQ_BYTES = 16;
    private static final List<InetAddress> GROUPS = List.of(
            IpAddresses.parse("224.0.0.18").orElseThrow(),
            IpAddresses.parse("ff02::12").orElseThrow());
    private static final byte[] GROUP_MAC_IPV4 = {0x01, 0x00, 0x5e, 0x00, 0x00, 0x12};
    private static final byte[] GROUP_MAC_IPV6 = {0x33, 0x33, 0x00, 0x00, 0x00, 0x12};

    private final SocketFd socket;
    private final List<GroupMembership> memberships = new ArrayList<>();
    private final List<LinuxException> notJoined = new ArrayList<>();
    private final DirectAddress receiveBuffer = new DirectAddress();

    private CaptureSocket(SocketFd socket) {
        this.socket = socket;
    }

    /**
     * Opens the socket; when it returns, frames are being received.
     *
     * @param interfaceName an Ethernet interface, up or not
     * @throws LinuxException ENODEV if there is no such interface; for a missing right with the remedy
     */
    public static CaptureSocket open(String interfaceName) throws LinuxException {
        int index = interfaceIndex(interfaceName);
        // protocol 0: it receives nothing before it has its filter and its interface
        SocketFd socket = SocketFd.open("capture socket of " + interfaceName, Libc.AF_PACKET, Libc.SOCK_RAW, 0);
        try {
            socket.attachFilter(ProtocolFilter.PROGRAM);
            socket.setBytes(SOL_PACKET, PACKET_ADD_MEMBERSHIP, "PACKET_ADD_MEMBERSHIP", mreq(index, GROUP_MAC_IPV4));
            socket.setBytes(SOL_PACKET, PACKET_ADD_MEMBERSHIP, "PACKET_ADD_MEMBERSHIP", mreq(index, GROUP_MAC_IPV6));
            socket.bind(sockaddrLl(index, ETH_P_ALL));
        } catch (LinuxException e) {
            socket.close();
            throw e;
        }
        CaptureSocket capture = new CaptureSocket(socket);
        GROUPS.forEach(group -> capture.join(group, index));
        return capture;
    }

    private void join(InetAddress group, int index) {
        try {
            memberships.add(GroupMembership.join(group, index));
        } catch (LinuxException e) {
            notJoined.add(e);
        }
    }

    /** Why a group has not been joined, which only matters if a switch holds its packets back; empty if all have. */
    public List<LinuxException> notJoined() {
        return List.copyOf(notJoined);
    }

    /**
     * The number of an interface of this network namespace.
     *
     * @throws LinuxException ENODEV if there is none of that name
     */
    public static int interfaceIndex(String interfaceName) throws LinuxException {
        int index = Libc.if_nametoindex(interfaceName);
        if (index == 0) {
            throw new LinuxException("if_nametoindex " + interfaceName, Libc.errno());
        }
        return index;
    }

    /**
     * Waits for a frame or an error.
     *
     * @param timeoutMillis for how long; -1 for ever
     * @return false if nothing came in time, or a signal came first
     */
    public boolean awaitReadable(int timeoutMillis) throws LinuxException {
        return socket.awaitReadable(timeoutMillis);
    }

    /**
     * Receives one frame from its Ethernet header on. The buffer's position becomes 0 and its limit the length.
     *
     * @param direct a direct buffer, best always the same one; of {@link #MAX_FRAME_BYTES} to cut nothing off
     * @return the number of bytes, or -1 when no frame is there (the buffer is then unchanged)
     * @throws LinuxException ENETDOWN, once, when the interface goes down or away; after going down it receives again
     *     as soon as the interface is up
     */
    public int receive(ByteBuffer direct) throws LinuxException {
        int received = socket.receive(receiveBuffer.of(direct), direct.capacity());
        if (received >= 0) {
            direct.clear().limit(received);
        }
        return received;
    }

    /** Leaves the groups and closes the descriptor. */
    @Override
    public void close() {
        memberships.forEach(GroupMembership::close);
        socket.close();
    }

    // struct packet_mreq: interface index, type, length of the address, address
    private static byte[] mreq(int index, byte[] address) {
        ByteBuffer value = ByteBuffer.allocate(PACKET_MREQ_BYTES).order(ByteOrder.nativeOrder());
        value.putInt(index).putShort((short) PACKET_MR_MULTICAST).putShort((short) address.length);
        return value.put(address).array();
    }

    // struct sockaddr_ll: family, protocol in network order, index, the rest for sending only
    static byte[] sockaddrLl(int index, int protocol) {
        ByteBuffer value = ByteBuffer.allocate(SOCKADDR_LL_BYTES).order(ByteOrder.nativeOrder());
        value.putShort((short) Libc.AF_PACKET).put((byte) (protocol >> 8)).put((byte) protocol);
        return value.putInt(index).array();
    }
}
