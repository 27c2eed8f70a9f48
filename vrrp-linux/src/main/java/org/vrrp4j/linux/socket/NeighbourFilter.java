package org.vrrp4j.linux.socket;

import java.nio.ByteBuffer;
import org.vrrp4j.linux.libc.BpfProgram;
import org.vrrp4j.packet.GratuitousArp;

/** A classic BPF program that lets ARP packets and neighbour advertisements (RFC 4861, 4.4) pass. */
final class NeighbourFilter {
    static final int NEXT_HEADER_OFFSET = 6;
    static final int ICMPV6_TYPE_OFFSET = 40;
    static final int ICMPV6 = 58;
    static final int NEIGHBOUR_ADVERTISEMENT = 136;

    /** The instructions in a direct buffer, to be read only. */
    static final ByteBuffer PROGRAM = new BpfProgram(11)
            .add(BpfProgram.LOAD_WORD, BpfProgram.SKF_AD_VLAN_TAG_PRESENT)
            .jump(BpfProgram.JUMP_IF_EQUAL, 0, 0, 7)
            .add(BpfProgram.LOAD_HALF, BpfProgram.SKF_AD_PROTOCOL)
            .jump(BpfProgram.JUMP_IF_EQUAL, GratuitousArp.ETHER_TYPE, 6, 0)
            .jump(BpfProgram.JUMP_IF_EQUAL, ProtocolFilter.ETH_P_IPV6, 0, 4)
            .add(BpfProgram.LOAD_BYTE, BpfProgram.SKF_NET_OFF + NEXT_HEADER_OFFSET)
            .jump(BpfProgram.JUMP_IF_EQUAL, ICMPV6, 0, 2)
            .add(BpfProgram.LOAD_BYTE, BpfProgram.SKF_NET_OFF + ICMPV6_TYPE_OFFSET)
            .jump(BpfProgram.JUMP_IF_EQUAL, NEIGHBOUR_ADVERTISEMENT, 1, 0)
            .add(BpfProgram.RETURN, 0)
            .add(BpfProgram.RETURN, ProtocolFilter.WHOLE_FRAME)
            .toBuffer();

    private NeighbourFilter() {}
}
