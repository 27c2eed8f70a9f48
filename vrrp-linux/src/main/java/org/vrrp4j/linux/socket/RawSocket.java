package org.vrrp4j.linux.socket;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.libc.SocketFd;
import org.vrrp4j.model.IpAddresses;

/**
 * A socket of IP protocol 112 on one interface (raw(7), ip(7)): what it sends goes to the VRRP multicast group with
 * TTL 255 (RFC 9568, 5.1.1), and it receives what arrives on that interface, to the group or to an address of the host.
 *
 * <p>It does not hear what this host sends, and not the groups that other programs have joined. A socket stays with the
 * interface number it was opened for: when the interface is deleted and created anew, open another one. The loss of the
 * carrier is no error here; sending on an interface that is down fails with ENETUNREACH.
 *
 * <p><b>Thread:</b> one at a time. <b>Blocking:</b> never; watch {@link #fd()} for readability. <b>Failure:</b>
 * {@link LinuxException}; needs CAP_NET_RAW to open, nothing after that. <b>Idempotence:</b> {@link #close()} may be
 * called twice.
 */
public final class RawSocket implements AutoCloseable {
    /** The IP protocol number of VRRP. */
    public static final int PROTOCOL = 112;

    /** Enough for every packet: VRRP messages are shorter, and longer ones are cut and so damaged. */
    public static final int MAX_PACKET_BYTES = 8192;

    private static final InetAddress GROUP_IPV4 = IpAddresses.of(new byte[] {(byte) 224, 0, 0, 18});
    private static final int TTL = 255;
    private static final int INTERNETWORK_CONTROL = 0xc0;
    private static final int INTERFACE_NAME_BYTES = 16;
    private static final int SOCKADDR_IN_BYTES = 16;
    private static final int IP_MREQN_BYTES = 12;

    private static final int SO_BINDTODEVICE = 25;
    private static final int IPPROTO_IP = 0;
    private static final int IP_TOS = 1;
    private static final int IP_TTL = 2;
    private static final int IP_MULTICAST_IF = 32;
    private static final int IP_MULTICAST_TTL = 33;
    private static final int IP_MULTICAST_LOOP = 34;
    private static final int IP_ADD_MEMBERSHIP = 35;
    private static final int IP_MULTICAST_ALL = 49;

    private final SocketFd socket;
    private final InetAddress group;
    private final ByteBuffer destination;
    private final long destinationAddress;
    private final DirectAddress receiveBuffer = new DirectAddress();
    private final DirectAddress sendBuffer = new DirectAddress();

    private RawSocket(SocketFd socket, InetAddress group, ByteBuffer destination) {
        this.socket = socket;
        this.group = group;
        this.destination = destination;
        this.destinationAddress = Libc.address(destination);
    }

    /**
     * Opens a socket for IPv4 that has joined 224.0.0.18; when it returns, packets are being received.
     *
     * @param interfaceName the interface, up to 15 bytes
     * @param interfaceIndex its number
     * @param source the source address of what is sent; without one the kernel would take that of another interface
     * @throws LinuxException if the kernel refuses a step; for a missing right with the remedy
     * @throws IllegalArgumentException if the source is not IPv4 or the name is too long
     */
    public static RawSocket openIpv4(String interfaceName, int interfaceIndex, InetAddress source)
            throws LinuxException {
        if (!(source instanceof Inet4Address)) {
            throw new IllegalArgumentException("source must be an IPv4 address: source=" + source.getHostAddress());
        }
        byte[] device = interfaceName.getBytes(StandardCharsets.UTF_8);
        if (device.length == 0 || device.length >= INTERFACE_NAME_BYTES) {
            throw new IllegalArgumentException("interface name must have 1 to 15 bytes: " + interfaceName);
        }
        SocketFd socket = SocketFd.open("raw IPv4 socket of " + interfaceName, Libc.AF_INET, Libc.SOCK_RAW, PROTOCOL);
        try {
            socket.setBytes(Libc.SOL_SOCKET, SO_BINDTODEVICE, "SO_BINDTODEVICE", device);
            socket.discardReceived();
            socket.setInt(IPPROTO_IP, IP_MULTICAST_ALL, "IP_MULTICAST_ALL", 0);
            socket.setBytes(IPPROTO_IP, IP_MULTICAST_IF, "IP_MULTICAST_IF", mreqn(null, source, interfaceIndex));
            socket.setInt(IPPROTO_IP, IP_MULTICAST_TTL, "IP_MULTICAST_TTL", TTL);
            socket.setInt(IPPROTO_IP, IP_MULTICAST_LOOP, "IP_MULTICAST_LOOP", 0);
            socket.setInt(IPPROTO_IP, IP_TTL, "IP_TTL", TTL);
            socket.setInt(IPPROTO_IP, IP_TOS, "IP_TOS", INTERNETWORK_CONTROL);
            socket.setBytes(
                    IPPROTO_IP, IP_ADD_MEMBERSHIP, "IP_ADD_MEMBERSHIP", mreqn(GROUP_IPV4, null, interfaceIndex));
        } catch (LinuxException e) {
            socket.close();
            throw e;
        }
        return new RawSocket(socket, GROUP_IPV4, sockaddrIn(GROUP_IPV4));
    }

    /**
     * Finds out whether this process may open such a socket.
     *
     * @throws LinuxException if the kernel refuses; for a missing right with the remedy
     */
    public static void probe() throws LinuxException {
        SocketFd.open("raw IPv4 socket", Libc.AF_INET, Libc.SOCK_RAW, PROTOCOL).close();
    }

    /** The descriptor, to be watched for readability only. */
    public int fd() {
        return socket.fd();
    }

    /** The multicast group that is sent to. */
    public InetAddress group() {
        return group;
    }

    /**
     * Receives one packet, over IPv4 with its IP header. The buffer's position becomes 0 and its limit the length.
     *
     * @param direct a direct buffer, best always the same one; of {@link #MAX_PACKET_BYTES} to cut nothing off
     * @return the number of bytes, or -1 when no packet is there (the buffer is then unchanged)
     */
    public int receive(ByteBuffer direct) throws LinuxException {
        int received = socket.receive(receiveBuffer.of(direct), direct.capacity());
        if (received >= 0) {
            direct.clear().limit(received);
        }
        return received;
    }

    /**
     * Sends one VRRP message to the group; the kernel adds the IP header.
     *
     * @param direct a direct buffer, best always the same one; from position to limit, both left as they are
     * @throws LinuxException ENETUNREACH if the interface is down or gone, ENOBUFS or EAGAIN if a queue is full; the
     *     socket works again afterwards, unless the interface has gone
     */
    public void send(ByteBuffer direct) throws LinuxException {
        long data = sendBuffer.of(direct) + direct.position();
        socket.send(data, direct.remaining(), destinationAddress, destination.capacity());
    }

    /** Leaves the group and closes the descriptor, which must not be watched any more. */
    @Override
    public void close() {
        socket.close();
    }

    // struct ip_mreqn: group, local address, interface index
    private static byte[] mreqn(InetAddress group, InetAddress local, int index) {
        ByteBuffer value = ByteBuffer.allocate(IP_MREQN_BYTES).order(ByteOrder.nativeOrder());
        value.put(group == null ? new byte[4] : group.getAddress());
        value.put(local == null ? new byte[4] : local.getAddress());
        return value.putInt(index).array();
    }

    // struct sockaddr_in: family in host order, port 0, address
    private static ByteBuffer sockaddrIn(InetAddress address) {
        ByteBuffer value = ByteBuffer.allocateDirect(SOCKADDR_IN_BYTES).order(ByteOrder.nativeOrder());
        value.putShort((short) Libc.AF_INET).putShort((short) 0).put(address.getAddress());
        return value;
    }
}
