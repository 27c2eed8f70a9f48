package org.vrrp4j.packet;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.VrrpVersion;

/**
 * What only version 3 has (RFC 9568, 5.1): bytes 4 and 5.
 *
 * <pre>
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |Reserve| Max Advertise Interval|          Checksum             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>The interval is in centiseconds. Reserve is sent as zero and ignored on receipt.
 */
final class V3Format {
    private static final int INTERVAL_MASK = 0x0fff;
    private static final int MILLIS_PER_CENTISECOND = 10;

    private V3Format() {}

    static int interval(ByteBuffer message) {
        return message.getShort(message.position() + 4) & INTERVAL_MASK;
    }

    static Advertisement advertisement(int vrid, int priority, int interval, List<InetAddress> addresses) {
        Duration duration = Duration.ofMillis((long) interval * MILLIS_PER_CENTISECOND);
        return new Advertisement(VrrpVersion.V3, vrid, priority, duration, addresses, Authentication.NONE);
    }

    static short middle(Advertisement advertisement) {
        return (short) (advertisement.interval().toMillis() / MILLIS_PER_CENTISECOND & INTERVAL_MASK);
    }
}
