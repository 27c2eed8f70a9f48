package org.vrrp4j.bfd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.vrrp4j.model.BfdDiagnostic;
import org.vrrp4j.model.BfdRejectionReason;
import org.vrrp4j.model.BfdState;

/**
 * Encodes and decodes control packets (RFC 5880, 4.1).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |Vers |  Diag   |Sta|P|F|C|A|D|M|  Detect Mult  |    Length     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                       My Discriminator                        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                      Your Discriminator                       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                    Desired Min TX Interval                    |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                   Required Min RX Interval                    |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                 Required Min Echo RX Interval                 |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>An authentication section may follow if bit A is set.
 */
public final class ControlPacketCodec {
    /** The length of a packet without authentication. */
    public static final int BYTES = 24;

    private static final int AUTHENTICATED_BYTES = 26;
    private static final int VERSION = 1;
    private static final int LENGTH_OFFSET = 3;
    private static final int POLL = 0x20;
    private static final int FINAL = 0x10;
    private static final int CONTROL_PLANE_INDEPENDENT = 0x08;
    private static final int AUTHENTICATION = 0x04;
    private static final int DEMAND = 0x02;
    private static final int MULTIPOINT = 0x01;
    private static final int DIAGNOSTIC_MASK = 0x1f;
    private static final long MICROS_MASK = 0xffff_ffffL;

    private ControlPacketCodec() {}

    /**
     * Decodes one packet and makes every check that needs no session (RFC 5880, 6.8.6).
     *
     * @param packet from position to limit, both left as they are; bytes behind what its Length field says are no part
     *     of it
     */
    public static DecodedControl decode(ByteBuffer packet) {
        int start = packet.position();
        int bytes = packet.remaining();
        if (bytes < BYTES) {
            return rejected(BfdRejectionReason.TRUNCATED, bytes + " bytes");
        }
        int first = packet.get(start) & 0xff;
        int flags = packet.get(start + 1) & 0xff;
        int multiplier = packet.get(start + 2) & 0xff;
        int length = packet.get(start + LENGTH_OFFSET) & 0xff;
        if (first >> 5 != VERSION) {
            return rejected(BfdRejectionReason.VERSION, "found " + (first >> 5));
        }
        boolean authenticated = (flags & AUTHENTICATION) != 0;
        if (length < (authenticated ? AUTHENTICATED_BYTES : BYTES)) {
            return rejected(BfdRejectionReason.LENGTH_TOO_SHORT, "found " + length);
        }
        if (length > bytes) {
            return rejected(BfdRejectionReason.LENGTH_TOO_LONG, "found " + length + ", there are " + bytes);
        }
        if (multiplier == 0) {
            return rejected(BfdRejectionReason.DETECT_MULT_ZERO, "");
        }
        if ((flags & MULTIPOINT) != 0) {
            return rejected(BfdRejectionReason.MULTIPOINT, "");
        }
        return fields(packet, first & DIAGNOSTIC_MASK, flags, multiplier);
    }

    private static DecodedControl fields(ByteBuffer packet, int diagnostic, int flags, int multiplier) {
        ByteBuffer fields = packet.duplicate().order(ByteOrder.BIG_ENDIAN);
        fields.position(packet.position() + Integer.BYTES);
        int mine = fields.getInt();
        int yours = fields.getInt();
        BfdState state = BfdState.values()[flags >> 6];
        if (mine == 0) {
            return rejected(BfdRejectionReason.MY_DISCRIMINATOR_ZERO, "");
        }
        if (yours == 0 && (state == BfdState.INIT || state == BfdState.UP)) {
            return rejected(BfdRejectionReason.YOUR_DISCRIMINATOR_ZERO, state.text());
        }
        if ((flags & AUTHENTICATION) != 0) {
            return rejected(BfdRejectionReason.AUTHENTICATION, "");
        }
        return new ControlPacket(
                BfdDiagnostic.of(diagnostic),
                state,
                (flags & POLL) != 0,
                (flags & FINAL) != 0,
                (flags & CONTROL_PLANE_INDEPENDENT) != 0,
                (flags & DEMAND) != 0,
                multiplier,
                mine,
                yours,
                fields.getInt() & MICROS_MASK,
                fields.getInt() & MICROS_MASK,
                fields.getInt() & MICROS_MASK);
    }

    /**
     * Encodes a packet at the position of a buffer, which is moved behind it.
     *
     * @param to has room for {@link #BYTES}, and becomes big-endian
     */
    public static void encode(ControlPacket packet, ByteBuffer to) {
        to.order(ByteOrder.BIG_ENDIAN);
        to.put((byte) (VERSION << 5 | packet.diagnostic().number()));
        to.put((byte) (packet.state().number() << 6
                | bit(packet.poll(), POLL)
                | bit(packet.isFinal(), FINAL)
                | bit(packet.controlPlaneIndependent(), CONTROL_PLANE_INDEPENDENT)
                | bit(packet.demand(), DEMAND)));
        to.put((byte) packet.detectMultiplier());
        to.put((byte) BYTES);
        to.putInt(packet.myDiscriminator());
        to.putInt(packet.yourDiscriminator());
        to.putInt((int) packet.desiredMinTxMicros());
        to.putInt((int) packet.requiredMinRxMicros());
        to.putInt((int) packet.requiredMinEchoRxMicros());
    }

    private static int bit(boolean set, int bit) {
        return set ? bit : 0;
    }

    private static ControlRejection rejected(BfdRejectionReason reason, String detail) {
        return new ControlRejection(reason, detail);
    }
}
