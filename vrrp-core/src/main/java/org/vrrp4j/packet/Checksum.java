package org.vrrp4j.packet;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/** The Internet checksum (RFC 1071), built up over several pieces of which all but the last have an even length. */
public final class Checksum {
    /** The protocol number of VRRP. */
    public static final int VRRP = 112;

    private Checksum() {}

    /** Adds the pseudo-header of RFC 768 (IPv4) or RFC 8200, 8.1 (IPv6); both sum up to the same words. */
    public static int pseudoHeader(int protocol, InetAddress source, InetAddress destination, int length) {
        return add(add(protocol + length, source.getAddress()), destination.getAddress());
    }

    /** Adds the bytes from {@code from} to {@code to}. */
    public static int add(int sum, ByteBuffer buffer, int from, int to) {
        int result = sum;
        int i = from;
        for (; i + 1 < to; i += 2) {
            result += (buffer.get(i) & 0xff) << 8 | buffer.get(i + 1) & 0xff;
        }
        if (i < to) {
            result += (buffer.get(i) & 0xff) << 8;
        }
        return result;
    }

    /** The checksum of a sum; 0 if the sum included a valid checksum. */
    public static int finish(int sum) {
        int folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return ~folded & 0xffff;
    }

    private static int add(int sum, byte[] bytes) {
        return add(sum, ByteBuffer.wrap(bytes), 0, bytes.length);
    }
}
