package org.vrrp4j.packet;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.VrrpVersion;

/** A message whose bytes are known from elsewhere: computed by other code, or captured from a MikroTik router. */
record GoldenVector(
        String id, Advertisement advertisement, ChecksumForm form, String source, String destination, String hex) {
    static final String MULTICAST_IPV4 = "224.0.0.18";
    static final String MULTICAST_IPV6 = "ff02::12";

    private static final String SENDER = "192.0.2.11";
    private static final String SENDER_IPV6 = "fe80::11";
    private static final String MIKROTIK = "10.0.0.91";
    private static final ChecksumForm MESSAGE = ChecksumForm.MESSAGE_ONLY;
    private static final ChecksumForm PSEUDO = ChecksumForm.PSEUDO_HEADER;

    static Stream<GoldenVector> all() {
        return Stream.of(version2(), version3(), captured()).flatMap(List::stream);
    }

    private static List<GoldenVector> version2() {
        return List.of(
                multicast(
                        "GV-V2-1",
                        v2(1, 100, 1, Authentication.NONE, "192.0.2.1"),
                        MESSAGE,
                        "210164010001b8fac00002010000000000000000"),
                multicast(
                        "GV-V2-2",
                        v2(51, 0, 1, Authentication.NONE, "192.0.2.1", "192.0.2.2"),
                        MESSAGE,
                        "2133000200015ac5c0000201c00002020000000000000000"),
                multicast(
                        "GV-V2-3",
                        v2(42, 254, 3, Authentication.simplePassword("secret"), "192.0.2.1"),
                        MESSAGE,
                        "212afe010103e182c00002017365637265740000"));
    }

    private static List<GoldenVector> version3() {
        Advertisement plain = v3(1, 100, 100, "192.0.2.1");
        Advertisement longest = v3(255, 254, 4095, "192.0.2.1", "192.0.2.2");
        Advertisement fast = v3(1, 100, 10, "192.0.2.1");
        return List.of(
                multicast("GV-V3-4m", plain, MESSAGE, "310164010064a897c0000201"),
                multicast("GV-V3-4p", plain, PSEUDO, "31016401006405fdc0000201"),
                multicast("GV-V3-4Mm", longest, MESSAGE, "31fffe020fff3bfac0000201c0000202"),
                multicast("GV-V3-4Mp", longest, PSEUDO, "31fffe020fff995bc0000201c0000202"),
                multicast("GV-V3-4um", fast, MESSAGE, "31016401000aa8f1c0000201"),
                new GoldenVector("GV-V3-4up", fast, PSEUDO, SENDER, "192.0.2.12", "31016401000a245dc0000201"),
                ipv6(
                        "GV-V3-6",
                        v3(1, 100, 100, "fe80::200:5eff:fe00:201", "2001:db8::1"),
                        "310164020064df1cfe8000000000000002005efffe00020120010db8000000000000000000000001"),
                ipv6(
                        "GV-V3-6r",
                        v3(1, 0, 100, "fe80::200:5eff:fe00:201"),
                        "31010001006470e8fe8000000000000002005efffe000201"));
    }

    private static List<GoldenVector> captured() {
        return List.of(
                new GoldenVector(
                        "MikroTik v2 with password",
                        v2(
                                42,
                                191,
                                10,
                                Authentication.simplePassword("abcdefgh"),
                                "10.4.42.1",
                                "10.4.42.2",
                                "10.4.42.3"),
                        MESSAGE,
                        MIKROTIK,
                        MULTICAST_IPV4,
                        "212abf03010af11f0a042a010a042a020a042a036162636465666768"),
                new GoldenVector(
                        "MikroTik v2",
                        v2(43, 191, 10, Authentication.NONE, "10.4.43.150"),
                        MESSAGE,
                        MIKROTIK,
                        MULTICAST_IPV4,
                        "212bbf01000aea2e0a042b960000000000000000"),
                new GoldenVector(
                        "MikroTik v3",
                        v3(44, 191, 1000, "10.4.44.100", "10.4.44.200"),
                        PSEUDO,
                        MIKROTIK,
                        MULTICAST_IPV4,
                        "312cbf0203e8b3c60a042c640a042cc8"));
    }

    static GoldenVector named(String id) {
        return all().filter(vector -> vector.id().equals(id)).findFirst().orElseThrow();
    }

    static Advertisement v2(int vrid, int priority, int seconds, Authentication authentication, String... addresses) {
        return new Advertisement(
                VrrpVersion.V2, vrid, priority, Duration.ofSeconds(seconds), addresses(addresses), authentication);
    }

    static Advertisement v3(int vrid, int priority, int centiseconds, String... addresses) {
        Duration interval = Duration.ofMillis(10L * centiseconds);
        return new Advertisement(VrrpVersion.V3, vrid, priority, interval, addresses(addresses), Authentication.NONE);
    }

    static InetAddress address(String text) {
        return IpAddresses.parse(text).orElseThrow();
    }

    private static List<InetAddress> addresses(String... texts) {
        return Stream.of(texts).map(GoldenVector::address).toList();
    }

    private static GoldenVector multicast(String id, Advertisement advertisement, ChecksumForm form, String hex) {
        return new GoldenVector(id, advertisement, form, SENDER, MULTICAST_IPV4, hex);
    }

    private static GoldenVector ipv6(String id, Advertisement advertisement, String hex) {
        return new GoldenVector(id, advertisement, PSEUDO, SENDER_IPV6, MULTICAST_IPV6, hex);
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    Decoded decode(byte[] message) {
        return decode(message, AdvertisementCodec.HOP_LIMIT);
    }

    Decoded decode(byte[] message, int hopLimit) {
        return AdvertisementCodec.decode(ByteBuffer.wrap(message), address(source), address(destination), hopLimit);
    }

    /** The message with another content of one byte and, again, the right checksum. */
    byte[] patched(int offset, int value) {
        byte[] message = bytes();
        message[offset] = (byte) value;
        return sealed(message);
    }

    /** Puts the right checksum of this vector's form in place. */
    byte[] sealed(byte[] message) {
        message[6] = 0;
        message[7] = 0;
        boolean pseudo = form == ChecksumForm.PSEUDO_HEADER;
        int sum = pseudo
                ? Checksum.pseudoHeader(Checksum.VRRP, address(source), address(destination), message.length)
                : 0;
        int checksum = Checksum.finish(Checksum.add(sum, ByteBuffer.wrap(message), 0, message.length));
        message[6] = (byte) (checksum >> 8);
        message[7] = (byte) checksum;
        return message;
    }

    @Override
    public String toString() {
        return id;
    }
}
