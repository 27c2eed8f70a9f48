package org.vrrp4j.linux.socket;

import java.nio.ByteBuffer;
import org.vrrp4j.linux.libc.Libc;

/**
 * A message as {@code sendmsg(2)} takes it, in memory of its own that does not change: for a kernel that sends it
 * later, and perhaps several times. Made by {@link RawSocket#prepare}.
 *
 * <p><b>Thread:</b> any. <b>Blocking:</b> never. Must be kept as long as the kernel may send it, and so must its
 * socket.
 */
public final class PreparedMessage {
    private final int fd;
    private final MessageHeader header;
    private final ByteBuffer data;

    /**
     * @param fd the socket
     * @param header with addresses and control messages
     * @param content what is sent, from position to limit; copied
     */
    PreparedMessage(int fd, MessageHeader header, ByteBuffer content) {
        this.fd = fd;
        this.header = header;
        this.data = ByteBuffer.allocateDirect(content.remaining()).put(content.duplicate());
        header.data(Libc.address(data), data.capacity());
    }

    /** The descriptor of the socket. */
    public int fd() {
        return fd;
    }

    /** Where the {@code struct msghdr} is. */
    public long header() {
        return header.address();
    }
}
