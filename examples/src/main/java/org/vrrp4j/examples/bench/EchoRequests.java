package org.vrrp4j.examples.bench;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.vrrp4j.linux.libc.Libc;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.libc.SocketFd;
import org.vrrp4j.model.IpAddresses;

/**
 * Sends ICMP echo requests (RFC 792) until the process is ended: {@code EchoRequests INTERVAL_MICROS ADDRESS...}. The
 * kernels of the hosts answer them; whoever captures them sees who does.
 */
public final class EchoRequests {
    private static final int IPPROTO_ICMP = 1;
    private static final int ECHO_REQUEST = 8;
    private static final int ICMP_FILTER = 1;
    private static final int SOL_RAW = 255;
    private static final int HEADER_BYTES = 8;
    private static final int SOCKADDR_IN_BYTES = 16;
    private static final int SOCKADDR_AT = 16;
    private static final int BYTES = SOCKADDR_AT + SOCKADDR_IN_BYTES;

    private EchoRequests() {}

    /**
     * Sends until the process is ended. It never sends two to make up for a pause of its own.
     *
     * @param args microseconds between two requests to the same address, and the addresses
     */
    public static void main(String[] args) throws LinuxException {
        long intervalNanos = TimeUnit.MICROSECONDS.toNanos(Long.parseLong(args[0]));
        List<ByteBuffer> requests = new ArrayList<>();
        for (int i = 1; i < args.length; i++) {
            requests.add(request(IpAddresses.parse(args[i]).orElseThrow(), i));
        }
        long[] addresses = requests.stream().mapToLong(Libc::address).toArray();
        SocketFd socket = SocketFd.open("ICMP socket", Libc.AF_INET, Libc.SOCK_RAW, IPPROTO_ICMP);
        // receives nothing, so that nothing fills up
        socket.setInt(SOL_RAW, ICMP_FILTER, "ICMP_FILTER", -1);
        long next = System.nanoTime();
        while (true) {
            for (long address : addresses) {
                send(socket, address);
            }
            next = Math.max(next + intervalNanos, System.nanoTime());
            for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }

    private static void send(SocketFd socket, long address) {
        try {
            socket.send(address, HEADER_BYTES, address + SOCKADDR_AT, SOCKADDR_IN_BYTES);
        } catch (LinuxException e) {
            // nobody has the address, and the kernel says so now instead of later
            LockSupport.parkNanos(0);
        }
    }

    /** type, code, checksum, identifier, sequence number; then a struct sockaddr_in. */
    private static ByteBuffer request(InetAddress to, int identifier) {
        ByteBuffer request = ByteBuffer.allocateDirect(BYTES);
        request.put((byte) ECHO_REQUEST).put((byte) 0).putShort((short) 0);
        request.putShort((short) identifier).putShort((short) 0);
        int sum = (ECHO_REQUEST << 8) + identifier;
        request.putShort(2, (short) ~sum);
        request.order(ByteOrder.nativeOrder()).putShort(SOCKADDR_AT, (short) Libc.AF_INET);
        request.position(SOCKADDR_AT + 4);
        request.put(to.getAddress());
        return request;
    }
}
