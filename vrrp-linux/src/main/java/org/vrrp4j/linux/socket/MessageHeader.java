package org.vrrp4j.linux.socket;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.vrrp4j.linux.libc.Libc;

/**
 * A {@code struct msghdr} of a 64-bit host with one piece of data, one address and room for control messages
 * (recvmsg(2), cmsg(3)), all in memory that is used again and again.
 *
 * <pre>
 *  0 msg_name (8)      8 msg_namelen (4), padding (4)
 * 16 msg_iov (8)      24 msg_iovlen (8)
 * 32 msg_control (8)  40 msg_controllen (8)
 * 48 msg_flags (4), padding (4)
 * 56 iov_base (8)     64 iov_len (8)
 * 72 address (28), padding (4)
 * 104 control messages: cmsg_len (8), cmsg_level (4), cmsg_type (4), data padded to 8
 * </pre>
 */
final class MessageHeader {
    /** The offset of the socket address. */
    static final int NAME = 72;

    private static final int NAME_LENGTH = 8;
    private static final int CONTROL_LENGTH = 40;
    private static final int FLAGS = 48;
    private static final int IOV = 56;
    private static final int NAME_BYTES = 28;
    private static final int CONTROL = 104;
    private static final int CONTROL_BYTES = 128;
    private static final int CONTROL_HEADER_BYTES = 16;
    private static final int ALIGNMENT = 8;

    private final ByteBuffer memory =
            ByteBuffer.allocateDirect(CONTROL + CONTROL_BYTES).order(ByteOrder.nativeOrder());
    private final long address = Libc.address(memory);

    MessageHeader() {
        memory.putLong(0, address + NAME);
        memory.putLong(16, address + IOV).putLong(24, 1);
        memory.putLong(32, address + CONTROL);
    }

    /** Where it is, for the kernel. */
    long address() {
        return address;
    }

    /** What is sent, or where what is received goes to. */
    void data(long where, int bytes) {
        memory.putLong(IOV, where).putLong(IOV + 8, bytes);
    }

    /** Gives the kernel all the room for the sender's address and control messages. */
    void expect() {
        memory.putInt(NAME_LENGTH, NAME_BYTES)
                .putLong(CONTROL_LENGTH, CONTROL_BYTES)
                .putInt(FLAGS, 0);
    }

    /** The memory at the socket address, of which so many bytes count from now on. */
    ByteBuffer name(int bytes) {
        memory.putInt(NAME_LENGTH, bytes);
        return memory.position(NAME);
    }

    /** The memory at the data of a single control message, which becomes the only one. */
    ByteBuffer control(int level, int type, int dataBytes) {
        memory.putLong(CONTROL_LENGTH, aligned(CONTROL_HEADER_BYTES + dataBytes));
        memory.putLong(CONTROL, CONTROL_HEADER_BYTES + dataBytes);
        memory.putInt(CONTROL + 8, level).putInt(CONTROL + 12, type);
        return memory.position(CONTROL + CONTROL_HEADER_BYTES);
    }

    /** The memory at the data of one more control message, behind the only one. */
    ByteBuffer secondControl(int level, int type, int dataBytes) {
        int first = (int) memory.getLong(CONTROL_LENGTH);
        int at = CONTROL + first;
        memory.putLong(CONTROL_LENGTH, first + aligned(CONTROL_HEADER_BYTES + dataBytes));
        memory.putLong(at, CONTROL_HEADER_BYTES + dataBytes);
        memory.putInt(at + 8, level).putInt(at + 12, type);
        return memory.position(at + CONTROL_HEADER_BYTES);
    }

    /** The offset of the data of a received control message, or -1. */
    int find(int level, int type) {
        long end = CONTROL + Math.min(CONTROL_BYTES, memory.getLong(CONTROL_LENGTH));
        int at = CONTROL;
        while (at + CONTROL_HEADER_BYTES <= end) {
            long length = memory.getLong(at);
            if (length < CONTROL_HEADER_BYTES || at + length > end) {
                return -1;
            }
            if (memory.getInt(at + 8) == level && memory.getInt(at + 12) == type) {
                return at + CONTROL_HEADER_BYTES;
            }
            at += aligned((int) length);
        }
        return -1;
    }

    int intAt(int offset) {
        return memory.getInt(offset);
    }

    /** All of it, to be read by offset. */
    ByteBuffer memory() {
        return memory;
    }

    private static int aligned(int bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
