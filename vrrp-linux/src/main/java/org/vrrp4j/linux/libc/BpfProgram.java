package org.vrrp4j.linux.libc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A classic BPF program for SO_ATTACH_FILTER (socket(7), linux/filter.h) as it grows: the instructions, one after the
 * other. It is the caller's to make it end with a {@link #RETURN} on all ways; the kernel checks that. Not for several
 * threads.
 */
public final class BpfProgram {
    /** A becomes the operand. */
    public static final int LOAD_IMMEDIATE = 0x00;

    /** A becomes the four bytes at an offset, in network order. */
    public static final int LOAD_WORD = 0x20;

    /** A becomes the two bytes at an offset, in network order. */
    public static final int LOAD_HALF = 0x28;

    /** A becomes the byte at an offset. */
    public static final int LOAD_BYTE = 0x30;

    /** A becomes the four bytes at X and an offset. */
    public static final int LOAD_WORD_AT_X = 0x40;

    /** A becomes the byte at X and an offset. */
    public static final int LOAD_BYTE_AT_X = 0x50;

    /** X becomes the operand. */
    public static final int X_IMMEDIATE = 0x01;

    /** X becomes what was stored. */
    public static final int X_MEMORY = 0x61;

    /** Stores A. */
    public static final int STORE = 0x02;

    /** X becomes A. */
    public static final int TO_X = 0x07;

    /** Compares A with the operand. */
    public static final int JUMP_IF_EQUAL = 0x15;

    /** Compares A with X. */
    public static final int JUMP_IF_EQUAL_X = 0x1d;

    /** Ends with the number of bytes that pass: 0 drops the packet. */
    public static final int RETURN = 0x06;

    /** Offsets from here on ask the kernel for what is not in the packet. */
    public static final int SKF_AD_OFF = -0x1000;

    /** The offset of the EtherType. */
    public static final int SKF_AD_PROTOCOL = SKF_AD_OFF;

    /** Loads the offset of the netlink attribute whose type is X, searched from A on; 0 for none. */
    public static final int SKF_AD_NLATTR = SKF_AD_OFF + 12;

    /** The offset that tells whether there is a VLAN tag. */
    public static final int SKF_AD_VLAN_TAG_PRESENT = SKF_AD_OFF + 48;

    /** Offsets from here on count from the network header. */
    public static final int SKF_NET_OFF = -0x100000;

    /** struct sock_filter: code, jump if true, jump if false, operand. */
    public static final int INSTRUCTION_BYTES = 8;

    private final ByteBuffer instructions;

    /**
     * An empty one.
     *
     * @param maxInstructions how many it may get; the kernel takes 4,096
     */
    public BpfProgram(int maxInstructions) {
        instructions =
                ByteBuffer.allocateDirect(maxInstructions * INSTRUCTION_BYTES).order(ByteOrder.nativeOrder());
    }

    /** How many instructions there are. */
    public int size() {
        return instructions.position() / INSTRUCTION_BYTES;
    }

    /**
     * Appends an instruction that does not jump.
     *
     * @param code one of the constants
     */
    public BpfProgram add(int code, int operand) {
        return jump(code, operand, 0, 0);
    }

    /**
     * Appends a jump.
     *
     * @param code one of the constants
     * @param ifTrue how many instructions to leave out then, 0 to 255
     * @param ifFalse the same, otherwise
     */
    public BpfProgram jump(int code, int operand, int ifTrue, int ifFalse) {
        instructions
                .putShort((short) code)
                .put((byte) ifTrue)
                .put((byte) ifFalse)
                .putInt(operand);
        return this;
    }

    /** The instructions so far in a direct buffer whose capacity is their length. */
    public ByteBuffer toBuffer() {
        return instructions.duplicate().flip().slice().order(ByteOrder.nativeOrder());
    }
}
