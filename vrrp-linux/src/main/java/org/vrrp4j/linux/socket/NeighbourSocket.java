package org.vrrp4j.linux.socket;

import java.nio.ByteBuffer;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.libc.SocketFd;

/**
 * Asks who has an address on one Ethernet interface, and hears the answers: sends any frame, and receives the ARP
 * packets and neighbour advertisements that the interface sends and receives (packet(7)). A filter in the kernel keeps
 * all other traffic away from this process.
 *
 * <p><b>Thread:</b> one at a time. <b>Blocking:</b> never. <b>Failure:</b> {@link LinuxException}; needs CAP_NET_RAW to
 * open. <b>Idempotence:</b> {@link #close()} may be called twice.
 */
public final class NeighbourSocket implements AutoCloseable {
    /** Enough for an ARP packet and a neighbour advertisement with its options; of longer ones the end is cut off. */
    public static final int MAX_FRAME_BYTES = 256;

    private final SocketFd socket;
    private final DirectAddress receiveBuffer = new DirectAddress();
    private final DirectAddress sendBuffer = new DirectAddress();

    private NeighbourSocket(SocketFd socket) {
        this.socket = socket;
    }

    /**
     * Opens the socket; when it returns, frames are being received.
     *
     * @param interfaceIndex the number of an Ethernet interface
     * @throws LinuxException ENODEV if there is no such interface; for a missing right with the remedy
     */
    public static NeighbourSocket open(int interfaceIndex) throws LinuxException {
        // protocol 0: it receives nothing before it has its filter and its interface
        SocketFd socket = SocketFd.open("neighbour socket", Libc.AF_PACKET, Libc.SOCK_RAW, 0);
        try {
            socket.attachFilter(NeighbourFilter.PROGRAM);
            socket.bind(CaptureSocket.sockaddrLl(interfaceIndex, CaptureSocket.ETH_P_ALL));
        } catch (LinuxException e) {
            socket.close();
            throw e;
        }
        return new NeighbourSocket(socket);
    }

    /**
     * Sends one frame on the interface.
     *
     * @param frame a direct buffer, from position to limit, both left as they are
     * @throws LinuxException ENETDOWN if the interface is down, ENOBUFS if its queue is full
     */
    public void send(ByteBuffer frame) throws LinuxException {
        socket.send(sendBuffer.of(frame) + frame.position(), frame.remaining(), 0, 0);
    }

    /**
     * Receives one frame from its Ethernet header on. The buffer's position becomes 0 and its limit the length.
     *
     * @param direct a direct buffer of {@link #MAX_FRAME_BYTES}
     * @return whether one was there
     * @throws LinuxException ENETDOWN, once, when the interface goes down or away
     */
    public boolean receive(ByteBuffer direct) throws LinuxException {
        return receiveBuffer.receive(socket, direct);
    }

    @Override
    public void close() {
        socket.close();
    }
}
