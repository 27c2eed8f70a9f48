package org.vrrp4j.packet;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.VrrpVersion;

/**
 * What only version 2 has (RFC 3768, 5.1; RFC 2338, 5.3): bytes 4 and 5, and the trailer behind the addresses.
 *
 * <pre>
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |   Auth Type   |   Adver Int   |           Checksum            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                          IP addresses                         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                     Authentication Data (1)                   |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                     Authentication Data (2)                   |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>Adver Int is in seconds. With Auth Type 0 the data is ignored on receipt (RFC 3768, 5.3.10).
 */
final class V2Format {
    static final int TRAILER_BYTES = 8;

    private V2Format() {}

    static int interval(ByteBuffer message) {
        return message.get(message.position() + 5) & 0xff;
    }

    static Advertisement advertisement(
            ByteBuffer message, int vrid, int priority, int interval, List<InetAddress> addresses) {
        int type = message.get(message.position() + 4) & 0xff;
        Authentication authentication = type == Authentication.NONE.type()
                ? Authentication.NONE
                : new Authentication(type, message.getLong(message.limit() - TRAILER_BYTES));
        return new Advertisement(
                VrrpVersion.V2, vrid, priority, Duration.ofSeconds(interval), addresses, authentication);
    }

    static short middle(Advertisement advertisement) {
        return (short) (advertisement.authentication().type() << 8
                | (int) advertisement.interval().toSeconds());
    }
}
