package org.vrrp4j.linux.libc;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The functions of the C library, each as its manual page in section 2 describes it: -1 for a failure, whose number
 * {@link #errno()} then tells. Addresses are numbers, so that a call leaves no garbage. Any thread may call.
 */
public final class Libc {
    /** Address family of unix(7). */
    public static final int AF_UNIX = 1;

    /** Address family of IPv4. */
    public static final int AF_INET = 2;

    /** Address family of IPv6. */
    public static final int AF_INET6 = 10;

    /** Address family of netlink(7). */
    public static final int AF_NETLINK = 16;

    /** Address family of packet(7). */
    public static final int AF_PACKET = 17;

    /** A socket of raw packets. */
    public static final int SOCK_RAW = 3;

    /** A socket of connections. */
    public static final int SOCK_STREAM = 1;

    /** With {@link #socket}: calls do not wait. */
    public static final int SOCK_NONBLOCK = 0x800;

    /** With {@link #socket}: a spawned program does not inherit the descriptor. */
    public static final int SOCK_CLOEXEC = 0x80000;

    /** With {@link #pipe2}: reads and writes do not wait. */
    public static final int O_NONBLOCK = 0x800;

    /** With {@link #pipe2} and {@link #open}: a spawned program does not inherit the descriptor. */
    public static final int O_CLOEXEC = 0x80000;

    /** With {@link #open}: for reading and writing. */
    public static final int O_RDWR = 2;

    /** The level of the socket options in socket(7). */
    public static final int SOL_SOCKET = 1;

    static {
        // The process itself has the C library loaded, whatever its file is called here.
        Native.register(Libc.class, NativeLibrary.getProcess());
    }

    private Libc() {}

    /** Opens a socket: socket(2). */
    public static native int socket(int domain, int type, int protocol);

    /** Gives a socket its own address: bind(2). */
    public static native int bind(int fd, long address, int addressBytes);

    /** The own address of a socket: getsockname(2). */
    public static native int getsockname(int fd, long address, long addressBytes);

    /** Takes connections: listen(2). */
    public static native int listen(int fd, int backlog);

    /** Connects a socket: connect(2). */
    public static native int connect(int fd, long address, int addressBytes);

    /** Reads a socket option: getsockopt(2). */
    public static native int getsockopt(int fd, int level, int option, long value, long valueBytes);

    /** Sets a socket option: setsockopt(2). */
    public static native int setsockopt(int fd, int level, int option, long value, int valueBytes);

    /** Sends one packet: sendto(2). */
    public static native long sendto(int fd, long data, long bytes, int flags, long address, int addressBytes);

    /** Receives one packet: recv(2). */
    public static native long recv(int fd, long buffer, long bytes, int flags);

    /** Waits until a descriptor is ready, for a while or, with -1, without end: poll(2). */
    public static native int poll(long pollfds, long count, int timeoutMillis);

    /** The number of an interface, 0 for a failure: if_nametoindex(3). */
    public static native int if_nametoindex(String name);

    /** Whether a descriptor is a terminal, 1 or 0: isatty(3). */
    public static native int isatty(int fd);

    /** Sends one packet with control data: sendmsg(2). */
    public static native long sendmsg(int fd, long message, int flags);

    /** Receives several packets with control data, for no longer than there are any: recvmmsg(2). */
    public static native int recvmmsg(int fd, long messages, int count, int flags, long timeout);

    /** Makes a pipe and stores its two descriptors, the one for reading first: pipe2(2). */
    public static native int pipe2(long descriptors, int flags);

    /** Opens a file, for reading unless the flags say otherwise: open(2). */
    public static native int open(String path, int flags);

    /** Moves the calling thread to another namespace: setns(2). */
    public static native int setns(int fd, int namespaceType);

    /** Sends a signal to a process, or with a negative number to a process group: kill(2). */
    public static native int kill(int pid, int signal);

    /** Makes an instance that tells changes of files: inotify_init1(2). */
    public static native int inotify_init1(int flags);

    /** Follows a file or directory: inotify_add_watch(2). */
    public static native int inotify_add_watch(int fd, String path, int mask);

    /** A system call that older C libraries have no function for: syscall(2). */
    public static native long syscall(long number, long first, long second);

    /** A system call of six arguments without a function of its own: syscall(2). */
    public static native long syscall(
            long number, long first, long second, long third, long fourth, long fifth, long sixth);

    /** Maps memory, -1 for a failure: mmap(2). */
    public static native long mmap(long address, long bytes, int protection, int flags, int fd, long offset);

    /** Ends a mapping: munmap(2). */
    public static native int munmap(long address, long bytes);

    /** Stores the time of a clock as seconds and nanoseconds: clock_gettime(2). */
    public static native int clock_gettime(int clock, long time);

    /** Reads from a descriptor: read(2). */
    public static native long read(int fd, long buffer, long bytes);

    /** Sets an attribute of the calling thread: prctl(2). */
    public static native int prctl(int option, long first, long second, long third, long fourth);

    /** Sets the scheduling policy of a thread, 0 for the calling one: sched_setscheduler(2). */
    public static native int sched_setscheduler(int thread, int policy, long parameter);

    /** The scheduling policy of a thread, 0 for the calling one: sched_getscheduler(2). */
    public static native int sched_getscheduler(int thread);

    /** Stores the processors that a thread may run on, 0 for the calling one: sched_getaffinity(2). */
    public static native int sched_getaffinity(int thread, long bytes, long mask);

    /** Sets the processors that a thread may run on, 0 for the calling one: sched_setaffinity(2). */
    public static native int sched_setaffinity(int thread, long bytes, long mask);

    /** Keeps the memory of the process from being swapped out: mlockall(2). */
    public static native int mlockall(int flags);

    /** Lets it be swapped out again: munlockall(2). */
    public static native int munlockall();

    /** The nice value of a thread, 0 for the calling one: getpriority(2). */
    public static native int getpriority(int which, int who);

    /** Sets the nice value of a thread, 0 for the calling one: setpriority(2). */
    public static native int setpriority(int which, int who, int nice);

    /** Writes to a descriptor: write(2). */
    public static native long write(int fd, long data, long bytes);

    /** Makes a named pipe: mkfifo(3). */
    public static native int mkfifo(String path, int mode);

    /** Closes a descriptor: close(2). */
    public static native int close(int fd);

    /** The errno of this thread's last failed call. */
    public static int errno() {
        return Native.getLastError();
    }

    /**
     * Where a direct buffer begins (its index 0, not its position). The buffer must stay reachable while the address
     * is in use.
     *
     * @throws IllegalArgumentException if the buffer is not direct
     */
    public static long address(ByteBuffer direct) {
        if (!direct.isDirect()) {
            throw new IllegalArgumentException("buffer must be direct: " + direct);
        }
        return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
    }

    /**
     * Memory that is not the JVM's, in native order.
     *
     * @param bytes its size, at most 2 GiB
     */
    public static ByteBuffer memory(long address, long bytes) {
        return new Pointer(address).getByteBuffer(0, bytes).order(ByteOrder.nativeOrder());
    }
}
