package org.vrrp4j.examples.watch;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.vrrp4j.model.IpAddresses;

/** Bytes for tests: messages with checksums computed by other code, in frames and capture files made here. */
public final class Frames {
    /** Version 2, VRID 42, priority 254, 3 s, 192.0.2.1, password "secret". */
    public static final String V2_PASSWORD = "212afe010103e182c00002017365637265740000";
    /** Version 3, VRID 1, priority 100, 1 s, 192.0.2.1, from 192.0.2.11 to 224.0.0.18. */
    public static final String V3_PSEUDO_HEADER = "31016401006405fdc0000201";
    /** The same with a checksum of the message only. */
    public static final String V3_MESSAGE_ONLY = "310164010064a897c0000201";
    /** Version 3, VRID 1, priority 100, 1 s, two IPv6 addresses, from fe80::11 to ff02::12. */
    public static final String V3_IPV6 =
            "310164020064df1cfe8000000000000002005efffe00020120010db8000000000000000000000001";

    /** An Ethernet header with EtherType IPv4. */
    public static final String ETHERNET = "01005e000012" + "0200000000aa" + "0800";
    /** An Ethernet header with EtherType IPv6. */
    public static final String ETHERNET_IPV6 = "333300000012" + "0200000000aa" + "86dd";

    static final Instant TIME = Instant.parse("2026-11-22T10:00:00.123456Z");

    private static final String HEADER_IPV6 =
            "60000000%04x70ff" + "fe800000000000000000000000000011" + "ff020000000000000000000000000012";

    private Frames() {}

    /** The message in a packet from 192.0.2.11 to 224.0.0.18. */
    public static String ipv4(String message, int ttl) {
        String header = "45c0%04x00010000%02x70%%04xc000020be0000012".formatted(20 + message.length() / 2, ttl);
        ByteBuffer words = bytes(header.formatted(0));
        int sum = 0;
        while (words.hasRemaining()) {
            sum += words.getShort() & 0xffff;
        }
        // RFC 1071; a bridge drops packets with a wrong one
        return header.formatted(~(sum % 0xffff) & 0xffff) + message;
    }

    /** The message in a packet from fe80::11 to ff02::12. */
    public static String ipv6(String message) {
        return HEADER_IPV6.formatted(message.length() / 2) + message;
    }

    static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    static InetAddress address(String text) {
        return IpAddresses.parse(text).orElseThrow();
    }

    /** A capture file with microseconds, little-endian, of Ethernet frames a second apart. */
    public static byte[] pcap(List<String> frames) {
        return pcap(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, 1, frames);
    }

    /** A capture file of Ethernet frames a second apart. */
    static byte[] pcap(ByteOrder order, int magic, int linkType, List<String> frames) {
        ByteBuffer file = ByteBuffer.allocate(24
                        + frames.stream()
                                .mapToInt(frame -> 16 + frame.length() / 2)
                                .sum())
                .order(order);
        file.putInt(magic).putShort((short) 2).putShort((short) 4);
        file.putInt(0).putInt(0).putInt(262_144).putInt(linkType);
        int seconds = (int) TIME.getEpochSecond();
        int fraction = magic == 0xa1b2c3d4 ? TIME.getNano() / 1000 : TIME.getNano();
        for (String frame : frames) {
            file.putInt(seconds++).putInt(fraction);
            file.putInt(frame.length() / 2).putInt(frame.length() / 2);
            file.put(bytes(frame));
        }
        return file.array();
    }
}
