package org.vrrp4j.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.linux.libc.BpfProgram;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.packet.GratuitousArp;
import org.vrrp4j.packet.NeighborAdvertisement;

/** The filter run here as the kernel runs it (Documentation/networking/filter.rst); frames end where they end. */
class HolderFilterTest {
    private static final MacAddress MAC = new MacAddress(0x0200_0000_0077L);
    private static final int ETHERNET_BYTES = 14;
    private static final int LONGEST_PROGRAM = 4096;

    private static InetAddress address(String text) {
        return IpAddresses.parse(text).orElseThrow();
    }

    private static List<InetAddress> addresses(String... texts) {
        return Stream.of(texts).map(HolderFilterTest::address).toList();
    }

    private static ByteBuffer claim(String text) {
        ByteBuffer frame = ByteBuffer.allocate(NeighborAdvertisement.FRAME_BYTES);
        InetAddress address = address(text);
        if (address instanceof Inet4Address ipv4) {
            GratuitousArp.encode(MAC, ipv4, frame);
        } else {
            NeighborAdvertisement.encode(MAC, false, (Inet6Address) address, frame);
        }
        return frame.flip();
    }

    private static boolean passes(IpFamily family, List<InetAddress> addresses, ByteBuffer frame) {
        return passes(family, addresses, frame, 0);
    }

    private static boolean passes(IpFamily family, List<InetAddress> addresses, ByteBuffer frame, int vlanTag) {
        ByteBuffer program = HolderFilter.program(family, addresses).order(ByteOrder.nativeOrder());
        int instructions = program.capacity() / BpfProgram.INSTRUCTION_BYTES;
        assertThat(instructions).isLessThanOrEqualTo(LONGEST_PROGRAM);
        int accumulator = 0;
        int at = 0;
        while (true) {
            int start = at++ * BpfProgram.INSTRUCTION_BYTES;
            int operand = program.getInt(start + 4);
            int offset = operand - BpfProgram.SKF_NET_OFF + ETHERNET_BYTES;
            switch (program.getShort(start)) {
                case BpfProgram.LOAD_WORD -> {
                    if (operand == BpfProgram.SKF_AD_VLAN_TAG_PRESENT) {
                        accumulator = vlanTag;
                    } else if (offset + 4 > frame.limit()) {
                        return false;
                    } else {
                        accumulator = frame.getInt(offset);
                    }
                }
                case BpfProgram.LOAD_BYTE -> {
                    if (offset >= frame.limit()) {
                        return false;
                    }
                    accumulator = frame.get(offset) & 0xff;
                }
                case BpfProgram.JUMP_IF_EQUAL -> at += program.get(start + (accumulator == operand ? 2 : 3)) & 0xff;
                case BpfProgram.RETURN -> {
                    return operand != 0;
                }
                default -> throw new AssertionError("an instruction that is not used: " + program.getShort(start));
            }
        }
    }

    @Test
    @DisplayName("ARP of a sender that claims one of the addresses passes, and no other")
    void arp() {
        List<InetAddress> addresses = addresses("192.0.2.100", "198.51.100.7");
        assertThat(passes(IpFamily.IPV4, addresses, claim("192.0.2.100"))).isTrue();
        assertThat(passes(IpFamily.IPV4, addresses, claim("198.51.100.7"))).isTrue();
        assertThat(passes(IpFamily.IPV4, addresses, claim("192.0.2.101"))).isFalse();
        ByteBuffer probe = claim("192.0.2.100").putInt(28, 0);
        assertThat(passes(IpFamily.IPV4, addresses, probe)).isFalse();
        assertThat(passes(IpFamily.IPV4, addresses, claim("192.0.2.100"), 1))
                .as("of another VLAN")
                .isFalse();
    }

    @Test
    @DisplayName("a neighbour advertisement for one of the addresses passes; no solicitation, and no other packet")
    void advertisement() {
        List<InetAddress> addresses = addresses("2001:db8::100", "fe80::51");
        assertThat(passes(IpFamily.IPV6, addresses, claim("2001:db8::100"))).isTrue();
        assertThat(passes(IpFamily.IPV6, addresses, claim("fe80::51"))).isTrue();
        assertThat(passes(IpFamily.IPV6, addresses, claim("2001:db8::101"))).isFalse();
        assertThat(passes(IpFamily.IPV6, addresses, claim("2001:db8::100").put(54, (byte) 135)))
                .isFalse();
        assertThat(passes(IpFamily.IPV6, addresses, claim("2001:db8::100").put(20, (byte) 17)))
                .isFalse();
        assertThat(passes(IpFamily.IPV6, addresses, claim("2001:db8::100"), 1)).isFalse();
    }

    @Test
    @DisplayName("frames that are cut off before the address do not pass")
    void cutOff() {
        for (int length = ETHERNET_BYTES; length < 78; length++) {
            boolean whole = length >= 32;
            assertThat(passes(
                            IpFamily.IPV4,
                            addresses("192.0.2.100"),
                            claim("192.0.2.100").limit(Math.min(length, 42))))
                    .isEqualTo(whole);
            assertThat(passes(
                            IpFamily.IPV6,
                            addresses("2001:db8::100"),
                            claim("2001:db8::100").limit(length)))
                    .isFalse();
        }
    }

    @Test
    @DisplayName("without addresses nothing passes; with very many everything that is about an address")
    void noneAndMany() {
        List<InetAddress> most = IntStream.range(0, HolderFilter.MAX_ADDRESSES)
                .mapToObj(i -> address("198.51." + i / 256 + "." + i % 256))
                .toList();
        List<InetAddress> tooMany =
                Stream.concat(most.stream(), Stream.of(address("192.0.2.100"))).toList();
        assertThat(passes(IpFamily.IPV4, List.of(), claim("192.0.2.100"))).isFalse();
        assertThat(passes(IpFamily.IPV4, most, claim("198.51.3.231"))).isTrue();
        assertThat(passes(IpFamily.IPV4, most, claim("192.0.2.100"))).isFalse();
        assertThat(passes(IpFamily.IPV4, tooMany, claim("192.0.2.100"))).isTrue();
    }
}
