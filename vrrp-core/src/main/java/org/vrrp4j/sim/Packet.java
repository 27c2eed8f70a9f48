package org.vrrp4j.sim;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.vrrp4j.model.IpFamily;

/**
 * One message on its way.
 *
 * @param suspicious damaged on the way or sent by no node: worth watching what it does
 */
record Packet(InetAddress source, InetAddress destination, int hopLimit, ByteBuffer message, boolean suspicious) {

    static Packet copy(InetAddress source, InetAddress destination, int hopLimit, ByteBuffer message, boolean forged) {
        ByteBuffer bytes = ByteBuffer.allocate(message.remaining());
        bytes.put(message.duplicate()).flip();
        return new Packet(source, destination, hopLimit, bytes, forged);
    }

    boolean is(InetAddress from, InetAddress to, int hops, ByteBuffer content) {
        return hopLimit == hops
                && source.equals(from)
                && destination.equals(to)
                && message.clear().equals(content);
    }

    IpFamily family() {
        return IpFamily.of(destination);
    }

    /** The same with one bit turned over. */
    Packet damaged(int bit) {
        Packet copy = copy(source, destination, hopLimit, message.clear(), true);
        int index = bit / 8;
        copy.message.put(index, (byte) (copy.message.get(index) ^ 1 << bit % 8));
        return copy;
    }
}
