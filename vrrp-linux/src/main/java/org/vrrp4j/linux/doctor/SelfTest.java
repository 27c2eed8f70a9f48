package org.vrrp4j.linux.doctor;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.socket.RawSocket;
import org.vrrp4j.linux.socket.ReceiveBatch;
import org.vrrp4j.packet.AdvertisementCodec;
import org.vrrp4j.packet.PacketRejection;
import org.vrrp4j.spi.PacketReceiver;

/**
 * Sends a packet of protocol 112 to the group and listens for it on a second socket. The kernel loops multicast back as
 * if it had arrived on the interface, so that the packet passes the firewall on its way out and on its way in.
 *
 * <p>It harms nobody. The first packet has TTL or hop limit 0, with which the kernel loops it back and does not put it
 * on the wire. Only if that one is not heard, as where a rule asks for TTL 255, does a second one go out with 255. What
 * it carries is no advertisement: version 0, type 0, VRID 0 (RFC 9568, 7.1: a receiver discards it), and 8 random bytes
 * to know it again.
 *
 * <pre>
 * +---------------+---------------+---------------+---------------+
 * | Version 0 | 0 |    VRID 0     |  Priority 0   |    Count 0    |
 * +---------------+---------------+---------------+---------------+
 * |               0               |               0               |
 * +---------------+---------------+---------------+---------------+
 * |                       Random bytes (8)                        |
 * +---------------------------------------------------------------+
 * </pre>
 */
final class SelfTest {
    private static final int MESSAGE_BYTES = 16;
    private static final int RANDOM_OFFSET = 8;
    private static final int[] HOPS = {0, 255};
    private static final Duration PATIENCE = Duration.ofMillis(300);

    /** What came of it. */
    enum Outcome {
        /** It passes. */
        HEARD,
        /** The kernel refused to send it, which is what a rule for outgoing packets does. */
        REFUSED,
        /** It was sent and not heard. */
        SILENT
    }

    private final Segment segment;
    private final long random = System.nanoTime() ^ ProcessHandle.current().pid() << 48;
    private boolean heard;

    private SelfTest(Segment segment) {
        this.segment = segment;
    }

    /**
     * Tries it on one segment; takes 600 ms at most.
     *
     * @throws LinuxException if the sockets cannot be had, or the interface is down
     */
    static Outcome run(Segment segment) throws LinuxException, InterruptedException {
        return new SelfTest(segment).run();
    }

    private Outcome run() throws LinuxException, InterruptedException {
        String name = segment.link().name();
        int index = segment.link().index();
        try (RawSocket receiver = RawSocket.open(segment.family(), name, index);
                RawSocket sender = RawSocket.open(segment.family(), name, index)) {
            for (int hops : HOPS) {
                sender.loopBack(hops);
                try {
                    sender.send(
                            message(),
                            segment.source(),
                            segment.family().multicastGroup(),
                            AdvertisementCodec.HOP_LIMIT);
                } catch (LinuxException e) {
                    if (e.is(Errno.EPERM)) {
                        return Outcome.REFUSED;
                    }
                    throw e;
                }
                if (isHeard(receiver)) {
                    return Outcome.HEARD;
                }
            }
        }
        return Outcome.SILENT;
    }

    private ByteBuffer message() {
        return ByteBuffer.allocateDirect(MESSAGE_BYTES).putLong(RANDOM_OFFSET, random);
    }

    private boolean isHeard(RawSocket receiver) throws LinuxException, InterruptedException {
        ReceiveBatch batch = new ReceiveBatch(1);
        PacketReceiver recognise = new PacketReceiver() {
            @Override
            public void onMessage(InetAddress from, InetAddress to, int hopLimit, ByteBuffer message) {
                heard |= message.remaining() == MESSAGE_BYTES
                        && message.getLong(message.position() + RANDOM_OFFSET) == random;
            }

            @Override
            public void onDamaged(PacketRejection rejection) {
                // not ours
            }
        };
        long start = System.nanoTime();
        while (!heard && System.nanoTime() - start < PATIENCE.toNanos()) {
            if (receiver.receive(batch, recognise) == 0) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
        }
        return heard;
    }
}
