package org.vrrp4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vrrp4j.config.PauseGrace;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.RouterConfigBuilder;
import org.vrrp4j.config.TtlRange;
import org.vrrp4j.config.UnicastChecksum;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RejectionReason;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.RouterStatistics;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.model.VrrpVersion;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.AdvertisementCodec;
import org.vrrp4j.packet.ReceivedAdvertisement;
import org.vrrp4j.spi.LinkState;

/** The way that packets go and come: unicast or multicast, from which source, and over IPv6. */
class UnicastRouterTest {
    private static final InetAddress SOURCE = address("192.0.2.11");
    private static final InetAddress PEER = address("192.0.2.12");
    private static final InetAddress OTHER_PEER = address("192.0.2.13");
    private static final InetAddress LINK_LOCAL = address("fe80::11");
    private static final InetAddress IPV6_PEER = address("fe80::12");
    private static final Duration TO_MASTER = Duration.ofMillis(3610);

    private final FakeHost host = new FakeHost();
    private final UnassignedPackets unassigned = new UnassignedPackets(host, UnassignedPackets.Listener.NONE);
    private final List<VrrpEvent> events = new ArrayList<>();
    private InterfacePort port;

    private static InetAddress address(String text) {
        return IpAddresses.parse(text).orElseThrow();
    }

    private static RouterConfigBuilder ipv4() {
        return RouterConfig.builder("eth0", 51).address(VirtualAddress.parse("192.0.2.100"));
    }

    private RouterRuntime start(RouterConfigBuilder builder) {
        RouterConfig config = builder.build();
        port = new InterfacePort("eth0", config.id().family(), host, host, unassigned);
        RouterRuntime router = new RouterRuntime(
                config,
                host,
                port,
                host,
                new AnnouncementTurns(host, host),
                new RouterObserver() {
                    @Override
                    public void onRoleChange(RoleChange change) {
                        // the status tells
                    }

                    @Override
                    public void onEvent(VrrpEvent event) {
                        events.add(event);
                    }
                },
                () -> {},
                () -> PauseGrace.NONE,
                10);
        port.add(router);
        port.onLink(new LinkState("eth0", true, 2, true, Optional.of(SOURCE), Optional.of(LINK_LOCAL)));
        router.start();
        return router;
    }

    private void hear(String vip, InetAddress from, InetAddress to, int hopLimit) {
        Advertisement advertisement = new Advertisement(
                VrrpVersion.V3, 51, 150, Duration.ofSeconds(1), List.of(address(vip)), Authentication.NONE);
        ByteBuffer message = AdvertisementCodec.encode(advertisement, ChecksumForm.PSEUDO_HEADER, from, to);
        port.onMessage(from, to, hopLimit, message);
    }

    @Test
    @DisplayName("OPEN-7 each peer gets its copy, with a checksum over its own address")
    void eachPeerGetsItsCopy() {
        RouterRuntime router = start(ipv4().unicastPeers(List.of(PEER, OTHER_PEER)));
        host.advance(TO_MASTER.toNanos());

        assertThat(host.sent).extracting(FakeHost.Sent::destination).containsExactly(PEER, OTHER_PEER);
        assertThat(host.sent).allSatisfy(sent -> {
            assertThat(sent.source()).isEqualTo(SOURCE);
            assertThat(AdvertisementCodec.decode(sent.message(), SOURCE, sent.destination(), 255))
                    .isInstanceOfSatisfying(
                            ReceivedAdvertisement.class,
                            received -> assertThat(received.checksumForm()).isEqualTo(ChecksumForm.PSEUDO_HEADER));
        });
        assertThat(router.status().statistics().advertisementsSent()).isEqualTo(1);
    }

    private void hearOld(int priority, ChecksumForm form) {
        Advertisement advertisement = new Advertisement(
                VrrpVersion.V3,
                51,
                priority,
                Duration.ofSeconds(1),
                List.of(address("192.0.2.100")),
                Authentication.NONE);
        port.onMessage(PEER, SOURCE, 255, AdvertisementCodec.encode(advertisement, form, PEER, SOURCE));
    }

    private Map<InetAddress, ChecksumForm> sentForms() {
        Map<InetAddress, ChecksumForm> forms = new HashMap<>();
        host.sent.forEach(sent -> forms.put(
                sent.destination(),
                ((ReceivedAdvertisement) AdvertisementCodec.decode(sent.message(), SOURCE, sent.destination(), 255))
                        .checksumForm()));
        host.sent.clear();
        return forms;
    }

    @Test
    @DisplayName("a peer with checksums of old keepalived is sent such ones, the other is not, until it is renewed")
    void oldChecksumsAreAnswered() {
        RouterRuntime router =
                start(ipv4().unicastPeers(List.of(PEER, OTHER_PEER)).unicastChecksum(UnicastChecksum.AS_PEER));
        hearOld(1, ChecksumForm.GROUP_PSEUDO_HEADER);
        assertThat(router.status().statistics().checksumForms()).containsOnlyKeys(ChecksumForm.GROUP_PSEUDO_HEADER);
        host.advance(TO_MASTER.toNanos());
        assertThat(sentForms())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(PEER, ChecksumForm.GROUP_PSEUDO_HEADER, OTHER_PEER, ChecksumForm.PSEUDO_HEADER));
        hearOld(1, ChecksumForm.PSEUDO_HEADER);
        host.sent.clear();
        host.advance(Duration.ofSeconds(2).toNanos());
        assertThat(sentForms().values()).containsOnly(ChecksumForm.PSEUDO_HEADER);
    }

    @Test
    @DisplayName("all peers can be sent the checksums of old keepalived, or its be refused")
    void oldChecksumsByConfiguration() {
        start(ipv4().unicastPeers(List.of(PEER, OTHER_PEER)).unicastChecksum(UnicastChecksum.OLD));
        host.advance(TO_MASTER.toNanos());
        assertThat(sentForms()).hasSize(2).containsValue(ChecksumForm.GROUP_PSEUDO_HEADER);

        RouterRuntime strict = start(ipv4().unicastPeers(List.of(PEER)));
        hearOld(200, ChecksumForm.GROUP_PSEUDO_HEADER);
        assertThat(strict.status().statistics().rejections()).containsOnlyKeys(RejectionReason.CHECKSUM);
    }

    @Test
    @DisplayName("a configured source is that of every packet and of the tie-break")
    void configuredSourceIsUsed() {
        InetAddress source = address("198.51.100.1");
        RouterRuntime router = start(ipv4().source(source));
        hear("192.0.2.100", source, IpFamily.IPV4.multicastGroup(), 255);
        host.advance(TO_MASTER.toNanos());

        assertThat(host.sent.get(0).source()).isEqualTo(source);
        assertThat(router.status().statistics().rejections()).containsOnlyKeys(RejectionReason.OWN_ADDRESS);
    }

    @Test
    @DisplayName("one peer that cannot be reached is reported once and does not stop the others")
    void unreachablePeerIsReported() {
        host.unreachable.add(PEER);
        RouterRuntime router = start(ipv4().unicastPeers(List.of(PEER, OTHER_PEER)));
        host.advance(TO_MASTER.plusSeconds(5).toNanos());

        assertThat(router.status().isMaster()).isTrue();
        assertThat(host.sent)
                .hasSizeGreaterThan(4)
                .allMatch(sent -> sent.destination().equals(OTHER_PEER));
        assertThat(events).singleElement().isInstanceOf(VrrpEvent.SendFailed.class);
        host.unreachable.add(OTHER_PEER);
        host.advance(Duration.ofSeconds(1).toNanos());
        assertThat(events).hasSize(2);
    }

    @Test
    @DisplayName("OPEN-7 a unicast router ignores multicast and strangers, and says so")
    void unicastRouterIgnoresOthers() {
        RouterRuntime router = start(ipv4().unicastPeers(List.of(PEER)));
        hear("192.0.2.100", PEER, IpFamily.IPV4.multicastGroup(), 255);
        hear("192.0.2.100", OTHER_PEER, SOURCE, 255);
        hear("192.0.2.100", PEER, SOURCE, 254);
        assertThat(router.status().master()).isEmpty();
        assertThat(router.status().statistics().rejections())
                .isEqualTo(
                        Map.of(RejectionReason.MULTICAST, 1L, RejectionReason.NOT_A_PEER, 1L, RejectionReason.TTL, 1L));
        hear("192.0.2.100", PEER, SOURCE, 255);
        assertThat(router.status().master()).contains(PEER);
    }

    @Test
    @DisplayName("OPEN-7 a multicast router ignores unicast")
    void multicastRouterIgnoresUnicast() {
        RouterRuntime router = start(ipv4());
        hear("192.0.2.100", PEER, SOURCE, 255);
        assertThat(router.status().master()).isEmpty();
        assertThat(router.status().statistics().rejections()).isEqualTo(Map.of(RejectionReason.UNICAST, 1L));
    }

    @Test
    @DisplayName("a message that was good is judged anew when it comes another way")
    void theWayOfAKnownMessageIsChecked() {
        RouterRuntime router = start(ipv4());
        InetAddress group = IpFamily.IPV4.multicastGroup();
        Advertisement advertisement = new Advertisement(
                VrrpVersion.V3, 51, 150, Duration.ofSeconds(1), List.of(address("192.0.2.100")), Authentication.NONE);
        ByteBuffer message = AdvertisementCodec.encode(advertisement, ChecksumForm.MESSAGE_ONLY, PEER, group);
        port.onMessage(PEER, group, 255, message);
        port.onMessage(PEER, group, 254, message);
        port.onMessage(PEER, SOURCE, 255, message);
        port.onMessage(SOURCE, group, 255, message);
        port.onMessage(PEER, group, 255, message);

        RouterStatistics statistics = router.status().statistics();
        assertThat(statistics.rejections())
                .isEqualTo(
                        Map.of(RejectionReason.TTL, 1L, RejectionReason.UNICAST, 1L, RejectionReason.OWN_ADDRESS, 1L));
        assertThat(router.status().master()).contains(PEER);
    }

    @Test
    @DisplayName("peers of other networks are heard if the TTL is not to be checked")
    void ttlNeedNotBeChecked() {
        RouterRuntime router = start(ipv4().unicastPeers(List.of(PEER)).checkTtl(false));
        hear("192.0.2.100", PEER, SOURCE, 61);
        assertThat(router.status().master()).contains(PEER);
    }

    @Test
    @DisplayName("the TTL that is configured for sending is that of every copy; multicast has 255")
    void configuredTtlIsSent() {
        start(ipv4().unicastPeers(List.of(PEER, OTHER_PEER)).unicastTtl(9));
        host.advance(TO_MASTER.toNanos());
        assertThat(host.sent).extracting(FakeHost.Sent::hopLimit).containsExactly(9, 9);
        host.sent.clear();
        start(ipv4());
        host.advance(TO_MASTER.toNanos());
        assertThat(host.sent).extracting(FakeHost.Sent::hopLimit).contains(255);
    }

    static Stream<Arguments> families() {
        return Stream.of(
                Arguments.of("192.0.2.100", SOURCE, PEER, OTHER_PEER),
                Arguments.of("fe80::51", LINK_LOCAL, IPV6_PEER, address("2001:db8::13")));
    }

    @ParameterizedTest
    @MethodSource("families")
    @DisplayName("each peer may have bounds of its own for the TTL, and the others still must be neighbours")
    void peersHaveTheirOwnTtl(String vip, InetAddress own, InetAddress near, InetAddress far) {
        RouterRuntime router = start(RouterConfig.builder("eth0", 51)
                .address(VirtualAddress.parse(vip))
                .unicastPeers(List.of(near, far))
                .peerTtl(far, new TtlRange(250, 253)));
        for (int ttl : new int[] {0, 249, 254, 255}) {
            hear(vip, far, own, ttl);
        }
        hear(vip, near, own, 253);
        assertThat(router.status().master()).isEmpty();
        assertThat(router.status().statistics().rejections())
                .isEqualTo(Map.of(RejectionReason.PEER_TTL, 4L, RejectionReason.TTL, 1L));
        assertThat(events.get(0).text())
                .endsWith("TTL or hop limit is not that of this peer (found 0, expected 250 to 253), 1 so far");
        hear(vip, far, own, 250);
        assertThat(router.status().master()).contains(far);
        hear(vip, near, own, 255);
        assertThat(router.status().master()).contains(near);
    }

    @Test
    @DisplayName("peers that are taken away are strangers at once, and new ones are sent to and heard at once")
    void peersChangeWhileItRuns() {
        RouterRuntime router = start(ipv4().unicastPeers(List.of(PEER)));
        host.advance(TO_MASTER.toNanos());
        host.sent.clear();

        router.configure(ipv4().unicastPeers(List.of(OTHER_PEER)).build());
        host.advance(Duration.ofSeconds(1).toNanos());

        assertThat(router.status().isMaster()).isTrue();
        assertThat(host.sent).isNotEmpty().allMatch(sent -> sent.destination().equals(OTHER_PEER));
        assertThat(host.sent)
                .allSatisfy(sent -> assertThat(AdvertisementCodec.decode(sent.message(), SOURCE, OTHER_PEER, 255))
                        .isInstanceOf(ReceivedAdvertisement.class));
        hear("192.0.2.100", PEER, SOURCE, 255);
        assertThat(router.status().statistics().rejections()).isEqualTo(Map.of(RejectionReason.NOT_A_PEER, 1L));
        hear("192.0.2.100", OTHER_PEER, SOURCE, 255);
        assertThat(router.status().master()).contains(OTHER_PEER);
    }

    @Test
    @DisplayName("a router goes from multicast to unicast and back while it runs")
    void multicastBecomesUnicast() {
        RouterRuntime router = start(ipv4());
        host.advance(TO_MASTER.toNanos());
        router.configure(ipv4().unicastPeers(List.of(PEER)).build());
        host.sent.clear();
        host.advance(Duration.ofSeconds(1).toNanos());
        assertThat(host.sent).isNotEmpty().allMatch(sent -> sent.destination().equals(PEER));
        router.configure(ipv4().build());
        host.sent.clear();
        host.advance(Duration.ofSeconds(1).toNanos());
        assertThat(host.sent).isNotEmpty().allMatch(sent -> sent.destination().equals(IpFamily.IPV4.multicastGroup()));
        hear("192.0.2.100", PEER, SOURCE, 255);
        assertThat(router.status().statistics().rejections()).isEqualTo(Map.of(RejectionReason.UNICAST, 1L));
    }

    @Test
    @DisplayName("R9568-7.1-8 a first IPv6 address that is not link-local is accepted and told once per sender")
    void globalIpv6AddressIsTold() {
        RouterConfigBuilder builder = RouterConfig.builder("eth0", 51).address(VirtualAddress.parse("2001:db8::100"));
        RouterRuntime router = start(builder);
        InetAddress group = IpFamily.IPV6.multicastGroup();
        hear("2001:db8::100", IPV6_PEER, group, 255);
        hear("2001:db8::100", IPV6_PEER, group, 255);

        assertThat(router.status().master()).contains(IPV6_PEER);
        assertThat(events)
                .containsExactly(
                        new VrrpEvent.NotLinkLocal(router.status().router(), IPV6_PEER, address("2001:db8::100")));
        assertThat(events.get(0).text())
                .isEqualTo("fe80:0:0:0:0:0:0:12 advertises 2001:db8:0:0:0:0:0:100 first, which is not link-local;"
                        + " accepted");
    }

    @Test
    @DisplayName("R9568-7.1-8 a strict router rejects it")
    void strictRouterRejectsIt() {
        RouterRuntime router = start(RouterConfig.builder("eth0", 51)
                .strict(true)
                .address(VirtualAddress.parse("fe80::51"))
                .address(VirtualAddress.parse("2001:db8::100")));
        hear("2001:db8::100", IPV6_PEER, IpFamily.IPV6.multicastGroup(), 255);
        assertThat(router.status().statistics().rejections()).isEqualTo(Map.of(RejectionReason.NOT_LINK_LOCAL, 1L));
        hear("fe80::51", IPV6_PEER, IpFamily.IPV6.multicastGroup(), 255);
        assertThat(router.status().master()).contains(IPV6_PEER);
    }
}
