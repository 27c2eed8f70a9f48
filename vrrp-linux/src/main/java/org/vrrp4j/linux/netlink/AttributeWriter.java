package org.vrrp4j.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Writes attributes behind each other (rtnetlink(7), {@code struct rtattr}): length with these four bytes (16 bits),
 * type (16 bits), value, padding to a multiple of four.
 */
public final class AttributeWriter {
    private static final int HEADER_BYTES = 4;
    private static final int NLA_F_NESTED = 0x8000;

    private final ByteBuffer out;

    /** Writes from the position of a buffer on, in the byte order of the host. */
    public AttributeWriter(ByteBuffer out) {
        this.out = out.order(ByteOrder.nativeOrder());
    }

    /** Writes a value of one byte. */
    public AttributeWriter putByte(int type, int value) {
        return put(type, new byte[] {(byte) value});
    }

    /** Writes a value of 32 bits. */
    public AttributeWriter putInt(int type, int value) {
        header(type, Integer.BYTES);
        out.putInt(value);
        return this;
    }

    /** Writes a text with its final zero. */
    public AttributeWriter putText(int type, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        byte[] terminated = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, terminated, 0, bytes.length);
        return put(type, terminated);
    }

    /** Writes a value of several 32-bit numbers, such as a structure of them. */
    public AttributeWriter putInts(int type, int... values) {
        header(type, values.length * Integer.BYTES);
        for (int value : values) {
            out.putInt(value);
        }
        return this;
    }

    /** Writes any value. */
    public AttributeWriter put(int type, byte[] value) {
        header(type, value.length);
        out.put(value);
        for (int i = value.length; i < NetlinkMessage.align(value.length); i++) {
            out.put((byte) 0);
        }
        return this;
    }

    /** Writes a value that is attributes itself. */
    public AttributeWriter putNested(int type, Consumer<AttributeWriter> attributes) {
        int start = out.position();
        header(NLA_F_NESTED | type, 0);
        attributes.accept(this);
        out.putShort(start, (short) (out.position() - start));
        return this;
    }

    private void header(int type, int valueBytes) {
        out.putShort((short) (HEADER_BYTES + valueBytes)).putShort((short) type);
    }
}
