package org.vrrp4j.linux.socket;

import java.nio.ByteBuffer;
import org.vrrp4j.linux.libc.Libc;

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
}
