package org.vrrp4j.linux.socket;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.vrrp4j.packet.GratuitousArp;

/** A classic BPF program that lets ARP packets and neighbour advertisements (RFC 4861, 4.4) pass. */
final class NeighbourFilter {
    static final int NEXT_HEADER_OFFSET = 6;
    static final int ICMPV6_TYPE_OFFSET = 40;
    static final int ICMPV6 = 58;
    static final int NEIGHBOUR_ADVERTISEMENT = 136;

    /** The instructions in a direct buffer, to be read only. */
    static final ByteBuffer PROGRAM = program();

    private NeighbourFilter() {}

    private static ByteBuffer program() {
        ByteBuffer program =
                ByteBuffer.allocateDirect(11 * ProtocolFilter.INSTRUCTION_BYTES).order(ByteOrder.nativeOrder());
        add(program, ProtocolFilter.LOAD_WORD, 0, 0, ProtocolFilter.SKF_AD_VLAN_TAG_PRESENT);
        add(program, ProtocolFilter.JUMP_IF_EQUAL, 0, 7, 0);
        add(program, ProtocolFilter.LOAD_HALF, 0, 0, ProtocolFilter.SKF_AD_PROTOCOL);
        add(program, ProtocolFilter.JUMP_IF_EQUAL, 6, 0, GratuitousArp.ETHER_TYPE);
        add(program, ProtocolFilter.JUMP_IF_EQUAL, 0, 4, ProtocolFilter.ETH_P_IPV6);
        add(program, ProtocolFilter.LOAD_BYTE, 0, 0, ProtocolFilter.SKF_NET_OFF + NEXT_HEADER_OFFSET);
        add(program, ProtocolFilter.JUMP_IF_EQUAL, 0, 2, ICMPV6);
        add(program, ProtocolFilter.LOAD_BYTE, 0, 0, ProtocolFilter.SKF_NET_OFF + ICMPV6_TYPE_OFFSET);
        add(program, ProtocolFilter.JUMP_IF_EQUAL, 1, 0, NEIGHBOUR_ADVERTISEMENT);
        add(program, ProtocolFilter.RETURN, 0, 0, 0);
        add(program, ProtocolFilter.RETURN, 0, 0, ProtocolFilter.WHOLE_FRAME);
        return program;
    }

    private static void add(ByteBuffer program, int code, int ifTrue, int ifFalse, int operand) {
        ProtocolFilter.instruction(program, code, ifTrue, ifFalse, operand);
    }
}
