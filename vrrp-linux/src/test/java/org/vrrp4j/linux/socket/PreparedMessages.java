package org.vrrp4j.linux.socket;

import java.nio.ByteBuffer;

/** Messages for a kernel that is not there. */
public final class PreparedMessages {
    private PreparedMessages() {}

    /** One for a descriptor that need not be open. */
    public static PreparedMessage of(int fd) {
        return new PreparedMessage(fd, new MessageHeader(), ByteBuffer.allocate(1));
    }
}
