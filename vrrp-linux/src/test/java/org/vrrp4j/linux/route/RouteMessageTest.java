package org.vrrp4j.linux.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.MacAddress;

/** Bytes as the kernel writes them on a little-endian machine, and back. */
class RouteMessageTest {
    private static final String IPV4 = "02188000" + "03000000" // AF_INET /24 permanent, index 3
            + "08000100" + "c0000201" // IFA_ADDRESS
            + "08000200" + "c0000201" // IFA_LOCAL
            + "09000300" + "6c65667400000000" // IFA_LABEL left
            + "08000800" + "80000000" // IFA_FLAGS
            + "14000600" + "ffffffffffffffff" + "0102030405060708"; // IFA_CACHEINFO
    private static final String IPV6 = "0a40c0fd" + "02000000" // AF_INET6 /64 scope link, index 2
            + "14000100" + "fe800000000000000000000000000001" // IFA_ADDRESS
            + "14000600" + "05000000" + "07000000" + "00000000" + "00000000" // IFA_CACHEINFO
            + "08000800" + "c0000000" // IFA_FLAGS tentative and permanent
            + "05000b00" + "03000000"; // IFA_PROTO
    private static final String LINK = "00000100" + "03000000" + "43100100" + "00000000" // Ethernet, index 3, flags
            + "09000300" + "6c65667400000000" // IFLA_IFNAME left
            + "08000d00" + "e8030000" // another attribute
            + "0a000100" + "6633 6b7e 59dd 0000".replace(" ", ""); // IFLA_ADDRESS

    private static ByteBuffer bytes(String hex) {
        assumeThat(ByteOrder.nativeOrder()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    @Test
    void ipv4AddressIsRead() {
        AddressMessage entry = AddressMessage.decode(bytes(IPV4)).orElseThrow();
        assertThat(entry.cidr()).isEqualTo("192.0.2.1/24");
        assertThat(entry.interfaceIndex()).isEqualTo(3);
        assertThat(entry.label()).contains("left");
        assertThat(entry.validSeconds()).isEqualTo(AddressMessage.FOREVER);
        assertThat(entry.flags()).isEqualTo(0x80);
        assertThat(entry.protocol()).isZero();
    }

    @Test
    void ipv6AddressWithoutLocalIsRead() {
        AddressMessage entry = AddressMessage.decode(bytes(IPV6)).orElseThrow();
        assertThat(entry.address().isLinkLocalAddress()).isTrue();
        assertThat(entry.scope()).isEqualTo(253);
        assertThat(entry.validSeconds()).isEqualTo(7);
        assertThat(entry.preferredSeconds()).isEqualTo(5);
        assertThat(entry.protocol()).isEqualTo(3);
        assertThat(entry.has(AddressMessage.IFA_F_TENTATIVE)).isTrue();
    }

    @Test
    void localAddressOfAPointToPointLinkIsNotThePeers() {
        String peer = IPV4.replaceFirst("08000100c0000201", "08000100c6336409");
        assertThat(AddressMessage.decode(bytes(peer)).orElseThrow().cidr()).isEqualTo("192.0.2.1/24");
    }

    @Test
    void requestHasLeaseTagLabelAndScope() {
        AddressMessage entry = new AddressMessage(
                VirtualAddress.parse("192.0.2.100").address(), 24, 3, 253, 0, 112, Optional.of("eth0:1"), 2, 2);
        assertThat(entry.encode())
                .isEqualTo(bytes("021800fd" + "03000000" + "08000200c0000264" + "08000100c0000264"
                        + "0b000300657468303a310000" + "140006000200000002000000" + "0000000000000000"
                        + "0800080000000000" + "05000b0070000000"));
        assertThat(AddressMessage.decode(entry.encode())).contains(entry);
    }

    @Test
    void linkIsReadAndWritten() {
        LinkMessage link = LinkMessage.decode(bytes(LINK)).orElseThrow();
        assertThat(link.name()).isEqualTo("left");
        assertThat(link.index()).isEqualTo(3);
        assertThat(link.mac().map(MacAddress::toString)).contains("66:33:6b:7e:59:dd");
        assertThat(link.hardwareType()).isEqualTo(LinkMessage.ARPHRD_ETHER);
        assertThat(link.isUp()).isTrue();
        assertThat(LinkMessage.decode(link.encode())).contains(link);
    }

    @Test
    void messagesAboutBridgePortsAndOtherFamiliesAreNone() {
        assertThat(LinkMessage.decode(bytes("07" + LINK.substring(2)))).isEmpty();
        assertThat(AddressMessage.decode(bytes("1c" + IPV4.substring(2)))).isEmpty();
    }

    @Test
    void cutOrRandomMessagesNeverThrow() {
        SplittableRandom random = new SplittableRandom(20261122);
        for (String hex : new String[] {IPV4, IPV6, LINK}) {
            for (int i = 0; i < 20_000; i++) {
                byte[] bytes = HexFormat.of().parseHex(hex);
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                ByteBuffer damaged = ByteBuffer.wrap(bytes, 0, random.nextInt(bytes.length + 1));
                assertThat(AddressMessage.decode(damaged)).isNotNull();
                assertThat(LinkMessage.decode(damaged)).isNotNull();
            }
        }
    }
}
