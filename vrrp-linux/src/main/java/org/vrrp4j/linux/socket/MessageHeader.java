package org.vrrp4j.linux.socket;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.vrrp4j.linux.libc.Libc;

/**
 * A {@code struct mmsghdr} of a 64-bit host with one piece of data, one address and room for control messages
 * (sendmsg(2), recvmmsg(2), cmsg(3)), all in memory that is used again and again. It begins with a {@code struct
 * msghdr}. What it points to stands elsewhere, so that several of them can be an array.
 *
 * <pre>
 *  0 msg_name (8)      8 msg_namelen (4), padding (4)
 * 16 msg_iov (8)      24 msg_iovlen (8)
 * 32 msg_control (8)  40 msg_controllen (8)
 * 48 msg_flags (4), padding (4)
 * 56 msg_len (4), padding (4)
 *
 *  0 iov_base (8)      8 iov_len (8)
 * 16 address (28), padding (4)
 * 48 control messages: cmsg_len (8), cmsg_level (4), cmsg_type (4), data padded to 8
 * </pre>
 */
final class MessageHeader {
    private static final int HEADER_BYTES = 64;
    private static final int NAME_LENGTH = 8;
    private static final int CONTROL_LENGTH = 40;
    private static final int FLAGS = 48;
    private static final int LENGTH = 56;
    private static final int NAME = 16;
    private static final int NAME_BYTES = 28;
    private static final int CONTROL = 48;
    private static final int CONTROL_BYTES = 128;
    private static final int BODY_BYTES = CONTROL + CONTROL_BYTES;
    private static final int CONTROL_HEADER_BYTES = 16;
    private static final int ALIGNMENT = 8;
    private static final int SCM_TIMESTAMPNS = RawSocket.SO_TIMESTAMPNS;

    private final ByteBuffer memory;
    private final long address;
    private final int header;
    private final int body;

    /** One alone. */
    MessageHeader() {
        this(memory(1), 0, 1);
    }

    private MessageHeader(ByteBuffer memory, int index, int count) {
        long start = Libc.address(memory);
        this.memory = memory;
        this.header = HEADER_BYTES * index;
        this.body = HEADER_BYTES * count + BODY_BYTES * index;
        this.address = start + header;
        memory.putLong(header, start + body + NAME);
        memory.putLong(header + 16, start + body).putLong(header + 24, 1);
        memory.putLong(header + 32, start + body + CONTROL);
    }

    /** So many, one behind the other for the kernel. */
    static MessageHeader[] array(int count) {
        ByteBuffer memory = memory(count);
        MessageHeader[] headers = new MessageHeader[count];
        for (int i = 0; i < count; i++) {
            headers[i] = new MessageHeader(memory, i, count);
        }
        return headers;
    }

    private static ByteBuffer memory(int count) {
        return ByteBuffer.allocateDirect(count * (HEADER_BYTES + BODY_BYTES)).order(ByteOrder.nativeOrder());
    }

    /** Where it is, for the kernel. */
    long address() {
        return address;
    }

    /** What is sent, or where what is received goes to. */
    void data(long where, int bytes) {
        memory.putLong(body, where).putLong(body + 8, bytes);
    }

    /** Gives the kernel all the room for the sender's address and control messages. */
    void expect() {
        memory.putInt(header + NAME_LENGTH, NAME_BYTES)
                .putLong(header + CONTROL_LENGTH, CONTROL_BYTES)
                .putInt(header + FLAGS, 0);
    }

    /** How many bytes of data have been received. */
    int received() {
        return memory.getInt(header + LENGTH);
    }

    /** The memory at the socket address, of which so many bytes count from now on. */
    ByteBuffer name(int bytes) {
        memory.putInt(header + NAME_LENGTH, bytes);
        return memory.position(nameOffset());
    }

    /** The offset of the socket address. */
    int nameOffset() {
        return body + NAME;
    }

    /** The memory at the data of a single control message, which becomes the only one. */
    ByteBuffer control(int level, int type, int dataBytes) {
        memory.putLong(header + CONTROL_LENGTH, aligned(CONTROL_HEADER_BYTES + dataBytes));
        return controlAt(body + CONTROL, level, type, dataBytes);
    }

    /** The memory at the data of one more control message, behind the only one. */
    ByteBuffer secondControl(int level, int type, int dataBytes) {
        int first = (int) memory.getLong(header + CONTROL_LENGTH);
        memory.putLong(header + CONTROL_LENGTH, first + aligned(CONTROL_HEADER_BYTES + dataBytes));
        return controlAt(body + CONTROL + first, level, type, dataBytes);
    }

    private ByteBuffer controlAt(int control, int level, int type, int dataBytes) {
        memory.putLong(control, CONTROL_HEADER_BYTES + dataBytes);
        memory.putInt(control + 8, level).putInt(control + 12, type);
        return memory.position(control + CONTROL_HEADER_BYTES);
    }

    /** The offset of the data of a received control message, or -1. */
    int find(int level, int type) {
        int at = body + CONTROL;
        long end = at + Math.min(CONTROL_BYTES, memory.getLong(header + CONTROL_LENGTH));
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

    /** The time of the wall clock at which it was received, in nanoseconds, or -1 if the kernel has not told. */
    long receivedNanos() {
        int timespec = find(Libc.SOL_SOCKET, SCM_TIMESTAMPNS);
        return timespec < 0 ? -1 : WallClock.nanos(memory, timespec);
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
