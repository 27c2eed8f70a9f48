package org.vrrp4j.linux.socket;

import java.nio.ByteBuffer;
import org.vrrp4j.linux.libc.BpfProgram;

/**
 * A classic BPF program (socket(7), SO_ATTACH_FILTER) that lets IP protocol 112 pass. It asks the kernel for the
 * protocol, the VLAN tag and the network header, and so works whether the tag is in the frame or beside it.
 */
final class ProtocolFilter {
    static final int WHOLE_FRAME = 0x40000;
    static final int ETH_P_IPV6 = 0x86dd;

    private static final int ETH_P_IP = 0x0800;
    private static final int IPV4_PROTOCOL_OFFSET = 9;
    private static final int IPV6_NEXT_HEADER_OFFSET = 6;

    /** The instructions in a direct buffer, to be read only. */
    static final ByteBuffer PROGRAM = new BpfProgram(11)
            .add(BpfProgram.LOAD_WORD, BpfProgram.SKF_AD_VLAN_TAG_PRESENT)
            .jump(BpfProgram.JUMP_IF_EQUAL, 0, 0, 7)
            .add(BpfProgram.LOAD_HALF, BpfProgram.SKF_AD_PROTOCOL)
            .jump(BpfProgram.JUMP_IF_EQUAL, ETH_P_IP, 0, 2)
            .add(BpfProgram.LOAD_BYTE, BpfProgram.SKF_NET_OFF + IPV4_PROTOCOL_OFFSET)
            .jump(BpfProgram.JUMP_IF_EQUAL, RawSocket.PROTOCOL, 4, 3)
            .jump(BpfProgram.JUMP_IF_EQUAL, ETH_P_IPV6, 0, 2)
            .add(BpfProgram.LOAD_BYTE, BpfProgram.SKF_NET_OFF + IPV6_NEXT_HEADER_OFFSET)
            .jump(BpfProgram.JUMP_IF_EQUAL, RawSocket.PROTOCOL, 1, 0)
            .add(BpfProgram.RETURN, 0)
            .add(BpfProgram.RETURN, WHOLE_FRAME)
            .toBuffer();

    private ProtocolFilter() {}
}
