package org.vrrp4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.PauseGrace;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RejectionReason;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.model.VrrpVersion;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.AdvertisementCodec;
import org.vrrp4j.packet.PacketRejection;
import org.vrrp4j.packet.ReceivedAdvertisement;
import org.vrrp4j.spi.ChannelAddress;
import org.vrrp4j.spi.LinkState;

class InterfacePortTest {
    private static final InetAddress GROUP = address("224.0.0.18");
    private static final InetAddress SOURCE = address("192.0.2.11");
    private static final InetAddress PEER = address("192.0.2.12");
    private static final long RETRY = Duration.ofSeconds(5).toNanos();

    private final FakeHost host = new FakeHost();
    private final UnassignedPackets unassigned = new UnassignedPackets(host, UnassignedPackets.Listener.NONE);
    private final InterfacePort port = new InterfacePort("eth0", IpFamily.IPV4, host, host, unassigned);
    private final List<String> told = new ArrayList<>();
    private final RouterRuntime first = router(51, "192.0.2.100");
    private final RouterRuntime second = router(52, "192.0.2.101");

    private RouterRuntime router(int vrid, String vip) {
        RouterConfig config = RouterConfig.builder("eth0", vrid)
                .address(VirtualAddress.parse(vip))
                .build();
        RouterRuntime router = new RouterRuntime(
                config,
                host,
                port,
                host,
                new AnnouncementTurns(host, host),
                new RouterObserver() {
                    @Override
                    public void onRoleChange(RoleChange change) {
                        told.add(vrid + " " + change.to() + " " + change.cause());
                    }

                    @Override
                    public void onEvent(VrrpEvent event) {
                        told.add(vrid + " " + event.getClass().getSimpleName());
                    }
                },
                () -> {},
                () -> PauseGrace.NONE,
                10);
        port.add(router);
        return router;
    }

    private static InetAddress address(String text) {
        return IpAddresses.parse(text).orElseThrow();
    }

    private static LinkState link(boolean up, InetAddress source) {
        return new LinkState("eth0", true, 2, up, Optional.ofNullable(source), Optional.empty());
    }

    private void start() {
        port.onLink(link(true, SOURCE));
        first.start();
        second.start();
        told.clear();
    }

    private static ByteBuffer message(int vrid, int priority, String vip) {
        Advertisement advertisement = new Advertisement(
                VrrpVersion.V3, vrid, priority, Duration.ofSeconds(1), List.of(address(vip)), Authentication.NONE);
        return AdvertisementCodec.encode(advertisement, ChecksumForm.MESSAGE_ONLY, PEER, GROUP);
    }

    @Test
    void routerWaitsForWhatIsLeftOfTheDelayAfterBoot() {
        for (int uptime : new int[] {5, 20}) {
            FakeHost booted = new FakeHost();
            booted.uptime = Optional.of(Duration.ofSeconds(uptime));
            assertThat(untilBackup(booted)).hasSeconds(Math.max(0, 12 - uptime));
        }
        assertThat(untilBackup(new FakeHost())).as("nobody knows when it was").isZero();
    }

    private static Duration untilBackup(FakeHost booted) {
        InterfacePort there = new InterfacePort(
                "eth0", IpFamily.IPV4, booted, booted, new UnassignedPackets(booted, UnassignedPackets.Listener.NONE));
        RouterConfig config = RouterConfig.builder("eth0", 51)
                .address(VirtualAddress.parse("192.0.2.100"))
                .delayAfterBoot(Duration.ofSeconds(12))
                .build();
        RouterRuntime router = new RouterRuntime(
                config,
                booted,
                there,
                booted,
                new AnnouncementTurns(booted, booted),
                new NobodyObserves(),
                () -> {},
                () -> PauseGrace.NONE,
                10);
        there.add(router);
        there.onLink(link(true, SOURCE));
        router.start();
        long start = booted.nanoTime();
        while (router.status().role() == Role.INIT) {
            booted.advance(Duration.ofSeconds(1).toNanos());
        }
        return Duration.ofNanos(booted.nanoTime() - start);
    }

    private static final class NobodyObserves implements RouterObserver {
        @Override
        public void onRoleChange(RoleChange change) {
            // the status tells
        }

        @Override
        public void onEvent(VrrpEvent event) {
            // nothing is expected
        }
    }

    @Test
    void routerThatIsStoppedBeforeItsHostIsKnownDoesNotStart() {
        CompletableFuture<Void> slow = new CompletableFuture<>();
        host.registered = slow;
        start();

        first.stop();
        slow.complete(null);

        assertThat(told).containsExactly("52 BACKUP STARTUP");
    }

    @Test
    @DisplayName("R9568-7.1-4 a message goes to the router with its VRID and to no other")
    void messageGoesToItsRouter() {
        start();
        port.onMessage(PEER, GROUP, 255, message(52, 150, "192.0.2.101"));
        assertThat(second.status().master()).contains(PEER);
        assertThat(second.status().masterPriority()).isEqualTo(150);
        assertThat(second.status().statistics().checksumForms()).isEqualTo(Map.of(ChecksumForm.MESSAGE_ONLY, 1L));
        assertThat(first.status().master()).isEmpty();
        assertThat(first.status().statistics().advertisementsReceived()).isZero();
        assertThat(unassigned.snapshot()).isEmpty();
    }

    @Test
    @DisplayName("a backup waits from when an advertisement came, not from when it was read; 2 ms before at most")
    void timeCountsFromTheArrival() {
        start();
        Map.of(0L, 0L, 300_000L, 300_000L, 50_000_000L, 2_000_000L).forEach((ago, counted) -> {
            host.advance(Duration.ofMillis(100).toNanos());
            port.onMessage(PEER, GROUP, 255, message(52, 150, "192.0.2.101"), ago);
            long silence = second.machine().deadlineNanos() - host.nanoTime();
            port.onMessage(PEER, GROUP, 255, message(52, 150, "192.0.2.101"));
            assertThat(second.machine().deadlineNanos() - host.nanoTime()).isEqualTo(silence + counted);
        });
    }

    @Test
    @DisplayName("R9568-7.1-4 a good message of an unknown VRID is counted for the node")
    void unknownVridIsCounted() {
        start();
        port.onMessage(PEER, GROUP, 255, message(53, 150, "192.0.2.102"));
        assertThat(unassigned.snapshot()).isEqualTo(Map.of(RejectionReason.VRID_UNKNOWN, 1L));
    }

    @Test
    @DisplayName("R9568-7.1-9 R9568-7.1-10 a bad message is counted for its router, reported, and changes nothing")
    void badMessageIsCountedForItsRouter() {
        start();
        port.onMessage(PEER, GROUP, 254, message(51, 150, "192.0.2.100"));
        port.onMessage(PEER, GROUP, 254, message(51, 150, "192.0.2.100"));
        assertThat(first.status().statistics().rejections()).isEqualTo(Map.of(RejectionReason.TTL, 2L));
        assertThat(first.status().master()).isEmpty();
        assertThat(told).containsExactly("51 PacketsRejected");
        assertThat(unassigned.snapshot()).isEmpty();
    }

    @Test
    @DisplayName("R9568-7.1-10 what has no VRID, or no header, is counted for the node")
    void damagedMessagesAreCountedForTheNode() {
        start();
        port.onMessage(PEER, GROUP, 255, ByteBuffer.allocate(0));
        port.onMessage(PEER, GROUP, 255, ByteBuffer.allocate(1));
        port.onMessage(PEER, GROUP, 255, ByteBuffer.allocate(12));
        port.onDamaged(new PacketRejection(RejectionReason.IP_HEADER, ""));
        assertThat(unassigned.snapshot())
                .isEqualTo(Map.of(
                        RejectionReason.TRUNCATED, 2L, RejectionReason.VERSION, 1L, RejectionReason.IP_HEADER, 1L));
    }

    @Test
    @DisplayName("R9568-7.1-4 the VRID is read at the position of the buffer")
    void vridIsReadAtThePosition() {
        start();
        ByteBuffer frame = ByteBuffer.allocate(40).position(20);
        frame.put(message(52, 150, "192.0.2.101")).flip().position(20);
        port.onMessage(PEER, GROUP, 255, frame);
        assertThat(second.status().master()).contains(PEER);
    }

    @Test
    @DisplayName("R9568-7.2-4 one channel serves all routers, and is opened anew when the source changes")
    void channelFollowsTheSource() {
        start();
        port.onLink(link(true, SOURCE));
        assertThat(host.opened).containsExactly(new ChannelAddress("eth0", 2, SOURCE));
        port.onLink(link(true, PEER));
        assertThat(host.closed).containsExactly(new ChannelAddress("eth0", 2, SOURCE));
        assertThat(host.opened).endsWith(new ChannelAddress("eth0", 2, PEER));
        assertThat(host.atMostOpen).as("open at once").isEqualTo(2);
        assertThat(told).isEmpty();
    }

    @Test
    @DisplayName(
            "another interface with the same name, index and source needs a new channel, and the old is closed first")
    void channelFollowsTheIncarnation() {
        start();
        port.onLink(new LinkState("eth0", true, 2, true, Optional.of(SOURCE), Optional.empty(), 7));
        ChannelAddress same = new ChannelAddress("eth0", 2, SOURCE);
        assertThat(host.opened).containsExactly(same, same);
        assertThat(host.closed).containsExactly(same);
        assertThat(host.atMostOpen).as("open at once").isEqualTo(1);
        assertThat(port.channel()).isNotNull();
        assertThat(told).isEmpty();
    }

    @Test
    @DisplayName("a source that is replaced within an advertisement interval costs no role")
    void sourceMayBeGoneForAMoment() {
        start();
        host.advance(Duration.ofMillis(3610).toNanos());
        told.clear();
        port.onLink(link(true, null));
        host.advance(Duration.ofMillis(999).toNanos());
        port.onLink(link(true, PEER));
        host.advance(Duration.ofMillis(1001).toNanos());
        assertThat(told).isEmpty();
        assertThat(first.status().isMaster()).isTrue();
        assertThat(host.sent.get(host.sent.size() - 1).source()).isEqualTo(PEER);
    }

    @Test
    @DisplayName("a source away for an advertisement interval is a fault, and so at once if the link goes too")
    void sourceThatStaysAwayIsAFault() {
        start();
        port.onLink(link(true, null));
        host.advance(Duration.ofMillis(999).toNanos());
        assertThat(told).isEmpty();
        host.advance(Duration.ofMillis(1).toNanos());
        assertThat(told).containsExactly("51 FAULT NO_SOURCE_ADDRESS", "52 FAULT NO_SOURCE_ADDRESS");
        port.onLink(link(true, SOURCE));
        told.clear();
        port.onLink(link(true, null));
        port.onLink(link(false, null));
        assertThat(first.status().faults()).containsExactlyInAnyOrder(Fault.LINK_DOWN, Fault.NO_SOURCE_ADDRESS);
        host.advance(Duration.ofSeconds(2).toNanos());
        assertThat(told).hasSize(2);
    }

    @Test
    @DisplayName("every router hears of a fault of the link, and recovers when the last has ended")
    void linkFaultsReachEveryRouter() {
        start();
        port.onLink(link(false, SOURCE));
        port.onLink(link(false, null));
        assertThat(first.status().faults()).containsExactlyInAnyOrder(Fault.LINK_DOWN, Fault.NO_SOURCE_ADDRESS);
        port.onLink(link(true, null));
        assertThat(told).containsExactly("51 FAULT LINK_DOWN", "52 FAULT LINK_DOWN");
        port.onLink(link(true, SOURCE));
        assertThat(told).endsWith("51 BACKUP RECOVERED", "52 BACKUP RECOVERED");
    }

    @Test
    @DisplayName("an interface that goes away takes its channel along")
    void missingInterfaceClosesTheChannel() {
        start();
        port.onLink(LinkState.missing("eth0"));
        assertThat(port.channel()).isNull();
        assertThat(host.closed).hasSize(1);
        assertThat(first.status().role()).isEqualTo(Role.FAULT);
        port.onLink(link(true, SOURCE));
        assertThat(first.status().role()).isEqualTo(Role.BACKUP);
        assertThat(port.isPresent()).isTrue();
    }

    @Test
    @DisplayName("a transport that cannot be opened is a fault and tried again every 5 s")
    void failedTransportIsTriedAgain() {
        host.refusal = "no sockets left";
        port.onLink(link(true, SOURCE));
        first.start();
        assertThat(told).containsExactly("51 FAULT TRANSPORT_FAILED");
        host.advance(RETRY);
        assertThat(host.opened).isEmpty();
        host.refusal = null;
        host.advance(RETRY - 1);
        assertThat(host.opened).isEmpty();
        host.advance(1);
        assertThat(host.opened).hasSize(1);
        assertThat(told).endsWith("51 BACKUP RECOVERED");
    }

    @Test
    @DisplayName("OPEN-4 a router that cannot hear yet, or does not know its host, takes no silence for its chance")
    void nobodyIsWaitedForWithoutEars() {
        long down = Duration.ofMillis(3609).toNanos();
        CompletableFuture<Void> slow = new CompletableFuture<>();
        host.registered = slow;
        host.refusal = "no sockets left";
        start();
        host.advance(10 * down);
        slow.complete(null);
        host.advance(10 * down);
        assertThat(told).containsExactlyInAnyOrder("51 FAULT TRANSPORT_FAILED", "52 FAULT TRANSPORT_FAILED");
        assertThat(host.sent).isEmpty();

        host.refusal = null;
        while (host.opened.isEmpty()) {
            host.advance(Duration.ofMillis(1).toNanos());
        }
        told.clear();
        host.advance(down - Duration.ofMillis(1).toNanos());
        assertThat(told).as("the whole Master_Down_Interval counts from now").isEmpty();
        host.advance(Duration.ofMillis(2).toNanos());
        assertThat(told).containsExactlyInAnyOrder("51 MASTER MASTER_DOWN", "52 MASTER MASTER_DOWN");
    }

    @Test
    @DisplayName("R9568-6.4.2-7 R9568-7.2-1 R9568-7.2-2 R9568-7.2-5 a router that takes over sends through the channel")
    void masterSendsThroughTheChannel() {
        start();
        host.advance(Duration.ofMillis(3610).toNanos());
        assertThat(told).containsExactlyInAnyOrder("51 MASTER MASTER_DOWN", "52 MASTER MASTER_DOWN");
        assertThat(host.sent).hasSize(2);
        assertThat(host.sent.get(0).source()).isEqualTo(SOURCE);
        assertThat(host.sent.get(0).destination()).isEqualTo(GROUP);
        assertThat(AdvertisementCodec.decode(host.sent.get(0).message(), SOURCE, GROUP, 255))
                .isEqualTo(new ReceivedAdvertisement(
                        new Advertisement(
                                VrrpVersion.V3,
                                51,
                                100,
                                Duration.ofSeconds(1),
                                List.of(address("192.0.2.100")),
                                Authentication.NONE),
                        SOURCE,
                        ChecksumForm.PSEUDO_HEADER));
        assertThat(first.status().isMaster()).isTrue();
    }
}
