package org.vrrp4j.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads attributes one after the other, as {@link AttributeWriter} writes them. It never fails: a damaged attribute
 * ends the reading, and a value that is too short counts as 0.
 */
public final class AttributeReader {
    private static final int HEADER_BYTES = 4;
    // The upper two bits say that the value is nested or in network order.
    private static final int TYPE_MASK = 0x3fff;

    private final ByteBuffer in;
    private int type;
    private ByteBuffer value;

    /** Reads from the position to the limit of a buffer, leaving both as they are. */
    public AttributeReader(ByteBuffer attributes) {
        this.in = attributes.duplicate().order(ByteOrder.nativeOrder());
        this.value = in.slice(in.position(), 0);
    }

    /** Goes to the next attribute; false when there is none. */
    public boolean next() {
        if (in.remaining() < HEADER_BYTES) {
            return false;
        }
        int start = in.position();
        int length = in.getShort(start) & 0xffff;
        if (length < HEADER_BYTES || length > in.remaining()) {
            in.position(in.limit());
            return false;
        }
        type = in.getShort(start + 2) & TYPE_MASK;
        value = in.slice(start + HEADER_BYTES, length - HEADER_BYTES).order(ByteOrder.nativeOrder());
        in.position(start + Math.min(NetlinkMessage.align(length), in.remaining()));
        return true;
    }

    /** The type of this attribute. */
    public int type() {
        return type;
    }

    /** The value as a byte, 0 to 255. */
    public int byteValue() {
        return value.remaining() < 1 ? 0 : value.get(0) & 0xff;
    }

    /** The value as a 32-bit number, or one of several. */
    public int intValue(int index) {
        return value.remaining() < (index + 1) * Integer.BYTES ? 0 : value.getInt(index * Integer.BYTES);
    }

    /** The value as a text, up to its final zero. */
    public String text() {
        String text = new String(bytes(), StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    /** The value as attributes. */
    public AttributeReader nested() {
        return new AttributeReader(value);
    }

    /** A copy of the value. */
    public byte[] bytes() {
        byte[] bytes = new byte[value.remaining()];
        value.get(0, bytes);
        return bytes;
    }
}
