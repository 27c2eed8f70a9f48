package org.vrrp4j.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.libc.SocketFd;

/**
 * A socket of netlink(7), in the network namespace of the thread that opens it. Opening needs no right, but for those
 * that say so.
 */
public final class NetlinkSocket implements NetlinkChannel {
    /** Group: interfaces. */
    public static final int RTMGRP_LINK = 0x1;

    /** Group: IPv4 addresses. */
    public static final int RTMGRP_IPV4_IFADDR = 0x10;

    /** Group: IPv6 addresses. */
    public static final int RTMGRP_IPV6_IFADDR = 0x100;

    /** Groups: IPv4 and IPv6 routes and rules. */
    public static final int RTMGRP_ROUTING = 0x40 | 0x400 | 0x80 | 0x40000;

    /** Group of netfilter: tables, chains, rules and sets of nftables. */
    public static final int NFNLGRP_NFTABLES = 0x40;

    private static final int NETLINK_ROUTE = 0;
    private static final int NETLINK_NETFILTER = 12;
    private static final int NETLINK_CONNECTOR = 11;
    private static final int CN_IDX_PROC = 1;
    private static final int NETLINK_GET_STRICT_CHK = 12;
    private static final int SOCKADDR_NL_BYTES = 12;
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_CAP_ACK = 10;
    private static final int NETLINK_EXT_ACK = 11;
    private static final int SO_RCVBUF = 8;
    // For bursts, as of notices when a container host starts and of refusals; the kernel cuts it to net.core.rmem_max.
    private static final int QUEUE_BYTES = 1 << 20;
    // The kernel makes no datagram longer than 32 KiB.
    private static final int BUFFER_BYTES = 1 << 16;

    private final SocketFd socket;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.nativeOrder());
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.nativeOrder());
    private final long inAddress = Libc.address(in);
    private final long outAddress = Libc.address(out);

    private NetlinkSocket(SocketFd socket) {
        this.socket = socket;
    }

    /**
     * Opens a socket for requests, like the one behind {@code ip address}.
     *
     * @throws LinuxException if the kernel refuses
     */
    public static NetlinkSocket open() throws LinuxException {
        return open("netlink socket", NETLINK_ROUTE, 0);
    }

    /**
     * Opens a socket for requests of which a dump may name what it is about (from kernel 4.20 on).
     *
     * @throws LinuxException if the kernel refuses
     */
    public static NetlinkSocket openStrict() throws LinuxException {
        NetlinkSocket opened = open();
        try {
            trySet(opened.socket, NETLINK_GET_STRICT_CHK, "NETLINK_GET_STRICT_CHK");
            return opened;
        } catch (LinuxException e) {
            opened.close();
            throw e;
        }
    }

    /**
     * Opens a socket to the packet filter, like the one behind {@code nft}.
     *
     * @param groups {@link #NFNLGRP_NFTABLES} to hear of changes, 0 for requests
     * @throws LinuxException if the kernel refuses
     */
    public static NetlinkSocket openNetfilter(int groups) throws LinuxException {
        return open("netfilter socket", NETLINK_NETFILTER, groups);
    }

    /**
     * Opens a socket that hears of the processes of the host, once that is asked for: {@link ProcessEvents}.
     *
     * @throws LinuxException if the kernel refuses; EPERM without CAP_NET_ADMIN
     */
    static NetlinkSocket openConnector() throws LinuxException {
        return open("process events", NETLINK_CONNECTOR, CN_IDX_PROC);
    }

    /** Waits until there is something to {@link #receive()}, see {@link SocketFd#awaitReadable}. */
    boolean awaitReadable(int timeoutMillis) throws LinuxException {
        return socket.awaitReadable(timeoutMillis);
    }

    /**
     * Opens a socket that hears of changes from now on, like {@code ip monitor}.
     *
     * @param groups the {@code RTMGRP_} bits
     * @throws LinuxException if the kernel refuses
     */
    public static NetlinkSocket openMonitor(int groups) throws LinuxException {
        return open("netlink monitor", NETLINK_ROUTE, groups);
    }

    private static NetlinkSocket open(String name, int protocol, int groups) throws LinuxException {
        SocketFd socket = SocketFd.open(name, Libc.AF_NETLINK, Libc.SOCK_RAW, protocol);
        try {
            trySet(socket, NETLINK_CAP_ACK, "NETLINK_CAP_ACK");
            trySet(socket, NETLINK_EXT_ACK, "NETLINK_EXT_ACK");
            socket.setInt(Libc.SOL_SOCKET, SO_RCVBUF, "SO_RCVBUF", QUEUE_BYTES);
            // struct sockaddr_nl: family, padding, port (0: the kernel chooses), groups
            ByteBuffer address = ByteBuffer.allocate(SOCKADDR_NL_BYTES).order(ByteOrder.nativeOrder());
            address.putShort((short) Libc.AF_NETLINK)
                    .putShort((short) 0)
                    .putInt(0)
                    .putInt(groups);
            socket.bind(address.array());
            return new NetlinkSocket(socket);
        } catch (LinuxException e) {
            socket.close();
            throw e;
        }
    }

    // Kernels before 4.12 give no error texts; everything else works.
    private static void trySet(SocketFd socket, int option, String optionName) throws LinuxException {
        try {
            socket.setInt(SOL_NETLINK, option, optionName, 1);
        } catch (LinuxException e) {
            if (!e.is(Errno.ENOPROTOOPT)) {
                throw e;
            }
        }
    }

    /**
     * The port by which the kernel calls this socket.
     *
     * @throws LinuxException if the kernel refuses
     */
    public int port() throws LinuxException {
        return socket.netlinkPort();
    }

    /**
     * Has the kernel keep away what a classic BPF program does not let pass.
     *
     * @param program the instructions, all of a direct buffer
     * @throws LinuxException if the kernel refuses
     */
    public void attachFilter(ByteBuffer program) throws LinuxException {
        socket.attachFilter(program);
    }

    @Override
    public int fd() {
        return socket.fd();
    }

    @Override
    public void send(NetlinkMessage request) throws LinuxException {
        out.clear();
        request.encode(out);
        socket.send(outAddress, out.position(), 0, 0);
    }

    @Override
    public void sendAll(List<NetlinkMessage> requests) throws LinuxException {
        out.clear();
        for (NetlinkMessage request : requests) {
            if (out.remaining() < request.encodedBytes()) {
                socket.send(outAddress, out.position(), 0, 0);
                out.clear();
            }
            request.encode(out);
        }
        socket.send(outAddress, out.position(), 0, 0);
    }

    @Override
    public void sendNumbered(int sequence, List<NetlinkMessage> requests, int from, int to) throws LinuxException {
        out.clear();
        for (int i = from; i < to; i++) {
            requests.get(i).encode(out, sequence + i - from);
        }
        socket.send(outAddress, out.position(), 0, 0);
    }

    @Override
    public List<NetlinkMessage> receive() throws LinuxException {
        int received = socket.receive(inAddress, BUFFER_BYTES);
        if (received < 0) {
            return List.of();
        }
        return NetlinkMessage.decodeAll(in.clear().limit(received));
    }

    @Override
    public void close() {
        socket.close();
    }
}
