package org.vrrp4j.linux.socket;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Collection;
import org.vrrp4j.linux.libc.BpfProgram;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.packet.GratuitousArp;

/**
 * A classic BPF program that lets frames pass which say that somebody has one of some addresses: ARP packets by the
 * address of their sender, neighbour advertisements by that of their target. Of an IPv6 address it compares the last
 * four bytes only; who reads the frame must look at the rest.
 */
final class HolderFilter {
    /** With more addresses everything passes that is about any address: the kernel bounds the length of a program. */
    static final int MAX_ADDRESSES = 1000;

    private static final int HEAD = 12;
    private static final int TARGET_END_OFFSET = 60;
    private static final int ARP_SENDER_OFFSET = 14;

    private HolderFilter() {}

    /** The EtherType that tells of addresses of a family. */
    static int etherType(IpFamily family) {
        return family == IpFamily.IPV4 ? GratuitousArp.ETHER_TYPE : ProtocolFilter.ETH_P_IPV6;
    }

    /** The instructions in a direct buffer. */
    static ByteBuffer program(IpFamily family, Collection<InetAddress> addresses) {
        BpfProgram program = new BpfProgram(HEAD + 2 * Math.min(addresses.size(), MAX_ADDRESSES));
        require(program, BpfProgram.LOAD_WORD, BpfProgram.SKF_AD_VLAN_TAG_PRESENT, 0);
        if (family == IpFamily.IPV6) {
            int nextHeader = BpfProgram.SKF_NET_OFF + NeighbourFilter.NEXT_HEADER_OFFSET;
            require(program, BpfProgram.LOAD_BYTE, nextHeader, NeighbourFilter.ICMPV6);
            int type = BpfProgram.SKF_NET_OFF + NeighbourFilter.ICMPV6_TYPE_OFFSET;
            require(program, BpfProgram.LOAD_BYTE, type, NeighbourFilter.NEIGHBOUR_ADVERTISEMENT);
        }
        int addressOffset = family == IpFamily.IPV4 ? ARP_SENDER_OFFSET : TARGET_END_OFFSET;
        program.add(BpfProgram.LOAD_WORD, BpfProgram.SKF_NET_OFF + addressOffset);
        if (addresses.size() > MAX_ADDRESSES) {
            program.add(BpfProgram.RETURN, ProtocolFilter.WHOLE_FRAME);
        } else {
            for (InetAddress address : addresses) {
                ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
                int end = bytes.getInt(bytes.limit() - Integer.BYTES);
                program.jump(BpfProgram.JUMP_IF_EQUAL, end, 0, 1);
                program.add(BpfProgram.RETURN, ProtocolFilter.WHOLE_FRAME);
            }
        }
        return program.add(BpfProgram.RETURN, 0).toBuffer();
    }

    /** Drops what has another value at an offset. */
    private static void require(BpfProgram program, int load, int offset, int value) {
        program.add(load, offset);
        program.jump(BpfProgram.JUMP_IF_EQUAL, value, 1, 0);
        program.add(BpfProgram.RETURN, 0);
    }
}
