package org.vrrp4j.linux.route;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.vrrp4j.linux.libc.BpfProgram;
import org.vrrp4j.linux.libc.Libc;

/**
 * A classic BPF program (socket(7), SO_ATTACH_FILTER) for a monitor of addresses that lets everything pass but what
 * our own renewals cause: with IPv4 that names the socket which asked for it; with IPv6 it does not, and is told by our
 * tag and by a time of change that is not that of creation. Renewals are by far the most frequent changes, and tell us
 * nothing.
 */
public final class RenewalFilter {
    private static final int LENGTH = 25;

    private static final int TYPE_OFFSET = 4;
    private static final int PORT_OFFSET = 12;
    private static final int FAMILY_OFFSET = 16;
    private static final int ATTRIBUTES_OFFSET = 24;
    private static final int ATTRIBUTE_HEADER_BYTES = 4;
    private static final int CREATED_OFFSET = ATTRIBUTE_HEADER_BYTES + 8;
    private static final int CHANGED_OFFSET = ATTRIBUTE_HEADER_BYTES + 12;

    private static final int DROP = LENGTH - 2;
    private static final int PASS = LENGTH - 1;

    private final BpfProgram program = new BpfProgram(LENGTH);

    private RenewalFilter() {}

    /**
     * The instructions in a direct buffer.
     *
     * @param port the netlink port of the socket that renews leases
     */
    public static ByteBuffer program(int port) {
        RenewalFilter filter = new RenewalFilter();
        filter.add(BpfProgram.LOAD_HALF, TYPE_OFFSET);
        filter.passUnless(asLoaded((short) AddressMessage.RTM_NEWADDR));
        filter.add(BpfProgram.LOAD_WORD, PORT_OFFSET);
        filter.jumpIf(asLoaded(port), DROP);
        filter.add(BpfProgram.LOAD_BYTE, FAMILY_OFFSET);
        filter.passUnless(Libc.AF_INET6);
        filter.find(AddressMessage.IFA_PROTO);
        filter.add(BpfProgram.LOAD_BYTE_AT_X, ATTRIBUTE_HEADER_BYTES);
        filter.passUnless(AddressMessage.PROTOCOL_VRRP);
        filter.find(AddressMessage.IFA_CACHEINFO);
        filter.add(BpfProgram.LOAD_WORD_AT_X, CREATED_OFFSET);
        filter.add(BpfProgram.STORE, 0);
        filter.add(BpfProgram.LOAD_WORD_AT_X, CHANGED_OFFSET);
        filter.add(BpfProgram.X_MEMORY, 0);
        filter.jump(BpfProgram.JUMP_IF_EQUAL_X, 0, PASS, DROP);
        filter.add(BpfProgram.RETURN, 0);
        filter.add(BpfProgram.RETURN, -1);
        return filter.program.toBuffer();
    }

    /** Loads are in network order, but messages in that of the host. */
    private static int asLoaded(short value) {
        return isLittleEndian() ? Short.reverseBytes(value) & 0xffff : value;
    }

    private static int asLoaded(int value) {
        return isLittleEndian() ? Integer.reverseBytes(value) : value;
    }

    private static boolean isLittleEndian() {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    }

    /** X becomes the offset of an attribute; without it the message passes. */
    private void find(int attribute) {
        add(BpfProgram.X_IMMEDIATE, attribute);
        add(BpfProgram.LOAD_IMMEDIATE, ATTRIBUTES_OFFSET);
        add(BpfProgram.LOAD_WORD, BpfProgram.SKF_AD_NLATTR);
        jumpIf(0, PASS);
        add(BpfProgram.TO_X, 0);
    }

    private void passUnless(int value) {
        jump(BpfProgram.JUMP_IF_EQUAL, value, next(), PASS);
    }

    private void jumpIf(int value, int target) {
        jump(BpfProgram.JUMP_IF_EQUAL, value, target, next());
    }

    private int next() {
        return program.size() + 1;
    }

    private void jump(int code, int operand, int ifTrue, int ifFalse) {
        int next = next();
        program.jump(code, operand, ifTrue - next, ifFalse - next);
    }

    private void add(int code, int operand) {
        program.add(code, operand);
    }
}
