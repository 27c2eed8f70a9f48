package org.vrrp4j.linux.socket;

import java.nio.ByteBuffer;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.libc.SocketFd;

/**
 * Room for several packets that one call receives (recvmmsg(2)), to be used again and again, and by several sockets.
 *
 * <p><b>Thread:</b> one at a time, and not while packets of it are being told.
 */
public final class ReceiveBatch {
    private final MessageHeader[] headers;
    private final ByteBuffer[] packets;
    /** So many have been overwritten by the last call. */
    private int used;

    private final WallClock clock = new WallClock();
    private long nowNanos;

    /**
     * Takes so many packets at once.
     *
     * @param packets 1 or more
     */
    public ReceiveBatch(int packets) {
        this.headers = MessageHeader.array(packets);
        this.packets = new ByteBuffer[packets];
        ByteBuffer memory = ByteBuffer.allocateDirect(packets * RawSocket.MAX_PACKET_BYTES);
        for (int i = 0; i < packets; i++) {
            this.packets[i] = memory.slice(i * RawSocket.MAX_PACKET_BYTES, RawSocket.MAX_PACKET_BYTES);
            headers[i].data(Libc.address(memory) + i * RawSocket.MAX_PACKET_BYTES, RawSocket.MAX_PACKET_BYTES);
        }
        used = packets;
    }

    /** How many packets there is room for. */
    public int size() {
        return headers.length;
    }

    /** Returns how many have come. */
    int receive(SocketFd socket) throws LinuxException {
        for (int i = 0; i < used; i++) {
            headers[i].expect();
        }
        used = 0;
        used = socket.receiveMessages(headers[0].address(), headers.length);
        nowNanos = used > 0 ? clock.nanos() : 0;
        return used;
    }

    /** How long ago a packet came; 0 if that is not known. */
    long agoNanos(int index) {
        long received = headers[index].receivedNanos();
        return received < 0 ? 0 : Math.max(0, nowNanos - received);
    }

    MessageHeader header(int index) {
        return headers[index];
    }

    /** What came, from 0 to the limit. */
    ByteBuffer packet(int index) {
        return packets[index].clear().limit(headers[index].received());
    }
}
