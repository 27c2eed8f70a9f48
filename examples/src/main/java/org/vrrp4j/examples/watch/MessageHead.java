package org.vrrp4j.examples.watch;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The fields that both versions have at the same place, read without any check, to tell what a rejected packet was
 * meant to be.
 */
public record MessageHead(int version, int type, int vrid, int priority, int addressCount) {
    private static final int BYTES = 4;

    /** Reads from the position; empty if the message is too short even for that. */
    static Optional<MessageHead> read(ByteBuffer message) {
        int start = message.position();
        if (message.remaining() < BYTES) {
            return Optional.empty();
        }
        int first = message.get(start) & 0xff;
        return Optional.of(new MessageHead(
                first >> 4,
                first & 0x0f,
                message.get(start + 1) & 0xff,
                message.get(start + 2) & 0xff,
                message.get(start + 3) & 0xff));
    }
}
