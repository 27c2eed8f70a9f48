package org.vrrp4j.linux.socket;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.libc.SocketFd;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.model.RejectionReason;
import org.vrrp4j.packet.AdvertisementFrame;
import org.vrrp4j.packet.Ipv4Header;
import org.vrrp4j.packet.PacketRejection;
import org.vrrp4j.spi.OutgoingMessage;
import org.vrrp4j.spi.PacketReceiver;

/**
 * A socket of IP protocol 112 on one interface (raw(7), ip(7), ipv6(7)): what it sends has TTL or hop limit 255 and
 * goes to the VRRP multicast group or to a host (RFC 9568, 5.1.1 and 5.1.2), and it receives what arrives on that
 * interface, to the group or to an address of the host.
 *
 * <p>It does not hear what this host sends to the group, unless {@link #loopBack} says so, and not the groups that
 * other programs have joined. Checksums are neither filled in nor checked by the kernel, so that wrong ones can be
 * counted. A socket stays with the interface number it was opened for: when the interface is deleted and created anew,
 * open another one. The loss of the carrier is no error here; sending on an interface that is down fails with
 * ENETUNREACH.
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

    private static final int TTL = 255;
    private static final int INTERNETWORK_CONTROL = 0xc0;
    private static final int INTERFACE_NAME_BYTES = 16;
    private static final int SIN6_ADDRESS = 8;
    private static final int IN_PKTINFO_BYTES = 12;
    private static final int IN6_PKTINFO_BYTES = 20;

    private static final int RECEIVE_BUFFER_BYTES = 2 << 20;
    private static final int SO_RCVBUF = 8;
    private static final int SO_BINDTODEVICE = 25;
    private static final int SO_RCVBUFFORCE = 33;
    /** Also the type of the control message. */
    static final int SO_TIMESTAMPNS = 35;

    private static final int IPPROTO_IP = 0;
    private static final int IP_TOS = 1;
    private static final int IP_TTL = 2;
    private static final int IP_MULTICAST_IF = 32;
    private static final int IP_MULTICAST_TTL = 33;
    private static final int IP_MULTICAST_LOOP = 34;
    private static final int IP_ADD_MEMBERSHIP = 35;
    private static final int IP_MULTICAST_ALL = 49;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_UNICAST_HOPS = 16;
    private static final int IPV6_MULTICAST_IF = 17;
    private static final int IPV6_MULTICAST_HOPS = 18;
    private static final int IPV6_MULTICAST_LOOP = 19;
    private static final int IPV6_ADD_MEMBERSHIP = 20;
    private static final int IPV6_MULTICAST_ALL = 29;
    private static final int IPV6_RECVPKTINFO = 49;
    private static final int IPV6_PKTINFO = 50;
    private static final int IPV6_RECVHOPLIMIT = 51;
    private static final int IPV6_HOPLIMIT = 52;
    private static final int IPV6_TCLASS = 67;

    private static final PacketRejection DAMAGED = new PacketRejection(RejectionReason.IP_HEADER, "");

    private final SocketFd socket;
    private final IpFamily family;
    private final int interfaceIndex;
    private final MessageWays ways;
    private final MessageHeader sent = new MessageHeader();
    private final ByteBuffer out = ByteBuffer.allocateDirect(MAX_PACKET_BYTES);
    private final long outAddress = Libc.address(out);
    private final LastAddress sender;
    private final LastAddress receiver;
    private InetAddress lastSource;
    private InetAddress lastDestination;
    private int unicastHopLimit = TTL;
    private PacketSocket frames;
    private ByteBuffer frame;

    private RawSocket(SocketFd socket, IpFamily family, int interfaceIndex) {
        this.socket = socket;
        this.family = family;
        this.interfaceIndex = interfaceIndex;
        this.ways = new MessageWays(family, interfaceIndex);
        this.sender = new LastAddress(family.multicastGroup());
        this.receiver = new LastAddress(family.multicastGroup());
    }

    /**
     * Opens a socket that has joined the multicast group of its family; when it returns, packets are being received.
     *
     * @param interfaceName the interface, up to 15 bytes
     * @param interfaceIndex its number
     * @throws LinuxException if the kernel refuses a step; for a missing right with the remedy
     * @throws IllegalArgumentException if the name is too long
     */
    public static RawSocket open(IpFamily family, String interfaceName, int interfaceIndex) throws LinuxException {
        byte[] device = interfaceName.getBytes(StandardCharsets.UTF_8);
        if (device.length == 0 || device.length >= INTERFACE_NAME_BYTES) {
            throw new IllegalArgumentException("interface name must have 1 to 15 bytes: " + interfaceName);
        }
        SocketFd socket = open(family, " of " + interfaceName);
        try {
            socket.setBytes(Libc.SOL_SOCKET, SO_BINDTODEVICE, "SO_BINDTODEVICE", device);
            socket.discardReceived();
            enlargeReceiveBuffer(socket);
            askForTimes(socket);
            if (family == IpFamily.IPV4) {
                setUpIpv4(socket, interfaceIndex);
            } else {
                setUpIpv6(socket, interfaceIndex);
            }
        } catch (LinuxException e) {
            socket.close();
            throw e;
        }
        return new RawSocket(socket, family, interfaceIndex);
    }

    /** A pause of half a second must not lose what 250 routers advertise every 100 ms: some 800 bytes a packet. */
    private static void enlargeReceiveBuffer(SocketFd socket) throws LinuxException {
        try {
            socket.setInt(Libc.SOL_SOCKET, SO_RCVBUFFORCE, "SO_RCVBUFFORCE", RECEIVE_BUFFER_BYTES);
        } catch (LinuxException e) {
            // without CAP_NET_ADMIN as much as net.core.rmem_max allows
            socket.setInt(Libc.SOL_SOCKET, SO_RCVBUF, "SO_RCVBUF", RECEIVE_BUFFER_BYTES);
        }
    }

    private static void askForTimes(SocketFd socket) {
        try {
            socket.setInt(Libc.SOL_SOCKET, SO_TIMESTAMPNS, "SO_TIMESTAMPNS", 1);
        } catch (LinuxException e) {
            // then a packet counts as come when it is read
        }
    }

    private static SocketFd open(IpFamily family, String of) throws LinuxException {
        boolean ipv4 = family == IpFamily.IPV4;
        return SocketFd.open(
                "raw " + (ipv4 ? "IPv4" : "IPv6") + " socket" + of,
                ipv4 ? Libc.AF_INET : Libc.AF_INET6,
                Libc.SOCK_RAW,
                PROTOCOL);
    }

    private static void setUpIpv4(SocketFd socket, int interfaceIndex) throws LinuxException {
        byte[] noGroup = mreqn(new byte[IpFamily.IPV4.addressBytes()], interfaceIndex);
        byte[] group = mreqn(IpFamily.IPV4.multicastGroup().getAddress(), interfaceIndex);
        socket.setInt(IPPROTO_IP, IP_MULTICAST_ALL, "IP_MULTICAST_ALL", 0);
        socket.setBytes(IPPROTO_IP, IP_MULTICAST_IF, "IP_MULTICAST_IF", noGroup);
        socket.setInt(IPPROTO_IP, IP_MULTICAST_TTL, "IP_MULTICAST_TTL", TTL);
        socket.setInt(IPPROTO_IP, IP_MULTICAST_LOOP, "IP_MULTICAST_LOOP", 0);
        socket.setInt(IPPROTO_IP, IP_TTL, "IP_TTL", TTL);
        socket.setInt(IPPROTO_IP, IP_TOS, "IP_TOS", INTERNETWORK_CONTROL);
        socket.setBytes(IPPROTO_IP, IP_ADD_MEMBERSHIP, "IP_ADD_MEMBERSHIP", group);
    }

    private static void setUpIpv6(SocketFd socket, int interfaceIndex) throws LinuxException {
        // struct ipv6_mreq: group, interface index
        byte[] group = ByteBuffer.allocate(IN6_PKTINFO_BYTES)
                .order(ByteOrder.nativeOrder())
                .put(IpFamily.IPV6.multicastGroup().getAddress())
                .putInt(interfaceIndex)
                .array();
        socket.setInt(IPPROTO_IPV6, IPV6_MULTICAST_ALL, "IPV6_MULTICAST_ALL", 0);
        socket.setInt(IPPROTO_IPV6, IPV6_MULTICAST_IF, "IPV6_MULTICAST_IF", interfaceIndex);
        socket.setInt(IPPROTO_IPV6, IPV6_MULTICAST_HOPS, "IPV6_MULTICAST_HOPS", TTL);
        socket.setInt(IPPROTO_IPV6, IPV6_MULTICAST_LOOP, "IPV6_MULTICAST_LOOP", 0);
        socket.setInt(IPPROTO_IPV6, IPV6_UNICAST_HOPS, "IPV6_UNICAST_HOPS", TTL);
        socket.setInt(IPPROTO_IPV6, IPV6_TCLASS, "IPV6_TCLASS", INTERNETWORK_CONTROL);
        socket.setInt(IPPROTO_IPV6, IPV6_RECVPKTINFO, "IPV6_RECVPKTINFO", 1);
        socket.setInt(IPPROTO_IPV6, IPV6_RECVHOPLIMIT, "IPV6_RECVHOPLIMIT", 1);
        socket.setBytes(IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, "IPV6_ADD_MEMBERSHIP", group);
    }

    /**
     * Finds out whether this process may open such a socket.
     *
     * @throws LinuxException if the kernel refuses; for a missing right with the remedy
     */
    public static void probe() throws LinuxException {
        open(IpFamily.IPV4, "").close();
    }

    /**
     * From now on what this socket sends to the group is heard by the sockets of this host that have joined it, as if
     * it had arrived on the interface: it passes the firewall both ways.
     *
     * @param hops the TTL or hop limit of such packets; with 0 they do not leave this host
     * @throws LinuxException if the kernel refuses
     */
    public void loopBack(int hops) throws LinuxException {
        if (family == IpFamily.IPV4) {
            socket.setInt(IPPROTO_IP, IP_MULTICAST_LOOP, "IP_MULTICAST_LOOP", 1);
            socket.setInt(IPPROTO_IP, IP_MULTICAST_TTL, "IP_MULTICAST_TTL", hops);
        } else {
            socket.setInt(IPPROTO_IPV6, IPV6_MULTICAST_LOOP, "IPV6_MULTICAST_LOOP", 1);
            socket.setInt(IPPROTO_IPV6, IPV6_MULTICAST_HOPS, "IPV6_MULTICAST_HOPS", hops);
        }
    }

    /** The descriptor, to be watched for readability only. */
    public int fd() {
        return socket.fd();
    }

    /**
     * Receives packets and tells them within the call, good or damaged; no more of them once the socket is closed.
     *
     * @return how many have come; if fewer than the batch has room for, nothing was left
     * @throws LinuxException if the kernel reports an error, which it then forgets
     */
    public int receive(ReceiveBatch batch, PacketReceiver to) throws LinuxException {
        int count = batch.receive(socket);
        for (int i = 0; i < count && !socket.isClosed(); i++) {
            if (family == IpFamily.IPV4) {
                deliverIpv4(batch.packet(i), batch.agoNanos(i), to);
            } else {
                deliverIpv6(batch.header(i), batch.packet(i), batch.agoNanos(i), to);
            }
        }
        return count;
    }

    private void deliverIpv4(ByteBuffer packet, long agoNanos, PacketReceiver to) {
        if (!Ipv4Header.isWhole(packet)) {
            to.onDamaged(DAMAGED);
            return;
        }
        InetAddress source = sender.read(packet, Ipv4Header.SOURCE);
        InetAddress destination = receiver.read(packet, Ipv4Header.DESTINATION);
        int ttl = packet.get(Ipv4Header.TTL) & 0xff;
        int headerBytes = Ipv4Header.headerBytes(packet);
        packet.limit(Ipv4Header.totalBytes(packet)).position(headerBytes);
        to.onMessage(source, destination, ttl, packet, agoNanos);
    }

    /** The kernel has taken the header off and tells what was in it beside the data (RFC 3542, 6). */
    private void deliverIpv6(MessageHeader header, ByteBuffer message, long agoNanos, PacketReceiver to) {
        int hopLimit = header.find(IPPROTO_IPV6, IPV6_HOPLIMIT);
        int packetInfo = header.find(IPPROTO_IPV6, IPV6_PKTINFO);
        if (hopLimit < 0 || packetInfo < 0) {
            to.onDamaged(DAMAGED);
            return;
        }
        InetAddress source = sender.read(header.memory(), header.nameOffset() + SIN6_ADDRESS);
        InetAddress destination = receiver.read(header.memory(), packetInfo);
        to.onMessage(source, destination, header.intAt(hopLimit), message, agoNanos);
    }

    /** Reads an address, and gives the last one again if it is the same, which saves objects for each packet. */
    private static final class LastAddress {
        private final byte[] found;
        private byte[] bytes;
        private InetAddress address;

        LastAddress(InetAddress first) {
            address = first;
            bytes = first.getAddress();
            found = new byte[bytes.length];
        }

        InetAddress read(ByteBuffer memory, int offset) {
            memory.get(offset, found);
            if (!Arrays.equals(found, bytes)) {
                bytes = found.clone();
                address = IpAddresses.of(found);
            }
            return address;
        }
    }

    /**
     * Sends one VRRP message; the kernel adds the IP header.
     *
     * @param message from position to limit, both left as they are; up to {@link #MAX_PACKET_BYTES}
     * @param source an address of this host
     * @param destination the multicast group or a host
     * @param hopLimit the TTL or hop limit to a host, 1 to 255; to the group it is 255, or what {@link #loopBack} says
     * @throws LinuxException ENETUNREACH if the interface is down or gone; this or EINVAL if the source is not on this
     *     host; ENOBUFS or EAGAIN if a queue is full; the socket works again afterwards, unless the interface has gone
     * @throws IllegalArgumentException if an address is of the other family
     */
    public void send(ByteBuffer message, InetAddress source, InetAddress destination, int hopLimit)
            throws LinuxException {
        if (hopLimit != unicastHopLimit && !destination.isMulticastAddress()) {
            setUnicastHopLimit(hopLimit);
        }
        if (!source.equals(lastSource) || !destination.equals(lastDestination)) {
            ways.write(sent, source, destination);
            lastSource = source;
            lastDestination = destination;
        }
        // to ask for the address of a buffer makes an object, and each router has its own
        out.put(0, message, message.position(), message.remaining());
        sent.data(outAddress, message.remaining());
        try {
            socket.sendMessage(sent.address());
        } catch (LinuxException e) {
            String way = "from " + source.getHostAddress() + " to " + destination.getHostAddress();
            throw new LinuxException(e.operation(), e.errno(), way);
        }
    }

    /**
     * Sends one VRRP message to the group in a frame that comes from another MAC address than the interface's
     * (packet(7)). It passes no IP output rules of the firewall.
     *
     * @param message from position to limit, both left as they are
     * @param source an IP address of the family, which the kernel does not look at
     * @throws LinuxException ENETDOWN if the interface is down, ENXIO or ENODEV if it is gone, ENOBUFS if its queue is
     *     full
     */
    public void sendFrom(MacAddress mac, ByteBuffer message, InetAddress source) throws LinuxException {
        openFrames();
        AdvertisementFrame.encode(mac, source, message, frame.clear());
        frames.send(interfaceIndex, frame.flip());
    }

    /**
     * Makes what {@link #send} or {@link #sendFrom} would send, for a kernel that sends it later.
     *
     * @throws LinuxException if a packet socket is needed and cannot be opened
     * @throws IllegalArgumentException if an address is of the other family
     */
    public PreparedMessage prepare(OutgoingMessage message) throws LinuxException {
        MessageHeader header = new MessageHeader();
        if (message.mac().isPresent()) {
            openFrames();
            AdvertisementFrame.encode(message.mac().get(), message.source(), message.message(), frame.clear());
            return frames.prepare(header, interfaceIndex, frame.flip());
        }
        ways.write(header, message.source(), message.destination());
        if (!message.destination().isMulticastAddress()) {
            // the option of the socket is for all messages, and is changed by others
            ways.writeHopLimit(header, message.hopLimit());
        }
        return new PreparedMessage(socket.fd(), header, message.message());
    }

    private void openFrames() throws LinuxException {
        if (frames == null) {
            frames = PacketSocket.open();
            frame = ByteBuffer.allocateDirect(MAX_PACKET_BYTES + AdvertisementFrame.MAX_HEADER_BYTES);
        }
    }

    private void setUnicastHopLimit(int hopLimit) throws LinuxException {
        if (family == IpFamily.IPV4) {
            socket.setInt(IPPROTO_IP, IP_TTL, "IP_TTL", hopLimit);
        } else {
            socket.setInt(IPPROTO_IPV6, IPV6_UNICAST_HOPS, "IPV6_UNICAST_HOPS", hopLimit);
        }
        unicastHopLimit = hopLimit;
    }

    /** Leaves the group and closes the descriptor, which must not be watched any more. */
    @Override
    public void close() {
        socket.close();
        if (frames != null) {
            frames.close();
        }
    }

    // struct ip_mreqn: group, local address, interface index
    private static byte[] mreqn(byte[] group, int index) {
        return ByteBuffer.allocate(IN_PKTINFO_BYTES)
                .order(ByteOrder.nativeOrder())
                .put(group)
                .putInt(0)
                .putInt(index)
                .array();
    }
}
