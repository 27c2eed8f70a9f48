package org.vrrp4j.linux.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.route.LinkMessage;
import org.vrrp4j.linux.route.RouteFeed;
import org.vrrp4j.linux.testing.FakeKernel;
import org.vrrp4j.linux.testing.ManualLoop;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AddressClaim;

class FrameAnnouncerTest {
    private final FakeKernel kernel = new FakeKernel();
    private final RouteFeed feed =
            new RouteFeed(new ManualLoop(), kernel.monitor(), new NetlinkClient(kernel.requests()));
    private final Frames frames = new Frames();
    private final FrameAnnouncer announcer = new FrameAnnouncer(feed, frames, "eth1"::equals);

    private static final class Frames implements FrameAnnouncer.FrameSink {
        private final List<String> sent = new ArrayList<>();
        private boolean closed;

        @Override
        public void send(int interfaceIndex, ByteBuffer frame) {
            byte[] bytes = new byte[frame.remaining()];
            frame.get(frame.position(), bytes);
            sent.add(interfaceIndex + " " + HexFormat.of().formatHex(bytes));
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @BeforeEach
    void start() throws Exception {
        kernel.link(2, "eth0", FakeKernel.WORKING);
        kernel.link(3, "tun0", FakeKernel.WORKING | LinkMessage.IFF_NOARP);
        kernel.link(4, "eth1", FakeKernel.WORKING);
        feed.start();
    }

    private static AddressClaim claim(VirtualAddress... addresses) {
        return new AddressClaim(
                new RouterId("eth0", 1, IpFamily.IPV4), Stream.of(addresses).toList(), Duration.ofSeconds(1));
    }

    /** How many frames were sent. */
    private int announce(AddressClaim claim) throws IOException {
        int count = 0;
        for (VirtualAddress address : claim.addresses()) {
            count += announcer.announce(claim, address) ? 1 : 0;
        }
        return count;
    }

    @Test
    @DisplayName("R9568-6.4.1-1 R9568-6.4.2-7 one broadcast request per address, from the MAC address of the interface")
    void oneBroadcastRequestPerAddressFromTheInterfacesMac() throws Exception {
        AddressClaim claim = claim(VirtualAddress.parse("192.0.2.100"), VirtualAddress.parse("192.0.2.101"));
        assertThat(announce(claim)).isEqualTo(2);
        assertThat(frames.sent.get(0))
                .isEqualTo("2 ffffffffffff0200000000020806" + "0001080006040001"
                        + "020000000002c0000264ffffffffffffc0000264");
        assertThat(frames.sent.get(1)).endsWith("c0000265");
    }

    @Test
    void interfaceWithoutArpIsPassedOver() throws Exception {
        AddressClaim claim =
                claim(VirtualAddress.parse("192.0.2.100").onDevice("tun0"), VirtualAddress.parse("192.0.2.101"));
        assertThat(announce(claim)).isEqualTo(1);
    }

    @Test
    void missingInterfaceIsTold() {
        AddressClaim claim = claim(VirtualAddress.parse("192.0.2.100").onDevice("eth7"));
        assertThatThrownBy(() -> announce(claim))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("192.0.2.100/32")
                .hasMessageContaining("no interface eth7");
        assertThat(frames.sent).isEmpty();
    }

    @Test
    @DisplayName("R9568-6.4.1-3 an IPv6 address is told to all nodes; the router flag is the interface's forwarding")
    void ipv6IsAdvertisedToAllNodes() throws Exception {
        AddressClaim claim = claim(
                VirtualAddress.parse("2001:db8::100"),
                VirtualAddress.parse("2001:db8::101").onDevice("eth1"),
                VirtualAddress.parse("192.0.2.100"));
        assertThat(announce(claim)).isEqualTo(3);
        String head = " 333300000001" + "020000000002" + "86dd" + "6000000000203aff"
                + "20010db8000000000000000000000100" + "ff020000000000000000000000000001" + "8800";
        assertThat(frames.sent.get(0)).startsWith("2" + head).contains("20000000" + "20010db8");
        assertThat(frames.sent.get(1)).startsWith("4 333300000001").contains("a0000000" + "20010db8");
        assertThat(frames.sent.get(2)).startsWith("2 ffffffffffff").hasSize(2 + 2 * 42);
    }

    @Test
    void closeClosesTheSink() {
        announcer.close();
        assertThat(frames.closed).isTrue();
    }
}
