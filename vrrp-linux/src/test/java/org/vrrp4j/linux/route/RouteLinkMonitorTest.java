package org.vrrp4j.linux.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.netlink.AttributeWriter;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.netlink.NetlinkMessage;
import org.vrrp4j.linux.testing.FakeCharges;
import org.vrrp4j.linux.testing.FakeKernel;
import org.vrrp4j.linux.testing.ManualLoop;
import org.vrrp4j.linux.testing.RecordingListener;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.LinkState;

class RouteLinkMonitorTest {
    private final FakeKernel kernel = new FakeKernel();
    private final ManualLoop loop = new ManualLoop();
    private final NetlinkClient client = new NetlinkClient(kernel.requests());
    private final RouteFeed feed = new RouteFeed(loop, kernel.monitor(), client);
    private final RouteAddressBackend backend = new RouteAddressBackend(feed, client, new FakeCharges());
    private final RouteLinkMonitor monitor = new RouteLinkMonitor(feed, backend::isVirtual);
    private final List<LinkState> told = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        kernel.link(2, "eth0", FakeKernel.WORKING);
        kernel.add(2, "192.0.2.1/24", 0, 0);
        feed.start();
    }

    private LinkState last() {
        loop.turn();
        LinkState last = told.get(told.size() - 1);
        told.clear();
        return last;
    }

    private void watch() {
        monitor.watch("eth0", told::add);
    }

    private static InetAddress ip(String text) {
        return VirtualAddress.parse(text).address();
    }

    @Test
    void stateIsToldWithinTheCallAndNotRepeated() {
        watch();
        assertThat(told).hasSize(1);
        assertThat(last().ipv4()).contains(ip("192.0.2.1"));
        kernel.link(2, "eth0", FakeKernel.WORKING);
        loop.turn();
        assertThat(told).isEmpty();
    }

    @Test
    @DisplayName("a VRF has the addresses of the interfaces in it, and no others")
    void vrf() {
        kernel.put(new LinkMessage(
                9, "blue", LinkMessage.ARPHRD_ETHER, FakeKernel.WORKING, Optional.empty(), 0, 0, 0, "vrf", "", 10));
        monitor.watch("blue", told::add);
        assertThat(last().ipv4()).isEmpty();
        kernel.put(new LinkMessage(
                3, "eth1", LinkMessage.ARPHRD_ETHER, FakeKernel.WORKING, Optional.empty(), 0, 9, 0, "", ""));
        kernel.add(3, "198.51.100.1/24", 0, 0);
        assertThat(last().ipv4()).contains(ip("198.51.100.1"));
        kernel.put(new LinkMessage(
                3, "eth1", LinkMessage.ARPHRD_ETHER, FakeKernel.WORKING, Optional.empty(), 0, 0, 0, "", ""));
        assertThat(last().ipv4()).isEmpty();
    }

    @Test
    void interfaceThatDoesNotExistYetIsMissing() {
        monitor.watch("eth7", told::add);
        assertThat(told).containsExactly(LinkState.missing("eth7"));
        kernel.link(7, "eth7", FakeKernel.WORKING);
        assertThat(last()).matches(LinkState::present).matches(LinkState::up);
    }

    @Test
    void interfaceIsUpWithCarrierAndOperational() {
        watch();
        kernel.link(2, "eth0", LinkMessage.IFF_UP);
        assertThat(last().up()).isFalse();
        kernel.link(2, "eth0", LinkMessage.IFF_UP | LinkMessage.IFF_LOWER_UP);
        loop.turn();
        assertThat(told).isEmpty();
        kernel.link(2, "eth0", FakeKernel.WORKING);
        assertThat(last().up()).isTrue();
        kernel.link(2, "eth0", FakeKernel.WORKING & ~LinkMessage.IFF_UP);
        assertThat(last().up()).isFalse();
    }

    @Test
    void renamedInterfaceIsMissingUnderItsOldName() {
        watch();
        kernel.link(2, "uplink", FakeKernel.WORKING);
        assertThat(last()).isEqualTo(LinkState.missing("eth0"));
        kernel.link(2, "eth0", FakeKernel.WORKING);
        assertThat(last().ipv4()).contains(ip("192.0.2.1"));
    }

    @Test
    void interfaceCreatedAnewHasAnotherIndexAndNoAddress() {
        watch();
        kernel.deleteLink(2);
        assertThat(last().present()).isFalse();
        kernel.link(5, "eth0", FakeKernel.WORKING);
        LinkState state = last();
        assertThat(state.index()).isEqualTo(5);
        assertThat(state.ipv4()).isEmpty();
    }

    @Test
    void interfaceThatComesBackUnreadIsAnotherIncarnation() {
        watch();
        long before = last().incarnation();
        kernel.deleteLink(2);
        kernel.link(2, "eth0", FakeKernel.WORKING);
        kernel.add(2, "192.0.2.1/24", 0, 0);
        LinkState state = last();
        assertThat(state).matches(LinkState::present).matches(LinkState::up);
        assertThat(state.incarnation()).isNotEqualTo(before);
        kernel.link(2, "eth0", 0);
        assertThat(last().incarnation()).as("down is no end").isEqualTo(state.incarnation());
    }

    @Test
    void everyInterfaceIsAnotherIncarnationAfterAnOverrun() {
        watch();
        long before = last().incarnation();
        kernel.monitor().loseMessages();
        assertThat(last().incarnation()).isNotEqualTo(before);
    }

    @Test
    void renamingAwayAndBackUnreadIsNoChange() {
        watch();
        told.clear();
        kernel.link(2, "uplink", FakeKernel.WORKING);
        kernel.link(2, "eth0", FakeKernel.WORKING);
        loop.turn();
        assertThat(told).isEmpty();
    }

    @Test
    void leavingABridgeIsNoDeletion() {
        watch();
        told.clear();
        NetlinkMessage deletion = new NetlinkMessage(
                LinkMessage.RTM_DELLINK,
                0,
                new LinkMessage(2, "eth0", 1, FakeKernel.WORKING, Optional.empty()).encode());
        deletion.payload().put(0, (byte) 7);
        kernel.monitor().tell(deletion);
        loop.turn();
        assertThat(told).isEmpty();
    }

    @Test
    @DisplayName("R9568-5.1.1.1-1 R9568-7.2-4 the primary address is neither secondary nor virtual")
    void primaryAddressIsNeitherSecondaryNorVirtual() {
        AddressClaim claim = new AddressClaim(
                new RouterId("eth0", 1, IpFamily.IPV4),
                List.of(VirtualAddress.parse("198.51.100.100/24")),
                Duration.ofSeconds(1));
        kernel.remove(2, "192.0.2.1/24");
        kernel.add(2, "203.0.113.9/24", 0, AddressMessage.PROTOCOL_VRRP);
        kernel.add(2, "198.51.100.100/24", 0, 0);
        kernel.add(2, "198.51.100.2/24", AddressMessage.IFA_F_SECONDARY, 0);
        watch();
        assertThat(last().ipv4()).contains(ip("198.51.100.100"));
        backend.register(claim, new RecordingListener());
        assertThat(last().ipv4()).contains(ip("198.51.100.2"));
        kernel.add(2, "192.0.2.7/24", 0, 0);
        assertThat(last().ipv4()).contains(ip("192.0.2.7"));
    }

    @Test
    @DisplayName("R9568-5.1.2.1-1 R9568-7.2-4 the link-local address counts when it is usable")
    void linkLocalAddressCountsWhenItIsUsable() {
        watch();
        kernel.add(2, "fe80::1/64", AddressMessage.IFA_F_TENTATIVE, 3);
        loop.turn();
        assertThat(told.get(told.size() - 1).ipv6LinkLocal()).isEmpty();
        kernel.add(2, "fe80::1/64", 0, 3);
        assertThat(last().ipv6LinkLocal()).contains(ip("fe80::1"));
    }

    @Test
    void changesThatWereLostAreToldAfterAnOverrun() {
        watch();
        told.clear();
        kernel.monitor().loseMessages();
        kernel.link(2, "eth0", 0);
        assertThat(last().up()).isFalse();
        assertThat(told).isEmpty();
        kernel.link(2, "eth0", FakeKernel.WORKING);
        assertThat(last().up()).as("followed again").isTrue();
    }

    @Test
    void nothingIsToldAfterClose() {
        watch();
        told.clear();
        monitor.close();
        kernel.deleteLink(2);
        loop.turn();
        assertThat(told).isEmpty();
        feed.close();
        feed.close();
        assertThat(loop.watches()).isZero();
        assertThat(kernel.monitor().isClosed()).isTrue();
    }

    @Test
    void messagesOfOtherKindsChangeNothing() {
        watch();
        told.clear();
        ByteBuffer payload = ByteBuffer.allocate(64);
        new AttributeWriter(payload).putInt(1, 2);
        kernel.monitor().tell(new NetlinkMessage(24, 0, payload.flip()));
        kernel.monitor().tell(new NetlinkMessage(AddressMessage.RTM_NEWADDR, 0, payload));
        kernel.monitor().tell(new NetlinkMessage(LinkMessage.RTM_NEWLINK, 0, payload));
        loop.turn();
        assertThat(told).isEmpty();
    }
}
