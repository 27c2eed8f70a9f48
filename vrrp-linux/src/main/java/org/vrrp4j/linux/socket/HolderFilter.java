package org.vrrp4j.linux.socket;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
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
        int length = (HEAD + 2 * Math.min(addresses.size(), MAX_ADDRESSES)) * ProtocolFilter.INSTRUCTION_BYTES;
        ByteBuffer program = ByteBuffer.allocateDirect(length).order(ByteOrder.nativeOrder());
        require(program, ProtocolFilter.LOAD_WORD, ProtocolFilter.SKF_AD_VLAN_TAG_PRESENT, 0);
        if (family == IpFamily.IPV6) {
            require(
                    program,
                    ProtocolFilter.LOAD_BYTE,
                    ProtocolFilter.SKF_NET_OFF + NeighbourFilter.NEXT_HEADER_OFFSET,
                    NeighbourFilter.ICMPV6);
            int type = ProtocolFilter.SKF_NET_OFF + NeighbourFilter.ICMPV6_TYPE_OFFSET;
            require(program, ProtocolFilter.LOAD_BYTE, type, NeighbourFilter.NEIGHBOUR_ADVERTISEMENT);
        }
        int addressOffset = family == IpFamily.IPV4 ? ARP_SENDER_OFFSET : TARGET_END_OFFSET;
        add(program, ProtocolFilter.LOAD_WORD, 0, ProtocolFilter.SKF_NET_OFF + addressOffset);
        if (addresses.size() > MAX_ADDRESSES) {
            add(program, ProtocolFilter.RETURN, 0, ProtocolFilter.WHOLE_FRAME);
        } else {
            for (InetAddress address : addresses) {
                ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
                add(program, ProtocolFilter.JUMP_IF_EQUAL, 1, bytes.getInt(bytes.limit() - Integer.BYTES));
                add(program, ProtocolFilter.RETURN, 0, ProtocolFilter.WHOLE_FRAME);
            }
        }
        add(program, ProtocolFilter.RETURN, 0, 0);
        // a direct slice has the length of what was written as its capacity
        return program.flip().slice().order(ByteOrder.nativeOrder());
    }

    /** Drops what has another value at an offset. */
    private static void require(ByteBuffer program, int load, int offset, int value) {
        add(program, load, 0, offset);
        ProtocolFilter.instruction(program, ProtocolFilter.JUMP_IF_EQUAL, 1, 0, value);
        add(program, ProtocolFilter.RETURN, 0, 0);
    }

    private static void add(ByteBuffer program, int code, int ifFalse, int operand) {
        ProtocolFilter.instruction(program, code, 0, ifFalse, operand);
    }
}
