package org.vrrp4j.linux.socket;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.libc.SocketFd;
import org.vrrp4j.model.IpFamily;

/**
 * Receives the ARP packets, or the neighbour advertisements, that arrive on one Ethernet interface and say that
 * somebody has one of some addresses (packet(7)). It is bound to the EtherType, so that what this host sends, and for
 * ARP all other traffic, does not even come to its filter; and that keeps the rest away from this process.
 *
 * <p>A switch sends a question and an announcement to every port, but an answer only to who asked. So of another holder
 * is heard when it announces itself or asks for somebody, not when it answers a third host.
 *
 * <p><b>Thread:</b> one at a time. <b>Blocking:</b> never, but {@link #close()} waits for the kernel, some
 * milliseconds. <b>Failure:</b> {@link LinuxException}; needs CAP_NET_RAW to open. <b>Idempotence:</b> {@link
 * #close()} may be called twice.
 */
public final class HolderSocket implements HolderChannel {
    /** Enough for an ARP packet and a neighbour advertisement with its options; of longer ones the end is cut off. */
    public static final int MAX_FRAME_BYTES = 256;

    private final SocketFd socket;
    private final IpFamily family;
    /** Kept, as the kernel reads it where it lies. */
    private ByteBuffer program;

    private final DirectAddress receiveBuffer = new DirectAddress();

    private HolderSocket(SocketFd socket, IpFamily family) {
        this.socket = socket;
        this.family = family;
    }

    /** See {@link HolderChannel.Opener#open}. */
    public static HolderSocket open(IpFamily family, int interfaceIndex) throws LinuxException {
        // protocol 0: it receives nothing before it has its filter and its interface
        SocketFd socket = SocketFd.open("holder socket", Libc.AF_PACKET, Libc.SOCK_RAW, 0);
        HolderSocket holders = new HolderSocket(socket, family);
        try {
            holders.listenFor(List.of());
            socket.bind(CaptureSocket.sockaddrLl(interfaceIndex, HolderFilter.etherType(family)));
            return holders;
        } catch (LinuxException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public int fd() {
        return socket.fd();
    }

    @Override
    public void listenFor(Collection<InetAddress> addresses) throws LinuxException {
        program = HolderFilter.program(family, addresses);
        socket.attachFilter(program);
    }

    @Override
    public boolean receive(ByteBuffer direct) throws LinuxException {
        return receiveBuffer.receive(socket, direct);
    }

    @Override
    public void close() {
        socket.close();
    }
}
