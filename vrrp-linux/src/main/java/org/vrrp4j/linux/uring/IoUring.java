package org.vrrp4j.linux.uring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.libc.LinuxException;

/**
 * A pair of rings that the process and the kernel share (io_uring(7)): requests in one, completions in the other. Only
 * the requests that the queues of this package need.
 *
 * <p>A request that is prepared is submitted with the next {@link #submit}. Each completes once, with its user data and
 * a result that is negative for an error. No call leaves garbage.
 *
 * <p><b>Thread:</b> one. <b>Blocking:</b> never. <b>Failure:</b> {@link LinuxException}. <b>Idempotence:</b> {@link
 * #close()} may be called twice.
 */
final class IoUring implements AutoCloseable {
    // struct io_uring_params: sizes, flags, features, then the offsets in the rings
    private static final int PARAMETERS_BYTES = 120;
    private static final int SQ_ENTRIES = 0;
    private static final int CQ_ENTRIES = 4;
    private static final int FLAGS = 8;
    private static final int FEATURES = 20;
    private static final int SQ_OFFSETS = 40;
    private static final int CQ_OFFSETS = 80;
    // struct io_sqring_offsets and io_cqring_offsets
    private static final int HEAD = 0;
    private static final int TAIL = 4;
    private static final int MASK = 8;
    private static final int SQ_FLAGS = 16;
    private static final int SQ_ARRAY = 24;
    private static final int CQ_CQES = 20;

    private static final int SETUP_CQSIZE = 1 << 3;
    private static final int FEAT_SINGLE_MMAP = 1;
    private static final int FEAT_CQE_SKIP = 1 << 11;
    private static final int ENTER_GETEVENTS = 1;
    private static final int CQ_OVERFLOW = 1 << 1;
    private static final long OFF_SQ_RING = 0;
    private static final long OFF_SQES = 0x10000000L;

    // struct io_uring_sqe: opcode, flags, priority, fd, offset or address, address, length, flags, user data
    private static final int SQE_BYTES = 64;
    private static final int SQE_FLAGS = 1;
    private static final int SQE_FD = 4;
    private static final int SQE_ADDRESS_2 = 8;
    private static final int SQE_ADDRESS = 16;
    private static final int SQE_LENGTH = 24;
    private static final int SQE_OPERATION_FLAGS = 28;
    private static final int SQE_USER_DATA = 32;
    private static final int CQE_BYTES = 16;
    private static final int CQE_RESULT = 8;

    private static final byte OP_SENDMSG = 9;
    private static final byte OP_TIMEOUT = 11;
    private static final byte OP_TIMEOUT_REMOVE = 12;
    private static final byte IO_LINK = 1 << 2;
    private static final int TIMEOUT_ABS = 1;
    private static final int TIMEOUT_UPDATE = 1 << 1;
    private static final int TIMEOUT_ETIME_SUCCESS = 1 << 5;
    private static final int MSG_DONTWAIT = 0x40;

    private static final int TIMESPEC_BYTES = 16;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int MOST_TRIES = 100;

    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    /** Who is told of completions. */
    interface Completions {
        /** A request has ended. */
        void onCompleted(long userData, int result);
    }

    private final UringCalls calls;
    private final int fd;
    private final long ringsAddress;
    private final long ringsBytes;
    private final long sqesAddress;
    private final int entries;
    private final ByteBuffer rings;
    private final ByteBuffer sqes;
    // one for each entry: the kernel has copied it when the request is submitted
    private final ByteBuffer times;
    private final long timesAddress;
    private final int sqHead;
    private final int sqTail;
    private final int sqMask;
    private final int sqFlags;
    private final int cqHead;
    private final int cqTail;
    private final int cqMask;
    private final int cqes;
    private int tail;
    private boolean closed;

    private IoUring(UringCalls calls, int fd, ByteBuffer parameters) throws LinuxException {
        this.calls = calls;
        this.fd = fd;
        this.entries = parameters.getInt(SQ_ENTRIES);
        int completions = parameters.getInt(CQ_ENTRIES);
        int array = parameters.getInt(SQ_OFFSETS + SQ_ARRAY);
        this.cqes = parameters.getInt(CQ_OFFSETS + CQ_CQES);
        this.ringsBytes = Math.max(array + (long) entries * Integer.BYTES, cqes + (long) completions * CQE_BYTES);
        this.ringsAddress = map(OFF_SQ_RING, ringsBytes);
        this.sqesAddress = mapSecond();
        this.rings = Libc.memory(ringsAddress, ringsBytes);
        this.sqes = Libc.memory(sqesAddress, (long) entries * SQE_BYTES);
        this.times = ByteBuffer.allocateDirect(entries * TIMESPEC_BYTES).order(ByteOrder.nativeOrder());
        this.timesAddress = Libc.address(times);
        this.sqHead = parameters.getInt(SQ_OFFSETS + HEAD);
        this.sqTail = parameters.getInt(SQ_OFFSETS + TAIL);
        this.sqMask = rings.getInt(parameters.getInt(SQ_OFFSETS + MASK));
        this.sqFlags = parameters.getInt(SQ_OFFSETS + SQ_FLAGS);
        this.cqHead = parameters.getInt(CQ_OFFSETS + HEAD);
        this.cqTail = parameters.getInt(CQ_OFFSETS + TAIL);
        this.cqMask = rings.getInt(parameters.getInt(CQ_OFFSETS + MASK));
        // entries are used in their order, so the array that could say otherwise stays as it is
        for (int i = 0; i < entries; i++) {
            rings.putInt(array + i * Integer.BYTES, i);
        }
        this.tail = rings.getInt(sqTail);
    }

    /**
     * Sets a ring up.
     *
     * @param entries how many requests can be submitted at once, a power of two
     * @param completions how many completions the ring can hold, a power of two; the kernel keeps further ones
     * @throws LinuxException if the kernel refuses: ENOSYS without io_uring, EPERM where it is forbidden; EOPNOTSUPP
     *     from a kernel before 5.17
     */
    static IoUring open(UringCalls calls, int entries, int completions) throws LinuxException {
        ByteBuffer parameters = ByteBuffer.allocateDirect(PARAMETERS_BYTES).order(ByteOrder.nativeOrder());
        parameters.putInt(FLAGS, SETUP_CQSIZE).putInt(CQ_ENTRIES, completions);
        int fd = calls.setup(entries, Libc.address(parameters));
        if (fd < 0) {
            throw new LinuxException("io_uring_setup", -fd);
        }
        try {
            int needed = FEAT_SINGLE_MMAP | FEAT_CQE_SKIP;
            if ((parameters.getInt(FEATURES) & needed) != needed) {
                throw new LinuxException("io_uring_setup", Errno.EOPNOTSUPP.number(), "of Linux before 5.17");
            }
            return new IoUring(calls, fd, parameters);
        } catch (LinuxException e) {
            calls.close(fd);
            throw e;
        }
    }

    private long mapSecond() throws LinuxException {
        try {
            return map(OFF_SQES, (long) entries * SQE_BYTES);
        } catch (LinuxException e) {
            calls.unmap(ringsAddress, ringsBytes);
            throw e;
        }
    }

    private long map(long offset, long bytes) throws LinuxException {
        long address = calls.map(fd, offset, bytes);
        if (address < 0) {
            throw new LinuxException("mmap of io_uring", (int) -address);
        }
        return address;
    }

    /** The descriptor: readable while there are completions. */
    int fd() {
        return fd;
    }

    /** How many requests can be prepared before {@link #submit}. */
    int room() {
        checkOpen();
        return entries - (tail - (int) INT.getAcquire(rings, sqHead));
    }

    /**
     * Prepares a timer; it completes with -ETIME, which does not break a link, or -ECANCELED.
     *
     * @param nanos when, by CLOCK_MONOTONIC
     * @param linked whether the next request begins only when this one has succeeded
     */
    void timeout(long userData, long nanos, boolean linked) {
        int sqe = next(OP_TIMEOUT, linked, -1, userData);
        sqes.putLong(sqe + SQE_ADDRESS, time(sqe, nanos)).putInt(sqe + SQE_LENGTH, 1);
        sqes.putInt(sqe + SQE_OPERATION_FLAGS, TIMEOUT_ABS | TIMEOUT_ETIME_SUCCESS);
    }

    /**
     * Prepares the move of a timer to another time; it completes with -ENOENT or -EALREADY if that has run off.
     *
     * @param timer its user data
     * @param nanos when, by CLOCK_MONOTONIC
     * @param linked whether the next request begins only when this one has succeeded
     */
    void moveTimeout(long userData, long timer, long nanos, boolean linked) {
        int sqe = next(OP_TIMEOUT_REMOVE, linked, -1, userData);
        sqes.putLong(sqe + SQE_ADDRESS, timer).putLong(sqe + SQE_ADDRESS_2, time(sqe, nanos));
        sqes.putInt(sqe + SQE_OPERATION_FLAGS, TIMEOUT_UPDATE | TIMEOUT_ABS);
    }

    /** Prepares the cancellation of a timer and of what is linked to it; both complete, the timer with -ECANCELED. */
    void removeTimeout(long userData, long timer) {
        int sqe = next(OP_TIMEOUT_REMOVE, false, -1, userData);
        sqes.putLong(sqe + SQE_ADDRESS, timer);
    }

    /**
     * Prepares a sending that does not wait.
     *
     * @param socket the descriptor
     * @param header the address of a {@code struct msghdr}; it and all it points to stay as they are until completion
     * @param linked whether the next request begins only when this one has succeeded
     */
    void sendMessage(long userData, int socket, long header, boolean linked) {
        int sqe = next(OP_SENDMSG, linked, socket, userData);
        sqes.putLong(sqe + SQE_ADDRESS, header).putInt(sqe + SQE_LENGTH, 1);
        sqes.putInt(sqe + SQE_OPERATION_FLAGS, MSG_DONTWAIT);
    }

    private int next(byte operation, boolean linked, int descriptor, long userData) {
        if (room() == 0) {
            throw new IllegalStateException("no room for a request: entries=" + entries);
        }
        int sqe = (tail & sqMask) * SQE_BYTES;
        for (int i = 0; i < SQE_BYTES; i += Long.BYTES) {
            sqes.putLong(sqe + i, 0);
        }
        sqes.put(sqe, operation).put(sqe + SQE_FLAGS, linked ? IO_LINK : 0);
        sqes.putInt(sqe + SQE_FD, descriptor).putLong(sqe + SQE_USER_DATA, userData);
        tail++;
        return sqe;
    }

    /** The address of a {@code struct __kernel_timespec}. */
    private long time(int sqe, long nanos) {
        int at = sqe / SQE_BYTES * TIMESPEC_BYTES;
        times.putLong(at, Math.floorDiv(nanos, NANOS_PER_SECOND));
        times.putLong(at + Long.BYTES, Math.floorMod(nanos, NANOS_PER_SECOND));
        return timesAddress + at;
    }

    /**
     * Hands over what is prepared, and lets the kernel do what it has to do on this thread.
     *
     * @throws LinuxException if the kernel does not take it all. Requests that it took are under way then, and what was
     *     to follow them is not: the ring must be closed
     */
    void submit() throws LinuxException {
        checkOpen();
        // the kernel must see the entries before it sees that they are there
        INT.setRelease(rings, sqTail, tail);
        int prepared = entries - room();
        int result;
        int tries = 0;
        do {
            result = calls.enter(fd, prepared, 0, ENTER_GETEVENTS);
            tries++;
        } while (tries < MOST_TRIES && result < 0 && isTemporary(-result));
        if (result < 0) {
            throw new LinuxException("io_uring_enter", -result);
        }
        if (result < prepared) {
            // with the rest a link would begin in its middle: without its timer
            throw new LinuxException(
                    "io_uring_enter", Errno.EAGAIN.number(), "of " + prepared + " requests it took " + result);
        }
    }

    /** The memory of a closed ring is not there any more. */
    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the ring has been closed");
        }
    }

    private static boolean isTemporary(int errno) {
        return Errno.EINTR.is(errno) || Errno.EAGAIN.is(errno) || Errno.EBUSY.is(errno);
    }

    /** Tells all completions that are there, within the call, and those for which there was no place. */
    void reap(Completions to) {
        if (closed) {
            return;
        }
        do {
            drain(to);
        } while (!closed && isOverflown() && calls.enter(fd, 0, 0, ENTER_GETEVENTS) >= 0);
    }

    private void drain(Completions to) {
        int head = rings.getInt(cqHead);
        while (head != (int) INT.getAcquire(rings, cqTail)) {
            int cqe = cqes + (head & cqMask) * CQE_BYTES;
            long userData = rings.getLong(cqe);
            int result = rings.getInt(cqe + CQE_RESULT);
            head++;
            // the kernel may use the place again only when it has been read
            INT.setRelease(rings, cqHead, head);
            to.onCompleted(userData, result);
        }
    }

    /** Whether the kernel keeps completions until it is entered. */
    private boolean isOverflown() {
        return ((int) INT.getAcquire(rings, sqFlags) & CQ_OVERFLOW) != 0;
    }

    /** Whether there is a completion. */
    boolean hasCompletions() {
        return !closed && rings.getInt(cqHead) != (int) INT.getAcquire(rings, cqTail);
    }

    /** Gives the ring back; the kernel cancels what is under way. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            calls.unmap(sqesAddress, (long) entries * SQE_BYTES);
            calls.unmap(ringsAddress, ringsBytes);
            calls.close(fd);
        }
    }
}
