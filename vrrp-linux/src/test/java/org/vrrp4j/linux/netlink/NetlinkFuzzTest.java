package org.vrrp4j.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.provider.MethodSource;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.route.AddressMessage;
import org.vrrp4j.linux.route.LinkMessage;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.MacAddress;

/** Any bytes in place of a netlink datagram, each message read as everything that it may be. */
class NetlinkFuzzTest {
    static Stream<byte[]> seeds() {
        ByteBuffer link = new LinkMessage(
                        3, "eth0", LinkMessage.ARPHRD_ETHER, 0x11043, Optional.of(MacAddress.BROADCAST))
                .encode();
        ByteBuffer error = ByteBuffer.allocate(64).order(ByteOrder.nativeOrder());
        error.putInt(-13).put(new byte[NetlinkMessage.HEADER_BYTES]);
        new AttributeWriter(error).putText(NetlinkError.NLMSGERR_ATTR_MSG, "no");
        int capped = NetlinkError.NLM_F_CAPPED | NetlinkError.NLM_F_ACK_TLVS;
        return Stream.of(
                datagram(
                        new NetlinkMessage(LinkMessage.RTM_NEWLINK, 0, link),
                        new NetlinkMessage(AddressMessage.RTM_NEWADDR, 0, address("192.0.2.100")),
                        new NetlinkMessage(AddressMessage.RTM_NEWADDR, 0, address("2001:db8::100"))),
                datagram(new NetlinkMessage(NetlinkMessage.NLMSG_ERROR, capped, error.flip())),
                datagram(new NetlinkMessage(NetlinkMessage.NLMSG_DONE, 2, ByteBuffer.allocate(4))),
                mapped());
    }

    private static ByteBuffer address(String text) {
        return new AddressMessage(IpAddresses.parse(text).orElseThrow(), 24, 3, 0, 0x80, 5, Optional.of("eth0:1"), 7)
                .encode();
    }

    /** An IPv4-mapped IPv6 address, of which Java makes an IPv4 address. */
    private static byte[] mapped() {
        ByteBuffer payload = address("2001:db8::100");
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff, (byte) 192, 0, 2, 100};
        payload.put(12, mapped).put(32, mapped);
        return datagram(new NetlinkMessage(AddressMessage.RTM_NEWADDR, 0, payload));
    }

    private static byte[] datagram(NetlinkMessage... messages) {
        ByteBuffer out = ByteBuffer.allocate(512);
        for (NetlinkMessage message : messages) {
            message.encode(out);
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "8s")
    @DisplayName("any datagram is refused or read within its bounds")
    void anyDatagramIsRefusedOrRead(byte[] data) {
        List<NetlinkMessage> messages;
        try {
            messages = NetlinkMessage.decodeAll(ByteBuffer.wrap(data));
        } catch (LinuxException e) {
            return;
        }
        assertThat(messages.size()).isLessThanOrEqualTo(data.length / NetlinkMessage.HEADER_BYTES);
        for (NetlinkMessage message : messages) {
            check(message.payload());
            NetlinkError error = NetlinkError.decode(message);
            assertThat(error.text().getBytes(StandardCharsets.UTF_8).length)
                    .isLessThanOrEqualTo(3 * message.payload().remaining());
        }
    }

    private static void check(ByteBuffer payload) {
        AddressMessage.decode(payload).ifPresent(entry -> {
            int family = payload.get(0);
            assertThat(entry.address().getAddress().length).isEqualTo(family == 2 ? 4 : 16);
            assertThat(entry.validSeconds()).isBetween(0L, AddressMessage.FOREVER);
            assertThat(entry.prefixLength()).isBetween(0, 255);
            assertThat(entry.cidr()).isNotEmpty();
        });
        LinkMessage.decode(payload)
                .ifPresent(link -> assertThat(link.name().length()).isLessThan(payload.remaining()));
        assertThat(payload.position()).isZero();
    }
}
