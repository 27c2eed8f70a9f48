package org.vrrp4j.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vrrp4j.model.MacAddress;

/** What ARP packets and neighbour advertisements say of who has an address. */
class AddressHolderTest {
    private static final MacAddress MAC = new MacAddress(0x0200_0000_0077L);
    private static final InetAddress IPV4 = GoldenVector.address("192.0.2.100");
    private static final InetAddress IPV6 = GoldenVector.address("2001:db8::100");

    private static byte[] arp() {
        ByteBuffer frame = ByteBuffer.allocate(GratuitousArp.FRAME_BYTES);
        GratuitousArp.encode(MAC, (Inet4Address) IPV4, frame);
        return frame.array();
    }

    private static byte[] advertisement() {
        ByteBuffer frame = ByteBuffer.allocate(NeighborAdvertisement.FRAME_BYTES);
        NeighborAdvertisement.encode(MAC, true, (Inet6Address) IPV6, frame);
        return frame.array();
    }

    private static Optional<AddressHolder> decode(byte[] frame) {
        ByteBuffer behind = ByteBuffer.allocateDirect(3 + frame.length + 2);
        behind.position(3).put(frame).limit(3 + frame.length).position(3);
        Optional<AddressHolder> holder = AddressHolder.decode(behind);
        assertThat(behind.position()).isEqualTo(3);
        assertThat(behind.limit()).isEqualTo(3 + frame.length);
        return holder;
    }

    /** With other bytes at an offset, and the checksum made right again. */
    private static byte[] changed(byte[] frame, int offset, String hex) {
        byte[] changed = frame.clone();
        byte[] bytes = HexFormat.of().parseHex(hex);
        System.arraycopy(bytes, 0, changed, offset, bytes.length);
        if (changed[12] != 8) {
            ByteBuffer buffer = ByteBuffer.wrap(changed).putShort(56, (short) 0);
            int length = Math.min(buffer.getShort(18) & 0xffff, changed.length - 54);
            int sum = Checksum.add(58 + length, buffer, 22, 54 + length);
            buffer.putShort(56, (short) Checksum.finish(sum));
        }
        return changed;
    }

    @Test
    @DisplayName("an announcement, a question and an answer by ARP name their sender; bytes behind them do not matter")
    void arpNamesItsSender() {
        Optional<AddressHolder> holder = Optional.of(new AddressHolder(IPV4, MAC));
        assertThat(decode(arp())).isEqualTo(holder);
        assertThat(decode(changed(arp(), 20, "0002"))).isEqualTo(holder);
        assertThat(decode(changed(arp(), 38, "c0000201"))).as("a question").isEqualTo(holder);
        assertThat(decode(Arrays.copyOf(arp(), 60))).isEqualTo(holder);
    }

    @ParameterizedTest
    @CsvSource({
        "12, 0800, another EtherType",
        "14, 0006, not Ethernet",
        "16, 86dd, not IPv4",
        "18, 08, longer hardware addresses",
        "19, 10, longer addresses",
        "20, 0000, no operation",
        "20, 0003, reverse ARP",
        "20, 0102, an unknown operation",
        "28, 00000000, a probe",
        "28, e0000001, a group",
        "22, 000000000000, no MAC address",
        "22, ffffffffffff, the MAC address of everybody"
    })
    void otherArpPacketsSayNothing(int offset, String bytes, String what) {
        assertThat(decode(changed(arp(), offset, bytes))).as(what).isEmpty();
    }

    @Test
    @DisplayName("a neighbour advertisement names its target, by the option, or else by the source of the frame")
    void advertisementNamesItsTarget() {
        assertThat(decode(advertisement())).contains(new AddressHolder(IPV6, MAC));
        byte[] short24 = changed(Arrays.copyOf(advertisement(), 78), 18, "0018");
        assertThat(decode(changed(short24, 6, "020000000088")))
                .contains(new AddressHolder(IPV6, new MacAddress(0x0200_0000_0088L)));
        byte[] otherOption = changed(advertisement(), 78, "0e01");
        assertThat(decode(changed(otherOption, 6, "020000000088")))
                .contains(new AddressHolder(IPV6, new MacAddress(0x0200_0000_0088L)));
    }

    @ParameterizedTest
    @CsvSource({
        "14, 40, not IPv6",
        "18, 0021, longer than the frame",
        "18, 0017, too short for a target",
        "18, 001f, an option cut off",
        "20, 11, UDP",
        "21, fe, forwarded by somebody",
        "54, 8700, a solicitation",
        "54, 8801, another code",
        "58, 60000000, a solicited one to everybody",
        "62, ff020000000000000000000000000001, a group",
        "62, 00000000000000000000000000000000, no address",
        "62, 00000000000000000000ffffc0000264, an IPv4 address",
        "78, 0200, an option without length",
        "78, 0202, an option that is longer than the message",
        "80, 000000000000, no MAC address",
        "80, 010000000077, the MAC address of a group"
    })
    void otherIpv6PacketsSayNothing(int offset, String bytes, String what) {
        assertThat(decode(changed(advertisement(), offset, bytes))).as(what).isEmpty();
    }

    @Test
    void aWrongChecksumSaysNothing() {
        byte[] wrong = advertisement();
        wrong[57]++;
        assertThat(decode(wrong)).isEmpty();
    }

    @Test
    void aFrameThatIsCutOffSaysNothing() {
        for (byte[] frame : new byte[][] {arp(), advertisement()}) {
            for (int length = 0; length < frame.length; length++) {
                assertThat(decode(Arrays.copyOf(frame, length)))
                        .as("cut off after %d bytes", length)
                        .isEmpty();
            }
        }
    }

    @Test
    @DisplayName("any frame is answered, never by an exception, and who is named stands in it")
    void anyFrameIsAnswered() {
        Random random = new Random(5227);
        for (int i = 0; i < 100_000; i++) {
            byte[] whole = random.nextBoolean() ? arp() : advertisement();
            byte[] frame = Arrays.copyOf(whole, random.nextInt(4) == 0 ? random.nextInt(100) : whole.length);
            for (int change = random.nextInt(4); change > 0 && frame.length > 0; change--) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt();
            }
            decode(frame)
                    .ifPresent(holder -> assertThat(HexFormat.of().formatHex(frame))
                            .contains(HexFormat.of().formatHex(holder.mac().bytes()))
                            .contains(HexFormat.of().formatHex(holder.address().getAddress())));
        }
    }
}
