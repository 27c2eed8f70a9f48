package org.vrrp4j.packet;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RejectionReason;
import org.vrrp4j.model.VrrpVersion;

/**
 * Encodes and decodes advertisements of both versions. The first eight bytes differ only in the middle:
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |Version| Type  |     VRID      |   Priority    | Address Count |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |   see V2Format and V3Format   |           Checksum            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                     IP address, one or more                   |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class AdvertisementCodec {
    /** The TTL or hop limit that advertisements are sent with and must arrive with. */
    public static final int HOP_LIMIT = 255;

    /** The longest message: version 3 with 255 IPv6 addresses. */
    public static final int MAX_BYTES = 8 + 255 * 16;

    static final int HEADER_BYTES = 8;
    static final int CHECKSUM_OFFSET = 6;
    private static final int TYPE_ADVERTISEMENT = 1;

    private AdvertisementCodec() {}

    /**
     * Decodes one message and makes every check that needs no configuration (RFC 9568, 7.1 with errata 8298 to 8301;
     * RFC 3768, 7.1).
     *
     * @param message from position to limit, both left as they are
     * @param source the IP source address
     * @param destination the IP destination address
     * @param hopLimit the TTL or hop limit
     * @return the advertisement or why it must be ignored
     */
    public static Decoded decode(ByteBuffer message, InetAddress source, InetAddress destination, int hopLimit) {
        return hopLimit == HOP_LIMIT
                ? decode(message, source, destination)
                : rejected(RejectionReason.TTL, "found " + hopLimit);
    }

    /** The same for a packet that may have come over other routers: whatever its TTL or hop limit is. */
    public static Decoded decode(ByteBuffer message, InetAddress source, InetAddress destination) {
        int start = message.position();
        int length = message.remaining();
        if (length < HEADER_BYTES) {
            return rejected(RejectionReason.TRUNCATED, length + " bytes");
        }
        int first = message.get(start) & 0xff;
        IpFamily family = IpFamily.of(source);
        VrrpVersion version = version(first >> 4, family);
        if (version == null) {
            return rejected(RejectionReason.VERSION, "found " + (first >> 4) + " over " + family);
        }
        if ((first & 0x0f) != TYPE_ADVERTISEMENT) {
            return rejected(RejectionReason.TYPE, "found " + (first & 0x0f));
        }
        int vrid = message.get(start + 1) & 0xff;
        if (vrid == 0) {
            return rejected(RejectionReason.VRID_ZERO, "");
        }
        int count = message.get(start + 3) & 0xff;
        if (count == 0) {
            return rejected(RejectionReason.NO_ADDRESSES, "");
        }
        int expected =
                HEADER_BYTES + count * family.addressBytes() + (version == VrrpVersion.V2 ? V2Format.TRAILER_BYTES : 0);
        if (length != expected) {
            return rejected(
                    length < expected ? RejectionReason.TRUNCATED : RejectionReason.LENGTH,
                    length + " bytes, " + count + " addresses need " + expected);
        }
        ChecksumForm form = checksumForm(message, version, source, destination);
        if (form == null) {
            return rejected(
                    RejectionReason.CHECKSUM, "found " + Integer.toHexString(message.getShort(start + 6) & 0xffff));
        }
        return content(message, version, family, count, source, form);
    }

    private static Decoded content(
            ByteBuffer message,
            VrrpVersion version,
            IpFamily family,
            int count,
            InetAddress source,
            ChecksumForm form) {
        int start = message.position();
        int interval = version == VrrpVersion.V2 ? V2Format.interval(message) : V3Format.interval(message);
        if (interval == 0) {
            return rejected(RejectionReason.INTERVAL_ZERO, "");
        }
        List<InetAddress> addresses = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[family.addressBytes()];
            message.get(start + HEADER_BYTES + i * bytes.length, bytes);
            InetAddress address = IpAddresses.of(bytes);
            // possible, because Java makes an IPv4 address of an IPv4-mapped one
            if (IpFamily.of(address) != family) {
                return rejected(RejectionReason.NOT_LINK_LOCAL, "IPv4-mapped " + address.getHostAddress());
            }
            addresses.add(address);
        }
        int vrid = message.get(start + 1) & 0xff;
        int priority = message.get(start + 2) & 0xff;
        Advertisement advertisement = version == VrrpVersion.V2
                ? V2Format.advertisement(message, vrid, priority, interval, addresses)
                : V3Format.advertisement(vrid, priority, interval, addresses);
        return new ReceivedAdvertisement(advertisement, source, form);
    }

    /**
     * Encodes an advertisement.
     *
     * @param advertisement what to encode; its interval must fit the version, see {@code AdvertisementIntervals}
     * @param form the form of a version 3 checksum over IPv4; over IPv6 it always covers the pseudo-header
     * @param source the IP source address it will be sent from
     * @param destination the IP destination address it will be sent to
     * @return a new buffer that holds the message from position to limit
     */
    public static ByteBuffer encode(
            Advertisement advertisement, ChecksumForm form, InetAddress source, InetAddress destination) {
        boolean v2 = advertisement.version() == VrrpVersion.V2;
        IpFamily family = IpFamily.of(source);
        int count = advertisement.addresses().size();
        int length = HEADER_BYTES + count * family.addressBytes() + (v2 ? V2Format.TRAILER_BYTES : 0);
        // direct, because a transport hands its address to the kernel
        ByteBuffer message = ByteBuffer.allocateDirect(length);
        message.put((byte) (advertisement.version().number() << 4 | TYPE_ADVERTISEMENT));
        message.put((byte) advertisement.vrid());
        message.put((byte) advertisement.priority());
        message.put((byte) count);
        message.putShort(v2 ? V2Format.middle(advertisement) : V3Format.middle(advertisement));
        message.putShort((short) 0);
        advertisement.addresses().forEach(address -> message.put(address.getAddress()));
        if (v2) {
            message.putLong(advertisement.authentication().data());
        }
        message.flip();
        boolean ipv6 = family == IpFamily.IPV6;
        boolean pseudo = !v2 && (ipv6 || form != ChecksumForm.MESSAGE_ONLY);
        InetAddress covered = !ipv6 && form == ChecksumForm.GROUP_PSEUDO_HEADER ? family.multicastGroup() : destination;
        int sum = pseudo ? Checksum.pseudoHeader(Checksum.VRRP, source, covered, length) : 0;
        message.putShort(CHECKSUM_OFFSET, (short) Checksum.finish(Checksum.add(sum, message, 0, length)));
        return message;
    }

    private static VrrpVersion version(int number, IpFamily family) {
        return switch (number) {
            case 2 -> family == IpFamily.IPV4 ? VrrpVersion.V2 : null;
            case 3 -> VrrpVersion.V3;
            default -> null;
        };
    }

    /** The form in which the checksum is right, or null. */
    private static ChecksumForm checksumForm(
            ByteBuffer message, VrrpVersion version, InetAddress source, InetAddress destination) {
        int sum = Checksum.add(0, message, message.position(), message.limit());
        if (version == VrrpVersion.V3
                && Checksum.finish(sum + Checksum.pseudoHeader(Checksum.VRRP, source, destination, message.remaining()))
                        == 0) {
            return ChecksumForm.PSEUDO_HEADER;
        }
        IpFamily family = IpFamily.of(source);
        if (family == IpFamily.IPV6) {
            return null;
        }
        if (Checksum.finish(sum) == 0) {
            return ChecksumForm.MESSAGE_ONLY;
        }
        boolean old = version == VrrpVersion.V3 && !destination.isMulticastAddress();
        return old
                        && Checksum.finish(sum
                                        + Checksum.pseudoHeader(
                                                Checksum.VRRP, source, family.multicastGroup(), message.remaining()))
                                == 0
                ? ChecksumForm.GROUP_PSEUDO_HEADER
                : null;
    }

    private static PacketRejection rejected(RejectionReason reason, String detail) {
        return new PacketRejection(reason, detail);
    }
}
