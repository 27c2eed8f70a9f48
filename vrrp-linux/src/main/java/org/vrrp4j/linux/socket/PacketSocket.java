package org.vrrp4j.linux.socket;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.libc.SocketFd;

/**
 * Sends whole Ethernet frames on any interface and receives nothing (packet(7), protocol 0).
 *
 * <p><b>Thread:</b> one at a time. <b>Blocking:</b> never. <b>Failure:</b> {@link LinuxException}; needs CAP_NET_RAW to
 * open. <b>Idempotence:</b> {@link #close()} may be called twice.
 */
public final class PacketSocket implements AutoCloseable {
    private static final int SOCKADDR_LL_BYTES = 20;
    private static final int ETHERNET_ADDRESS_BYTES = 6;
    private static final int ETHER_TYPE_OFFSET = 12;

    private final SocketFd socket;
    private final ByteBuffer destination =
            ByteBuffer.allocateDirect(SOCKADDR_LL_BYTES).order(ByteOrder.nativeOrder());
    private final long destinationAddress = Libc.address(destination);
    private final DirectAddress sendBuffer = new DirectAddress();

    private PacketSocket(SocketFd socket) {
        this.socket = socket;
    }

    /**
     * Opens the socket.
     *
     * @throws LinuxException if the kernel refuses; for a missing right with the remedy
     */
    public static PacketSocket open() throws LinuxException {
        return new PacketSocket(SocketFd.open("packet socket", Libc.AF_PACKET, Libc.SOCK_RAW, 0));
    }

    /**
     * Opens one for rehearsals, which does everything but send: the kernel refuses each frame.
     *
     * @throws LinuxException if the kernel refuses
     */
    public static PacketSocket rehearsing() throws LinuxException {
        // to which a link-layer address means nothing
        return new PacketSocket(SocketFd.open("packet socket of a rehearsal", Libc.AF_NETLINK, Libc.SOCK_RAW, 0));
    }

    /**
     * Sends one frame.
     *
     * @param interfaceIndex where
     * @param frame a direct buffer, from position to limit, both left as they are: destination, source, EtherType, data
     * @throws LinuxException ENETDOWN if the interface is down, ENXIO or ENODEV if it is gone, ENOBUFS if its queue is
     *     full
     */
    public void send(int interfaceIndex, ByteBuffer frame) throws LinuxException {
        int start = frame.position();
        address(destination.clear(), interfaceIndex, frame);
        socket.send(sendBuffer.of(frame) + start, frame.remaining(), destinationAddress, SOCKADDR_LL_BYTES);
    }

    /** Makes what {@link #send} would send, for a kernel that sends it later. */
    PreparedMessage prepare(MessageHeader header, int interfaceIndex, ByteBuffer frame) {
        address(header.name(SOCKADDR_LL_BYTES), interfaceIndex, frame);
        return new PreparedMessage(socket.fd(), header, frame);
    }

    // struct sockaddr_ll: family, protocol in network order, index, hardware type, packet type, address
    private static void address(ByteBuffer to, int interfaceIndex, ByteBuffer frame) {
        int start = frame.position();
        to.putShort((short) Libc.AF_PACKET);
        to.put(frame.get(start + ETHER_TYPE_OFFSET)).put(frame.get(start + ETHER_TYPE_OFFSET + 1));
        to.putInt(interfaceIndex).putShort((short) 0).put((byte) 0).put((byte) ETHERNET_ADDRESS_BYTES);
        for (int i = 0; i < ETHERNET_ADDRESS_BYTES; i++) {
            to.put(frame.get(start + i));
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
