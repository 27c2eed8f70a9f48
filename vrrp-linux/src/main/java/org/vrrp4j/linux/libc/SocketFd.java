package org.vrrp4j.linux.libc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A non-blocking socket descriptor that closes once and names what it is in errors.
 *
 * <p><b>Thread:</b> one at a time. <b>Blocking:</b> only {@link #awaitReadable}. <b>Failure:</b> {@link
 * LinuxException}; EBADF after {@link #close()}. <b>Idempotence:</b> {@link #close()} may be called twice.
 */
public final class SocketFd implements AutoCloseable {
    private static final int SCRATCH_BYTES = 128;
    private static final short POLLIN = 1;
    private static final int SO_PEERCRED = 17;
    private static final int SO_ATTACH_FILTER = 26;
    private static final int INSTRUCTION_BYTES = 8;
    private static final int SOCKADDR_NL_BYTES = 12;
    private static final int UCRED_BYTES = 12;

    private final String name;
    private final int fd;
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES).order(ByteOrder.nativeOrder());
    private final long scratchAddress = Libc.address(scratch);
    private boolean closed;

    private SocketFd(String name, int fd) {
        this.name = name;
        this.fd = fd;
    }

    /**
     * Opens a socket, closed in spawned programs, in the {@linkplain NetworkNamespace#useForSocketsOfThread() network
     * namespace} of the thread.
     *
     * @param name what errors call it
     * @throws LinuxException if the kernel refuses
     */
    public static SocketFd open(String name, int family, int type, int protocol) throws LinuxException {
        return NetworkNamespace.callWhereSocketsAre(() -> openHere(name, family, type, protocol));
    }

    private static SocketFd openHere(String name, int family, int type, int protocol) throws LinuxException {
        int fd = Libc.socket(family, type | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC, protocol);
        if (fd < 0) {
            throw new LinuxException("socket for " + name, Libc.errno());
        }
        return new SocketFd(name, fd);
    }

    /** Whether it has been closed. */
    public boolean isClosed() {
        return closed;
    }

    /** The descriptor. */
    public int fd() {
        return fd;
    }

    /**
     * Sets an option that is an int.
     *
     * @param optionName what errors call it
     * @throws LinuxException if the kernel refuses
     */
    public void setInt(int level, int option, String optionName, int value) throws LinuxException {
        scratch.clear().putInt(value);
        setScratch(level, option, optionName);
    }

    /**
     * Sets an option that is a structure or a text of up to 128 bytes.
     *
     * @param optionName what errors call it
     * @throws LinuxException if the kernel refuses
     */
    public void setBytes(int level, int option, String optionName, byte[] value) throws LinuxException {
        scratch.clear().put(value);
        setScratch(level, option, optionName);
    }

    private void setScratch(int level, int option, String optionName) throws LinuxException {
        if (Libc.setsockopt(checkedFd(), level, option, scratchAddress, scratch.position()) < 0) {
            throw new LinuxException("setsockopt " + optionName + " on " + name, Libc.errno());
        }
    }

    /**
     * Has the kernel keep away what a classic BPF program does not let pass.
     *
     * @param program the instructions, all of a direct buffer
     * @throws LinuxException if the kernel refuses
     */
    public void attachFilter(ByteBuffer program) throws LinuxException {
        // struct sock_fprog: count, padding, address of the instructions
        scratch.clear().putShort((short) (program.capacity() / INSTRUCTION_BYTES));
        scratch.position(Long.BYTES).putLong(Libc.address(program));
        setScratch(Libc.SOL_SOCKET, SO_ATTACH_FILTER, "SO_ATTACH_FILTER");
    }

    /**
     * The port that the kernel has given a bound netlink socket.
     *
     * @throws LinuxException if the kernel refuses
     */
    public int netlinkPort() throws LinuxException {
        // struct sockaddr_nl: family, padding, port, groups; then its length, which is in and out
        scratch.clear().putInt(SOCKADDR_NL_BYTES, SOCKADDR_NL_BYTES);
        if (Libc.getsockname(checkedFd(), scratchAddress, scratchAddress + SOCKADDR_NL_BYTES) < 0) {
            throw new LinuxException("getsockname of " + name, Libc.errno());
        }
        return scratch.getInt(Integer.BYTES);
    }

    /**
     * Gives the socket its own address.
     *
     * @param socketAddress a structure of up to 128 bytes, such as {@code sockaddr_nl}
     * @throws LinuxException if the kernel refuses
     */
    public void bind(byte[] socketAddress) throws LinuxException {
        scratch.clear().put(socketAddress);
        if (Libc.bind(checkedFd(), scratchAddress, socketAddress.length) < 0) {
            throw new LinuxException("bind " + name, Libc.errno());
        }
    }

    /**
     * Takes connections from now on, which nobody needs to accept.
     *
     * @param backlog how many
     * @throws LinuxException if the kernel refuses
     */
    public void listen(int backlog) throws LinuxException {
        if (Libc.listen(checkedFd(), backlog) < 0) {
            throw new LinuxException("listen " + name, Libc.errno());
        }
    }

    /**
     * Connects to a socket of this host.
     *
     * @param socketAddress a structure of up to 128 bytes, such as {@code sockaddr_un}
     * @throws LinuxException if the kernel refuses
     */
    public void connect(byte[] socketAddress) throws LinuxException {
        scratch.clear().put(socketAddress);
        if (Libc.connect(checkedFd(), scratchAddress, socketAddress.length) < 0) {
            throw new LinuxException("connect " + name, Libc.errno());
        }
    }

    /**
     * The number of the process at the other end of a unix(7) connection, as this process counts; 0 if it cannot see
     * that one.
     *
     * @throws LinuxException if the kernel refuses
     */
    public int peerProcess() throws LinuxException {
        // struct ucred: process, user, group; then its length, which is in and out
        scratch.clear().putInt(UCRED_BYTES, UCRED_BYTES);
        int result = Libc.getsockopt(
                checkedFd(), Libc.SOL_SOCKET, SO_PEERCRED, scratchAddress, scratchAddress + UCRED_BYTES);
        if (result < 0) {
            throw new LinuxException("getsockopt SO_PEERCRED on " + name, Libc.errno());
        }
        return scratch.getInt(0);
    }

    /**
     * Receives one packet into memory; what does not fit is cut off.
     *
     * @return its length, or -1 when nothing is there
     * @throws LinuxException if the kernel reports an error, which it then forgets
     */
    public int receive(long address, int bytes) throws LinuxException {
        long received;
        do {
            received = Libc.recv(checkedFd(), address, bytes, 0);
        } while (wasInterrupted(received));
        return lengthOrNothing("recv", received);
    }

    /**
     * Waits until {@link #receive} has something to tell, a packet or an error; the only call that waits.
     *
     * @param timeoutMillis for how long; -1 for ever
     * @return false if nothing came in time, or a signal came first
     * @throws LinuxException if the kernel refuses
     */
    public boolean awaitReadable(int timeoutMillis) throws LinuxException {
        // struct pollfd: descriptor, wanted events, seen events
        scratch.clear().putInt(checkedFd()).putShort(POLLIN).putShort((short) 0);
        int ready = Libc.poll(scratchAddress, 1, timeoutMillis);
        if (ready < 0 && !Errno.EINTR.is(Libc.errno())) {
            throw new LinuxException("poll on " + name, Libc.errno());
        }
        return ready > 0;
    }

    /**
     * Receives packets into an array of {@code struct mmsghdr}; what does not fit one is cut off.
     *
     * @return how many; if fewer than there is room for, nothing was left
     * @throws LinuxException if the kernel reports an error, which it then forgets
     */
    public int receiveMessages(long messages, int count) throws LinuxException {
        int received;
        do {
            received = Libc.recvmmsg(checkedFd(), messages, count, 0, 0);
        } while (wasInterrupted(received));
        return Math.max(0, lengthOrNothing("recvmmsg", received));
    }

    /**
     * Sends one packet that a {@code struct msghdr} describes.
     *
     * @throws LinuxException if the kernel refuses
     */
    public void sendMessage(long message) throws LinuxException {
        long sent;
        do {
            sent = Libc.sendmsg(checkedFd(), message, 0);
        } while (wasInterrupted(sent));
        if (sent < 0) {
            throw new LinuxException("sendmsg on " + name, Libc.errno());
        }
    }

    /**
     * Throws away what has been received so far, as a packet that came before the socket was bound to its device.
     *
     * @throws LinuxException if the kernel reports an error
     */
    public void discardReceived() throws LinuxException {
        int received;
        do {
            received = receive(scratchAddress, SCRATCH_BYTES);
        } while (received >= 0);
    }

    /**
     * Sends one packet.
     *
     * @param socketAddress where the address of the receiver is in memory, or 0 for none
     * @throws LinuxException if the kernel refuses
     */
    public void send(long data, int bytes, long socketAddress, int socketAddressBytes) throws LinuxException {
        long sent;
        do {
            sent = Libc.sendto(checkedFd(), data, bytes, 0, socketAddress, socketAddressBytes);
        } while (wasInterrupted(sent));
        if (sent < 0) {
            throw new LinuxException("sendto on " + name, Libc.errno());
        }
    }

    private static boolean wasInterrupted(long result) {
        return result < 0 && Errno.EINTR.is(Libc.errno());
    }

    private int lengthOrNothing(String call, long received) throws LinuxException {
        if (received >= 0) {
            return (int) received;
        }
        int errno = Libc.errno();
        if (Errno.EAGAIN.is(errno)) {
            return -1;
        }
        throw new LinuxException(call + " on " + name, errno);
    }

    // The number of a closed descriptor may belong to something else by now.
    private int checkedFd() throws LinuxException {
        if (closed) {
            throw new LinuxException("use of closed " + name, Errno.EBADF.number());
        }
        return fd;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Libc.close(fd);
        }
    }
}
