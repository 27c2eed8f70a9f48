package org.vrrp4j.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * What the kernel tells of a process as a whole, not of its threads (linux/cn_proc.h), in a message of its connector
 * (linux/connector.h). All in the byte order of the host:
 *
 * <pre>
 *  0  idx, val                 struct cb_id: CN_IDX_PROC, CN_VAL_PROC
 *  8  sequence, ack
 * 16  length, flags            16 bits each; length of what follows
 * 20  what, cpu                struct proc_event
 * 28  time                     64 bits, nanoseconds since the start of the host
 * 36  of an answer: error
 *     of FORK: number of the parent's thread, of the parent, of the new thread, of its process
 *     of EXEC, COMM and EXIT: number of the thread, of its process
 * </pre>
 *
 * @param kind what has happened
 * @param process its number; of an answer, the error number or 0
 * @param parent for {@link Kind#FORKED} the number of its parent, otherwise 0
 */
public record ProcessEvent(Kind kind, int process, int parent) {

    /** What can happen. */
    public enum Kind {
        /** The kernel answers a request. */
        ANSWERED,
        /** A process has a child, still with the program and the name of its parent: fork(2). */
        FORKED,
        /** It runs another program, or has given itself another name: execve(2), PR_SET_NAME of prctl(2). */
        CHANGED,
        /** It has ended: exit_group(2). */
        ENDED
    }

    private static final int CN_IDX_PROC = 1;
    private static final int CN_VAL_PROC = 1;
    private static final int LENGTH_AT = 16;
    private static final int EVENT_AT = 20;
    private static final int DATA_AT = 36;
    private static final int PROC_EVENT_NONE = 0;
    private static final int PROC_EVENT_FORK = 1;
    private static final int PROC_EVENT_EXEC = 2;
    private static final int PROC_EVENT_COMM = 0x200;
    private static final int PROC_EVENT_EXIT = 0x80000000;
    private static final int PROC_CN_MCAST_LISTEN = 1;
    private static final int PROC_CN_MCAST_IGNORE = 2;

    /** The request that events begin or end; the filter that kernels from 6.6 on take besides is left out. */
    static NetlinkMessage request(boolean begin) {
        ByteBuffer payload = ByteBuffer.allocate(EVENT_AT + Integer.BYTES).order(ByteOrder.nativeOrder());
        payload.putInt(CN_IDX_PROC).putInt(CN_VAL_PROC).putInt(0).putInt(0);
        payload.putShort((short) Integer.BYTES).putShort((short) 0);
        payload.putInt(begin ? PROC_CN_MCAST_LISTEN : PROC_CN_MCAST_IGNORE);
        return new NetlinkMessage(NetlinkMessage.NLMSG_DONE, 0, payload.flip());
    }

    /** The event in a message; empty for one of a thread, of another kind, or that is cut off. */
    static Optional<ProcessEvent> decode(NetlinkMessage message) {
        ByteBuffer in = message.payload();
        int at = in.position();
        boolean ours = in.remaining() >= DATA_AT + Integer.BYTES
                && in.getInt(at) == CN_IDX_PROC
                && in.getInt(at + Integer.BYTES) == CN_VAL_PROC
                && in.remaining() >= EVENT_AT + (in.getShort(at + LENGTH_AT) & 0xffff);
        if (!ours) {
            return Optional.empty();
        }
        in.position(at + DATA_AT);
        return switch (in.getInt(at + EVENT_AT)) {
            case PROC_EVENT_NONE -> Optional.of(new ProcessEvent(Kind.ANSWERED, in.getInt(), 0));
            case PROC_EVENT_FORK -> forked(in);
            case PROC_EVENT_EXEC, PROC_EVENT_COMM -> ofProcess(Kind.CHANGED, in);
            case PROC_EVENT_EXIT -> ofProcess(Kind.ENDED, in);
            default -> Optional.empty();
        };
    }

    private static Optional<ProcessEvent> forked(ByteBuffer in) {
        if (in.remaining() < 4 * Integer.BYTES) {
            return Optional.empty();
        }
        in.getInt();
        int parent = in.getInt();
        return ofProcess(Kind.FORKED, in).map(event -> new ProcessEvent(Kind.FORKED, event.process, parent));
    }

    private static Optional<ProcessEvent> ofProcess(Kind kind, ByteBuffer in) {
        if (in.remaining() < 2 * Integer.BYTES) {
            return Optional.empty();
        }
        int thread = in.getInt();
        int process = in.getInt();
        return thread == process ? Optional.of(new ProcessEvent(kind, process, 0)) : Optional.empty();
    }
}
