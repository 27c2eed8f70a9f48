package org.vrrp4j.linux.socket;

import java.nio.ByteBuffer;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.libc.SocketFd;

/** Remembers where the last direct buffer begins: asking JNA costs an object, and a channel has only one or two. */
final class DirectAddress {
    private ByteBuffer buffer;
    private long address;

    long of(ByteBuffer direct) {
        if (direct != buffer) {
            address = Libc.address(direct);
            buffer = direct;
        }
        return address;
    }

    /** Receives one packet or frame, to stand from 0 to the limit; answers whether one was there. */
    boolean receive(SocketFd socket, ByteBuffer direct) throws LinuxException {
        int received = socket.receive(of(direct), direct.capacity());
        if (received >= 0) {
            direct.clear().limit(received);
        }
        return received >= 0;
    }
}
