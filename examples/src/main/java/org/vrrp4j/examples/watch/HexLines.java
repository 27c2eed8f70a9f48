package org.vrrp4j.examples.watch;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RejectionReason;
import org.vrrp4j.packet.AdvertisementCodec;
import org.vrrp4j.packet.Decoded;
import org.vrrp4j.packet.PacketRejection;

/**
 * Lines of hex digits: an Ethernet frame, an IP packet, or a bare VRRP message, this one with {@code SOURCE
 * DESTINATION} in front if its checksum covers them. Spaces, colons and dashes between bytes do not matter; what
 * follows a # is a comment.
 *
 * <p>A bare message without addresses is taken as sent to the multicast group, and with the right hop limit.
 */
public final class HexLines {
    private static final InetAddress ANY_IPV4 = IpAddresses.of(new byte[4]);
    private static final InetAddress ANY_IPV6 = IpAddresses.of(new byte[16]);
    private static final int MESSAGE_HEADER_BYTES = 8;
    private static final String REMEDY = "; a line has the hex digits of one VRRP message, IP packet or Ethernet frame,"
            + " and may begin with the source and destination address of a message";

    private HexLines() {}

    /** Whether there is nothing on a line but a comment. */
    public static boolean isBlank(String line) {
        return withoutComment(line).isEmpty();
    }

    /**
     * Reads one line.
     *
     * @return empty if it is a packet of another protocol
     * @throws CaptureFormatException if the line is none of hex digits
     */
    public static Optional<ObservedPacket> read(String line) throws CaptureFormatException {
        List<String> words = Arrays.asList(withoutComment(line).split("\\s+"));
        Optional<Envelope> addresses = words.size() > 2 ? addresses(words.get(0), words.get(1)) : Optional.empty();
        List<String> digits = addresses.isPresent() ? words.subList(2, words.size()) : words;
        ByteBuffer bytes = ByteBuffer.wrap(bytes(String.join("", digits)));
        FrameReader reader = new FrameReader(Optional.empty(), "", 0);
        if (addresses.isPresent()) {
            return Optional.of(message(bytes, addresses));
        }
        Optional<ObservedPacket> frame = reader.read(LinkType.ETHERNET, bytes);
        if (frame.isPresent()) {
            return frame;
        }
        int version = (bytes.get(0) & 0xf0) >> 4;
        return version == 4 || version == 6
                ? reader.ip(bytes, Link.UNKNOWN)
                : Optional.of(message(bytes, Optional.empty()));
    }

    private static String withoutComment(String line) {
        int comment = line.indexOf('#');
        return (comment < 0 ? line : line.substring(0, comment)).strip();
    }

    private static Optional<Envelope> addresses(String source, String destination) throws CaptureFormatException {
        Optional<InetAddress> from = IpAddresses.parse(source);
        Optional<InetAddress> to = IpAddresses.parse(destination);
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        if (IpFamily.of(from.get()) != IpFamily.of(to.get())) {
            throw new CaptureFormatException(
                    "addresses of two families, " + source + " and " + destination + "; both must be of one");
        }
        return Optional.of(new Envelope(from.get(), to.get(), OptionalInt.empty()));
    }

    private static byte[] bytes(String text) throws CaptureFormatException {
        String digits = text.replace(":", "").replace("-", "");
        digits = digits.startsWith("0x") ? digits.substring(2) : digits;
        for (int i = 0; i < digits.length(); i++) {
            if (!HexFormat.isHexDigit(digits.charAt(i))) {
                throw new CaptureFormatException("not a hex digit: " + quoted(digits.charAt(i)) + REMEDY);
            }
        }
        if (digits.isEmpty() || digits.length() % 2 != 0) {
            throw new CaptureFormatException(digits.length() + " hex digits make no whole number of bytes" + REMEDY);
        }
        return HexFormat.of().parseHex(digits);
    }

    private static String quoted(char c) {
        return c >= ' ' && c < 0x7f ? "'" + c + "'" : "U+%04X".formatted((int) c);
    }

    private static ObservedPacket message(ByteBuffer message, Optional<Envelope> given) {
        Envelope envelope = given.orElseGet(() -> placeholder(message));
        IpFamily family = IpFamily.of(envelope.source());
        Decoded decoded = AdvertisementCodec.decode(
                message, envelope.source(), envelope.destination(), AdvertisementCodec.HOP_LIMIT);
        boolean maySumAddresses = (message.get(0) & 0xf0) >> 4 == 3;
        if (given.isEmpty()
                && maySumAddresses
                && decoded instanceof PacketRejection rejection
                && rejection.reason() == RejectionReason.CHECKSUM) {
            decoded = new PacketRejection(
                    RejectionReason.CHECKSUM,
                    rejection.detail() + ", without the addresses, which it may cover: write SOURCE DESTINATION"
                            + " in front of the message");
        }
        return new ObservedPacket(Optional.empty(), Link.UNKNOWN, given, MessageHead.read(message), family, decoded);
    }

    private static Envelope placeholder(ByteBuffer message) {
        int count = message.remaining() > 3 ? message.get(3) & 0xff : 0;
        boolean isIpv6 =
                count > 0 && message.remaining() == MESSAGE_HEADER_BYTES + count * IpFamily.IPV6.addressBytes();
        InetAddress any = isIpv6 && (message.get(0) & 0xf0) >> 4 == 3 ? ANY_IPV6 : ANY_IPV4;
        return new Envelope(any, any, OptionalInt.empty());
    }
}
