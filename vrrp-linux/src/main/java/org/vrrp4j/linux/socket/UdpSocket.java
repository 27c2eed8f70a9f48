package org.vrrp4j.linux.socket;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.libc.SocketFd;
import org.vrrp4j.model.IpFamily;

/**
 * A UDP socket of one family on all addresses of the host (udp(7), ip(7), ipv6(7)), which tells the TTL or hop limit of
 * what it receives and chooses that of what it sends, with the precedence of network control.
 *
 * <p><b>Thread:</b> one at a time. <b>Blocking:</b> never; watch {@link #fd()} for readability. <b>Failure:</b>
 * {@link LinuxException}; no right is needed for ports from 1024 on. <b>Idempotence:</b> {@link #close()} may be called
 * twice.
 */
public final class UdpSocket implements AutoCloseable {
    private static final int INTERNETWORK_CONTROL = 0xc0;
    private static final int SIN_ADDRESS = 4;
    private static final int SIN6_ADDRESS = 8;
    private static final int SOCKADDR_IN_BYTES = 16;
    private static final int SOCKADDR_IN6_BYTES = 28;
    private static final int IN_PKTINFO_ADDRESS = 8;

    private static final int SO_RCVBUF = 8;
    private static final int IPPROTO_IP = 0;
    private static final int IP_TOS = 1;
    private static final int IP_TTL = 2;
    private static final int IP_PKTINFO = 8;
    private static final int IP_RECVTTL = 12;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_V6ONLY = 26;
    private static final int IPV6_RECVPKTINFO = 49;
    private static final int IPV6_PKTINFO = 50;
    private static final int IPV6_RECVHOPLIMIT = 51;
    private static final int IPV6_HOPLIMIT = 52;
    private static final int IPV6_TCLASS = 67;

    private final SocketFd socket;
    private final IpFamily family;
    private final MessageWays ways;
    private final MessageHeader sent = new MessageHeader();
    private final DirectAddress sendBuffer = new DirectAddress();
    private final LastAddress sender;
    private final LastAddress receiver;

    /** Takes what has been received. */
    @FunctionalInterface
    public interface Receiver {
        /**
         * A datagram.
         *
         * @param hopLimit its TTL or hop limit
         * @param packet from position to limit; valid during the call
         */
        void onPacket(InetAddress source, InetAddress destination, int hopLimit, ByteBuffer packet);
    }

    private UdpSocket(SocketFd socket, IpFamily family) {
        this.socket = socket;
        this.family = family;
        this.ways = new MessageWays(family, 0);
        this.sender = new LastAddress(family.multicastGroup());
        this.receiver = new LastAddress(family.multicastGroup());
    }

    /**
     * Opens a socket at a port, which nobody else on the host may have.
     *
     * @throws LinuxException EADDRINUSE if somebody has it
     */
    public static UdpSocket open(IpFamily family, int port) throws LinuxException {
        boolean ipv4 = family == IpFamily.IPV4;
        SocketFd socket = SocketFd.open(
                "UDP socket at port " + port + " of " + family,
                ipv4 ? Libc.AF_INET : Libc.AF_INET6,
                Libc.SOCK_DGRAM,
                0);
        try {
            if (ipv4) {
                socket.setInt(IPPROTO_IP, IP_TOS, "IP_TOS", INTERNETWORK_CONTROL);
                socket.setInt(IPPROTO_IP, IP_RECVTTL, "IP_RECVTTL", 1);
                socket.setInt(IPPROTO_IP, IP_PKTINFO, "IP_PKTINFO", 1);
            } else {
                socket.setInt(IPPROTO_IPV6, IPV6_V6ONLY, "IPV6_V6ONLY", 1);
                socket.setInt(IPPROTO_IPV6, IPV6_TCLASS, "IPV6_TCLASS", INTERNETWORK_CONTROL);
                socket.setInt(IPPROTO_IPV6, IPV6_RECVHOPLIMIT, "IPV6_RECVHOPLIMIT", 1);
                socket.setInt(IPPROTO_IPV6, IPV6_RECVPKTINFO, "IPV6_RECVPKTINFO", 1);
            }
            socket.bind(anyAddress(family, port));
            return new UdpSocket(socket, family);
        } catch (LinuxException e) {
            socket.close();
            throw e;
        }
    }

    /** struct sockaddr_in or sockaddr_in6: family, port in network order, then only zeros. */
    private static byte[] anyAddress(IpFamily family, int port) {
        boolean ipv4 = family == IpFamily.IPV4;
        return ByteBuffer.allocate(ipv4 ? SOCKADDR_IN_BYTES : SOCKADDR_IN6_BYTES)
                .order(ByteOrder.nativeOrder())
                .putShort((short) (ipv4 ? Libc.AF_INET : Libc.AF_INET6))
                .order(ByteOrder.BIG_ENDIAN)
                .putShort((short) port)
                .array();
    }

    /**
     * Keeps as little as can be of what comes to a socket that is only for sending.
     *
     * @throws LinuxException if the kernel refuses
     */
    public void receiveLittle() throws LinuxException {
        socket.setInt(Libc.SOL_SOCKET, SO_RCVBUF, "SO_RCVBUF", 0);
    }

    /** The descriptor, to be watched for readability only. */
    public int fd() {
        return socket.fd();
    }

    /**
     * Receives datagrams and tells them within the call; no more of them once the socket is closed.
     *
     * @return how many have come; if fewer than the batch has room for, nothing was left
     * @throws LinuxException if the kernel reports an error, which it then forgets
     */
    public int receive(ReceiveBatch batch, Receiver to) throws LinuxException {
        int count = batch.receive(socket);
        boolean ipv4 = family == IpFamily.IPV4;
        for (int i = 0; i < count && !socket.isClosed(); i++) {
            MessageHeader header = batch.header(i);
            int hopLimit = ipv4 ? header.find(IPPROTO_IP, IP_TTL) : header.find(IPPROTO_IPV6, IPV6_HOPLIMIT);
            int packetInfo = ipv4 ? header.find(IPPROTO_IP, IP_PKTINFO) : header.find(IPPROTO_IPV6, IPV6_PKTINFO);
            // the kernel tells both of each datagram since they were asked for before the socket had its port
            if (hopLimit >= 0 && packetInfo >= 0) {
                InetAddress source =
                        sender.read(header.memory(), header.nameOffset() + (ipv4 ? SIN_ADDRESS : SIN6_ADDRESS));
                InetAddress destination = receiver.read(header.memory(), packetInfo + (ipv4 ? IN_PKTINFO_ADDRESS : 0));
                to.onPacket(source, destination, header.intAt(hopLimit), batch.packet(i));
            }
        }
        return count;
    }

    /**
     * What {@link #send} sends from now on goes there.
     *
     * @param source an address of this host; null for that which the kernel takes
     * @param hopLimit the TTL or hop limit, 1 to 255
     * @throws IllegalArgumentException if an address is of the other family
     */
    public void sendTo(InetAddress destination, int port, InetAddress source, int hopLimit) {
        boolean otherFamily = IpFamily.of(destination) != family || source != null && IpFamily.of(source) != family;
        if (otherFamily) {
            throw new IllegalArgumentException("addresses must be " + family + ": destination="
                    + destination.getHostAddress() + " source=" + source);
        }
        ways.writeDestination(sent, destination, port);
        sent.noControl();
        if (source != null) {
            ways.writeSource(sent, source);
        }
        ways.writeHopLimit(sent, hopLimit);
    }

    /**
     * Sends one datagram.
     *
     * @param direct a direct buffer, best always the same one; from position to limit, both left as they are
     * @throws LinuxException ENETUNREACH or EHOSTUNREACH if there is no route; EINVAL if the source is not on this host
     */
    public void send(ByteBuffer direct) throws LinuxException {
        sent.data(sendBuffer.of(direct) + direct.position(), direct.remaining());
        socket.sendMessage(sent.address());
    }

    /** Closes the descriptor, which must not be watched any more. */
    @Override
    public void close() {
        socket.close();
    }
}
