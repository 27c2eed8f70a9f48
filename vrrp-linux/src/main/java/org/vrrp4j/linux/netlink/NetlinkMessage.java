package org.vrrp4j.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;

/**
 * One netlink message (netlink(7)), all numbers in the byte order of the host.
 *
 * <pre>
 * +---------------------------------------------------------------+
 * |               Length, with these 16 bytes (32)                |
 * +-------------------------------+-------------------------------+
 * |           Type (16)           |          Flags (16)           |
 * +-------------------------------+-------------------------------+
 * |                     Sequence number (32)                      |
 * +---------------------------------------------------------------+
 * |            Port of the socket that began it (32)              |
 * +---------------------------------------------------------------+
 * |             Payload, padded to a multiple of 4                |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * @param type what it is; below 16 for netlink's own types
 * @param flags the {@code NLM_F_} bits
 * @param sequence repeated in the answer; 0 in what the kernel tells by itself
 * @param port the port of the requester, 0 for the kernel
 * @param payload what follows the header, without padding
 */
public record NetlinkMessage(int type, int flags, int sequence, int port, ByteBuffer payload) {
    /** The length of the header. */
    public static final int HEADER_BYTES = 16;

    /** Type: the answer to a request, an error number of 0 being success. */
    public static final int NLMSG_ERROR = 2;

    /** Type: the end of a dump. */
    public static final int NLMSG_DONE = 3;

    /** Flag: a request. */
    public static final int NLM_F_REQUEST = 0x1;

    /** Flag: one of several messages, {@link #NLMSG_DONE} being the last. */
    public static final int NLM_F_MULTI = 0x2;

    /** Flag: asks for an answer in any case. */
    public static final int NLM_F_ACK = 0x4;

    /** Flag: the table changed during the dump, which is therefore inconsistent. */
    public static final int NLM_F_DUMP_INTR = 0x10;

    /** Flag of a request: all entries. */
    public static final int NLM_F_DUMP = 0x300;

    /** Flag of a request: replace an entry. */
    public static final int NLM_F_REPLACE = 0x100;

    /** Flag of a request: fail if the entry exists. */
    public static final int NLM_F_EXCL = 0x200;

    /** Flag of a request: create the entry if it does not exist. */
    public static final int NLM_F_CREATE = 0x400;

    private static final int ALIGNMENT = 4;

    /** A message whose sequence and port are yet to be filled in. */
    public NetlinkMessage(int type, int flags, ByteBuffer payload) {
        this(type, flags, 0, 0, payload);
    }

    /** A view of the payload in the byte order of the host, with a position of its own. */
    @Override
    public ByteBuffer payload() {
        return payload.duplicate().order(ByteOrder.nativeOrder());
    }

    /** The same message with another sequence number. */
    public NetlinkMessage withSequence(int number) {
        return new NetlinkMessage(type, flags, number, port, payload);
    }

    /** How many bytes {@link #encode} writes. */
    int encodedBytes() {
        return align(HEADER_BYTES + payload.remaining());
    }

    /** Writes the message at the position of a buffer. */
    public void encode(ByteBuffer datagram) {
        encode(datagram, sequence);
    }

    /** The same with another sequence number. */
    void encode(ByteBuffer datagram, int number) {
        datagram.order(ByteOrder.nativeOrder());
        int bytes = payload.remaining();
        int length = HEADER_BYTES + bytes;
        datagram.putInt(length).putShort((short) type).putShort((short) flags);
        datagram.putInt(number).putInt(port);
        datagram.put(datagram.position(), payload, payload.position(), bytes);
        datagram.position(datagram.position() + bytes);
        for (int i = length; i < align(length); i++) {
            datagram.put((byte) 0);
        }
    }

    /**
     * Reads all messages of one datagram; their payloads are copies.
     *
     * @throws LinuxException EIO if a length does not fit, as when the datagram was cut off
     */
    public static List<NetlinkMessage> decodeAll(ByteBuffer datagram) throws LinuxException {
        ByteBuffer in = datagram.duplicate().order(ByteOrder.nativeOrder());
        List<NetlinkMessage> messages = new ArrayList<>();
        while (in.hasRemaining()) {
            int start = in.position();
            int length = in.remaining() < HEADER_BYTES ? 0 : in.getInt(start);
            if (length < HEADER_BYTES || length > in.remaining()) {
                throw new LinuxException(
                        "reading a netlink message",
                        Errno.EIO.number(),
                        "length " + length + " with " + in.remaining() + " bytes left");
            }
            byte[] payload = new byte[length - HEADER_BYTES];
            in.get(start + HEADER_BYTES, payload);
            messages.add(new NetlinkMessage(
                    in.getShort(start + 4) & 0xffff,
                    in.getShort(start + 6) & 0xffff,
                    in.getInt(start + 8),
                    in.getInt(start + 12),
                    ByteBuffer.wrap(payload).order(ByteOrder.nativeOrder())));
            in.position(start + Math.min(align(length), in.remaining()));
        }
        return messages;
    }

    /** Rounds a length up to the multiple of four that messages and attributes are padded to. */
    static int align(int length) {
        return length + ALIGNMENT - 1 & -ALIGNMENT;
    }
}
