package org.vrrp4j.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.model.VrrpVersion;

class RouterConfigTest {
    private static final VirtualAddress ADDRESS = VirtualAddress.parse("192.0.2.100/24");

    private static final InetAddress SOURCE = VirtualAddress.parse("192.0.2.11").address();
    private static final InetAddress PEER = VirtualAddress.parse("192.0.2.12").address();

    private static RouterConfigBuilder valid() {
        return RouterConfig.builder("eth0", 51).address(ADDRESS);
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    @DisplayName("R9568-5.2.1-1 R9568-5.2.4-2 R9568-6.1-3 the defaults are those of the RFC")
    void defaultsAreThoseOfTheRfc() {
        RouterConfig config = valid().build();
        assertThat(config.version()).isEqualTo(VrrpVersion.V3);
        assertThat(config.priority()).isEqualTo(100);
        assertThat(config.advertisementInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.downTimerAdverts()).isEqualTo(3);
        assertThat(config.preempt()).isTrue();
        assertThat(config.authentication()).isEqualTo(Authentication.NONE);
        assertThat(config.checksumForm()).isEqualTo(ChecksumForm.PSEUDO_HEADER);
        assertThat(config.announcements()).isEqualTo(AnnouncementSchedule.DEFAULT);
        assertThat(config.conflictAnnouncements().offsets()).isEqualTo(AnnouncementSchedule.DEFAULT.offsets());
        assertThat(config.id()).isEqualTo(new RouterId("eth0", 51, IpFamily.IPV4));
        assertThat(config.name()).isEqualTo("eth0/51");
    }

    @Test
    @DisplayName("a builder made from a configuration builds an equal one")
    void toBuilderKeepsEverything() {
        RouterConfig config = valid().name("web")
                .version(VrrpVersion.V2)
                .priority(7)
                .advertisementInterval(Duration.ofSeconds(9))
                .downTimerAdverts(5)
                .preempt(false)
                .authentication(Authentication.simplePassword("secret"))
                .checksumForm(ChecksumForm.MESSAGE_ONLY)
                .announcements(new AnnouncementSchedule(List.of(), Duration.ZERO))
                .conflictAnnouncements(new AnnouncementSchedule(List.of(Duration.ZERO), Duration.ZERO))
                .startupDelay(Duration.ofSeconds(3))
                .delayAfterBoot(Duration.ofSeconds(9))
                .preemptDelay(Duration.ofSeconds(4))
                .learnedIntervals(new LearnedIntervals(Duration.ofSeconds(1), Duration.ofSeconds(2)))
                .stepDownAfterStall(true)
                .address(VirtualAddress.parse("192.0.2.101").withLabel("eth0:1").onDevice("eth1"))
                .build();
        assertThat(config.toBuilder().build()).usingRecursiveComparison().isEqualTo(config);
    }

    @Test
    @DisplayName("unicast peers, source and strictness survive toBuilder, and each peer counts once")
    void toBuilderKeepsUnicast() {
        RouterConfig config = valid().unicastPeers(List.of(PEER, PEER))
                .source(SOURCE)
                .checkTtl(false)
                .unicastTtl(64)
                .peerTtl(PEER, new TtlRange(60, 64))
                .strict(true)
                .build();
        assertThat(config.unicastPeers()).containsExactly(PEER);
        assertThat(config.isUnicast()).isTrue();
        assertThat(config.toString()).contains("unicast to [/192.0.2.12]");
        assertThat(config.toBuilder().build()).usingRecursiveComparison().isEqualTo(config);
        assertThat(valid().build().isUnicast()).isFalse();
        assertThat(valid().build().checkTtl()).isTrue();
    }

    @Test
    @DisplayName("unicast peers and source are other hosts' and this host's own addresses, of the right family")
    void unicastAddressesAreChecked() {
        InetAddress virtual = ADDRESS.address();
        InetAddress ipv6 = VirtualAddress.parse("2001:db8::1").address();
        refused(() -> valid().unicastPeers(List.of()), "unicastPeers must name at least one peer: unicastPeers=[]");
        refused(
                () -> valid().unicastPeers(List.of(virtual)).build(),
                "unicast peer must be no virtual address: unicast peer=" + virtual.getHostAddress());
        refused(
                () -> valid().source(ipv6).build(),
                "source must be a unicast address of the family of the virtual addresses, IPV4:"
                        + " source=2001:db8:0:0:0:0:0:1");
        refused(
                () -> valid().unicastPeers(List.of(IpFamily.IPV4.multicastGroup()))
                        .build(),
                "unicast peer must be a unicast address of the family of the virtual addresses, IPV4:"
                        + " unicast peer=224.0.0.18");
        refused(
                () -> valid().unicastPeers(List.of(PEER)).source(PEER).build(),
                "the source must not be among the unicast peers: source=192.0.2.12");
    }

    @Test
    @DisplayName("TTLs of unicast are checked, and the peers can be replaced with all that was said of them")
    void ttlsOfUnicastAreChecked() {
        RouterConfigBuilder unicast = valid().unicastPeers(List.of(PEER)).peerTtl(PEER, new TtlRange(254, 255));
        assertThat(unicast.build().acceptedTtl(PEER)).isEqualTo(new TtlRange(254, 255));
        assertThat(unicast.build().acceptedTtl(SOURCE)).isEqualTo(TtlRange.NEIGHBOUR);
        assertThat(unicast.checkTtl(false).build().acceptedTtl(SOURCE)).isEqualTo(TtlRange.ANY);
        refused(() -> unicast.unicastTtl(0).build(), "unicastTtl must be 1 to 255: unicastTtl=0");
        refused(() -> unicast.unicastTtl(256).build(), "unicastTtl must be 1 to 255: unicastTtl=256");
        refused(
                () -> valid().unicastPeers(List.of(PEER))
                        .peerTtl(SOURCE, TtlRange.ANY)
                        .build(),
                "peerTtl must be of a unicast peer: peer=" + SOURCE.getHostAddress());
        refused(() -> new TtlRange(9, 8), "TTL bounds must be 0 to 255, the lower one first: min=9 max=8");
        refused(() -> new TtlRange(0, 256), "TTL bounds must be 0 to 255, the lower one first: min=0 max=256");
        InetAddress other = VirtualAddress.parse("192.0.2.13").address();
        RouterConfig replaced =
                unicast.unicastTtl(255).replaceUnicastPeers(List.of(other)).build();
        assertThat(replaced.unicastPeers()).containsExactly(other);
        assertThat(replaced.acceptedTtl(PEER)).isEqualTo(TtlRange.ANY);
    }

    @Test
    @DisplayName("R9568-5.1.1.3-1 multicast is always sent with TTL 255")
    void multicastTtlIsAlways255() {
        refused(
                () -> valid().unicastTtl(64).build(),
                "multicast must be sent with TTL 255 (RFC 9568, 5.1.1.3): unicastTtl=64");
    }

    @Test
    @DisplayName("R9568-5.1.1.3-2 the TTL of multicast is always checked")
    void multicastTtlIsAlwaysChecked() {
        refused(
                () -> valid().checkTtl(false).build(),
                "the TTL of multicast must be checked (RFC 9568, 5.1.1.3): checkTtl=false");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 256})
    @DisplayName("R9568-5.2.4-2 a priority is 1 to 255")
    void priorityIsOneTo255(int priority) {
        refused(() -> valid().priority(priority).build(), "priority must be 1 to 255: priority=" + priority);
    }

    @Test
    @DisplayName("R9568-5.2.4-1 priority 255 is the owner")
    void priority255IsTheOwner() {
        assertThat(valid().priority(255).build().isOwner()).isTrue();
        assertThat(valid().priority(254).build().isOwner()).isFalse();
        assertThat(valid().priority(1).build().priority()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 256})
    @DisplayName("R9568-5.2.3-1 a VRID is 1 to 255")
    void vridIsOneTo255(int vrid) {
        refused(
                () -> RouterConfig.builder("eth0", vrid).address(ADDRESS).build(),
                "vrid must be 1 to 255: vrid=" + vrid);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 11, 15, 40_951, 40_960, -10})
    @DisplayName("R9568-6.1-2 version 3 intervals are 1 to 4095 centiseconds")
    void version3IntervalLimits(long millis) {
        refused(
                () -> valid().advertisementInterval(Duration.ofMillis(millis)).build(),
                "advertisement interval must be 10 ms to 40.95 s in steps of 10 ms: interval=" + millis + " ms");
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 20, 100, 1000, 40_950})
    @DisplayName("R9568-6.1-2 and those are accepted")
    void version3IntervalsAccepted(long millis) {
        Duration interval = Duration.ofMillis(millis);
        assertThat(valid().advertisementInterval(interval).build().advertisementInterval())
                .isEqualTo(interval);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 100, 999, 1500, 256_000})
    @DisplayName("R3768-5.3.7-1 version 2 intervals are 1 to 255 whole seconds")
    void version2IntervalLimits(long millis) {
        refused(
                () -> valid().version(VrrpVersion.V2)
                        .advertisementInterval(Duration.ofMillis(millis))
                        .build(),
                "version 2 needs an advertisement interval of 1 to 255 whole seconds: interval=" + millis
                        + " ms (version 3 can do 10 ms to 40.95 s)");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 101})
    @DisplayName("the number of missing advertisements is 1 to 100")
    void downTimerAdvertsLimits(int count) {
        refused(
                () -> valid().downTimerAdverts(count).build(),
                "downTimerAdverts must be 1 to 100: downTimerAdverts=" + count);
    }

    @Test
    @DisplayName("R9568-5.2.5-1 there are 1 to 255 addresses, of IPv6 as many as one frame holds, all different")
    void addressLimits() {
        refused(() -> RouterConfig.builder("eth0", 51).build(), "at least one virtual address is needed");
        RouterConfigBuilder many = RouterConfig.builder("eth0", 51);
        for (int i = 0; i < 255; i++) {
            many.address(VirtualAddress.parse("203.0.113." + i));
        }
        assertThat(many.build().addresses()).hasSize(255);
        refused(() -> many.address(ADDRESS).build(), "at most 255 virtual addresses: addresses=256");
        RouterConfigBuilder manyIpv6 = RouterConfig.builder("eth0", 51);
        for (int i = 0; i < 90; i++) {
            manyIpv6.address(VirtualAddress.parse("fe80::" + i));
        }
        assertThat(manyIpv6.build().addresses()).hasSize(90);
        refused(
                () -> manyIpv6.address(VirtualAddress.parse("fe80::100")).build(),
                "at most 90 virtual addresses: addresses=91");
        refused(
                () -> valid().address(VirtualAddress.parse("192.0.2.100/32")).build(),
                "a virtual address is given twice");
    }

    @Test
    @DisplayName("R9568-5.2.9-2 families are not mixed")
    void familiesAreNotMixed() {
        refused(
                () -> valid().address(VirtualAddress.parse("2001:db8::1/64")).build(),
                "IPv4 and IPv6 addresses need two virtual routers");
    }

    @Test
    @DisplayName("R9568-5.2.9-1 the first IPv6 address of a strict router is link-local; others need not be")
    void firstIpv6AddressIsLinkLocal() {
        RouterConfigBuilder builder = RouterConfig.builder("eth0", 51).address(VirtualAddress.parse("2001:db8::1/64"));
        assertThat(builder.build().strict()).isFalse();
        refused(
                builder.strict(true)::build,
                "the first IPv6 address of a strict router must be link-local (RFC 9568, 5.2.9):"
                        + " address=2001:db8:0:0:0:0:0:1");
        assertThat(RouterConfig.builder("eth0", 51)
                        .address(VirtualAddress.parse("fe80::51/64"))
                        .address(VirtualAddress.parse("2001:db8::1/64"))
                        .build()
                        .id()
                        .family())
                .isEqualTo(IpFamily.IPV6);
    }

    @Test
    @DisplayName("version 2 is for IPv4")
    void version2IsForIpv4() {
        refused(
                () -> RouterConfig.builder("eth0", 51)
                        .version(VrrpVersion.V2)
                        .address(VirtualAddress.parse("fe80::51/64"))
                        .build(),
                "IPv6 needs version 3");
    }

    @Test
    @DisplayName("R9568-9-2 version 3 has no authentication")
    void version3HasNoAuthentication() {
        refused(
                () -> valid().authentication(Authentication.simplePassword("secret"))
                        .build(),
                "version 3 has no authentication");
    }

    @ParameterizedTest
    @CsvSource({
        "10, 3, 1",
        "100, 3, 1",
        "500, 3, 1",
        "900, 3, 1",
        "1000, 3, 2",
        "1300, 3, 2",
        "1340, 3, 3",
        "2000, 3, 5",
        "40950, 3, 121",
        "1000, 1, 1",
        "2990, 1, 1",
        "1000, 100, 99"
    })
    @DisplayName("the lease of the addresses is the longest that ends before peers take over")
    void leaseEndsBeforePeersTakeOver(long intervalMillis, int adverts, long leaseSeconds) {
        Duration interval = Duration.ofMillis(intervalMillis);
        Duration lease = valid().advertisementInterval(interval)
                .downTimerAdverts(adverts)
                .build()
                .addressLease();
        assertThat(lease).isEqualTo(Duration.ofSeconds(leaseSeconds));
        Duration down = interval.multipliedBy(adverts);
        if (down.toMillis() >= 2000) {
            assertThat(lease.plusSeconds(1)).isLessThanOrEqualTo(down);
            assertThat(lease.plusSeconds(2)).isGreaterThan(down);
        }
    }
}
