package org.vrrp4j.linux.socket;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A classic BPF program (socket(7), SO_ATTACH_FILTER) that lets IP protocol 112 pass. It asks the kernel for the
 * protocol, the VLAN tag and the network header, and so works whether the tag is in the frame or beside it.
 */
final class ProtocolFilter {
    /** struct sock_filter: code, jump if true, jump if false, operand. */
    static final int INSTRUCTION_BYTES = 8;

    static final int LOAD_WORD = 0x20;
    static final int LOAD_HALF = 0x28;
    static final int LOAD_BYTE = 0x30;
    static final int JUMP_IF_EQUAL = 0x15;
    static final int RETURN = 0x06;

    static final int SKF_AD_OFF = -0x1000;
    static final int SKF_AD_PROTOCOL = SKF_AD_OFF;
    static final int SKF_AD_VLAN_TAG_PRESENT = SKF_AD_OFF + 48;
    static final int SKF_NET_OFF = -0x100000;

    static final int WHOLE_FRAME = 0x40000;
    static final int ETH_P_IPV6 = 0x86dd;

    private static final int ETH_P_IP = 0x0800;
    private static final int IPV4_PROTOCOL_OFFSET = 9;
    private static final int IPV6_NEXT_HEADER_OFFSET = 6;

    /** The instructions in a direct buffer, to be read only. */
    static final ByteBuffer PROGRAM = program();

    private ProtocolFilter() {}

    private static ByteBuffer program() {
        ByteBuffer program = ByteBuffer.allocateDirect(11 * INSTRUCTION_BYTES).order(ByteOrder.nativeOrder());
        instruction(program, LOAD_WORD, 0, 0, SKF_AD_VLAN_TAG_PRESENT);
        instruction(program, JUMP_IF_EQUAL, 0, 7, 0);
        instruction(program, LOAD_HALF, 0, 0, SKF_AD_PROTOCOL);
        instruction(program, JUMP_IF_EQUAL, 0, 2, ETH_P_IP);
        instruction(program, LOAD_BYTE, 0, 0, SKF_NET_OFF + IPV4_PROTOCOL_OFFSET);
        instruction(program, JUMP_IF_EQUAL, 4, 3, RawSocket.PROTOCOL);
        instruction(program, JUMP_IF_EQUAL, 0, 2, ETH_P_IPV6);
        instruction(program, LOAD_BYTE, 0, 0, SKF_NET_OFF + IPV6_NEXT_HEADER_OFFSET);
        instruction(program, JUMP_IF_EQUAL, 1, 0, RawSocket.PROTOCOL);
        instruction(program, RETURN, 0, 0, 0);
        instruction(program, RETURN, 0, 0, WHOLE_FRAME);
        return program;
    }

    static void instruction(ByteBuffer program, int code, int ifTrue, int ifFalse, int operand) {
        program.putShort((short) code).put((byte) ifTrue).put((byte) ifFalse).putInt(operand);
    }
}
