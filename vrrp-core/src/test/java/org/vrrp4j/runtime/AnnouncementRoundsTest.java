package org.vrrp4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vrrp4j.config.AnnouncementSchedule;
import org.vrrp4j.config.PauseGrace;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.RouterConfigBuilder;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.spi.LinkState;

/** Announcing takes a millisecond an address here, and advertisements are 10 ms apart. */
class AnnouncementRoundsTest {
    private static final Duration INTERVAL = Duration.ofMillis(10);
    private static final long FRAME = Duration.ofMillis(1).toNanos();
    private static final AnnouncementSchedule BURST =
            AnnouncementSchedule.bursts(5, Duration.ZERO, Duration.ofSeconds(2), Duration.ZERO);

    private final FakeHost host = new FakeHost();
    private final AnnouncementTurns turns = new AnnouncementTurns(host, host);
    private final List<VrrpEvent> events = new ArrayList<>();
    private final UnassignedPackets unassigned = new UnassignedPackets(host, UnassignedPackets.Listener.NONE);

    private static RouterConfigBuilder router(IpFamily family, int vrid, int count) {
        RouterConfigBuilder builder = RouterConfig.builder("eth0", vrid)
                .advertisementInterval(INTERVAL)
                .announcements(BURST)
                .announceWithAdvertisements(false);
        String prefix = family == IpFamily.IPV4 ? "192.0.2." : "fe80::";
        IntStream.range(0, count).forEach(i -> builder.address(VirtualAddress.parse(prefix + (vrid + i))));
        return builder;
    }

    private List<RouterRuntime> start(RouterConfigBuilder... builders) {
        host.announcementNanos = FRAME;
        List<RouterRuntime> routers = new ArrayList<>();
        for (RouterConfigBuilder builder : builders) {
            RouterConfig config = builder.build();
            InterfacePort port = new InterfacePort("eth0", config.id().family(), host, host, unassigned);
            RouterRuntime router = new RouterRuntime(
                    config, host, port, host, turns, new Observer(), () -> {}, () -> PauseGrace.NONE, 10);
            port.add(router);
            port.onLink(new LinkState(
                    "eth0",
                    true,
                    2,
                    true,
                    IpAddresses.parse("198.51.100.1"),
                    Optional.of(IpAddresses.parse("fe80::ff").orElseThrow())));
            router.start();
            routers.add(router);
        }
        return routers;
    }

    private final class Observer implements RouterObserver {
        @Override
        public void onRoleChange(RoleChange change) {
            // the status tells
        }

        @Override
        public void onEvent(VrrpEvent event) {
            events.add(event);
        }
    }

    private long longestSilence(int vrid) {
        long longest = 0;
        long last = -1;
        for (FakeHost.Sent sent : host.sent) {
            if (sent.message().get(1) == vrid) {
                longest = last < 0 ? 0 : Math.max(longest, sent.nanos() - last);
                last = sent.nanos();
            }
        }
        return longest;
    }

    @ParameterizedTest
    @EnumSource(IpFamily.class)
    @DisplayName("R9568-6.4.2-7 R9568-6.4.3-9 as many addresses as fit, five times each, delay no advertisement of any"
            + " router by more than one batch")
    void manyAddressesDelayNoAdvertisement(IpFamily family) {
        int count = family == IpFamily.IPV4 ? 100 : 90;
        List<RouterRuntime> routers = start(router(family, 1, count), router(family, 120, 1));

        host.advance(Duration.ofSeconds(1).toNanos());

        assertThat(routers).allMatch(router -> router.status().isMaster());
        long most = INTERVAL.toNanos() + AnnouncementTurns.BATCH * FRAME;
        assertThat(longestSilence(1)).isLessThanOrEqualTo(most);
        assertThat(longestSilence(120)).isLessThanOrEqualTo(most);
        assertThat(host.announced).hasSize(5 * (count + 1));
        assertThat(new HashSet<>(host.announced)).hasSize(count + 1);
        assertThat(routers.get(0).status().statistics().announcements()).isEqualTo(5L * count);

        host.advance(Duration.ofSeconds(2).toNanos());

        assertThat(host.announced).hasSize(10 * (count + 1));
        assertThat(longestSilence(1)).isLessThanOrEqualTo(most);
    }

    @Test
    @DisplayName(
            "what goes along with advertisements delays none by more than one batch, and waits while a round is on")
    void alongWithAdvertisements() {
        start(router(IpFamily.IPV4, 1, 100).announceWithAdvertisements(true), router(IpFamily.IPV4, 120, 1));

        host.advance(Duration.ofMillis(900).toNanos());
        assertThat(host.announced).as("the first rounds").hasSizeLessThanOrEqualTo(5 * 101 + 10);
        host.announced.clear();
        host.advance(Duration.ofSeconds(1).toNanos());

        assertThat(host.announced).hasSizeBetween(9, 18).doesNotHaveDuplicates();
        assertThat(Math.max(longestSilence(1), longestSilence(120)))
                .isLessThanOrEqualTo(INTERVAL.toNanos() + AnnouncementTurns.BATCH * FRAME);
    }

    @Test
    @DisplayName("what is not announced yet when the addresses go is never announced")
    void releaseEndsTheRound() {
        RouterRuntime router = start(router(IpFamily.IPV4, 1, 100)).get(0);
        while (host.announced.size() < 50) {
            host.advance(FRAME);
        }
        int before = host.announced.size();
        router.stop();
        host.advance(Duration.ofSeconds(5).toNanos());
        assertThat(host.announced).hasSize(before);
    }

    @Test
    @DisplayName("when the addresses change in the middle of a round, the new ones are announced from the first")
    void changeBeginsAnew() {
        RouterRuntime router = start(router(IpFamily.IPV4, 1, 100)).get(0);
        while (host.announced.size() < 50) {
            host.advance(FRAME);
        }
        host.announced.clear();
        List<VirtualAddress> others = List.of(VirtualAddress.parse("192.0.2.201"), VirtualAddress.parse("192.0.2.1"));
        router.configure(router(IpFamily.IPV4, 1, 1).addresses(others).build());
        host.advance(Duration.ofSeconds(1).toNanos());
        assertThat(host.announced).hasSize(10).startsWith(address("192.0.2.201"), address("192.0.2.1"));
    }

    @Test
    @DisplayName("addresses that cannot be announced are reported once, and the others are")
    void failuresAreReportedOnce() {
        host.unreachable.add(address("192.0.2.3"));
        host.unreachable.add(address("192.0.2.90"));
        RouterRuntime router = start(router(IpFamily.IPV4, 1, 100)).get(0);

        host.advance(Duration.ofSeconds(1).toNanos());

        assertThat(host.announced).hasSize(5 * 98);
        assertThat(events).hasOnlyElementsOfType(VrrpEvent.SendFailed.class).hasSize(1);
        assertThat(events.get(0).text()).isEqualTo("could not send an announcement: no way to announce 192.0.2.3/32");
        assertThat(router.status().statistics().sendFailures()).isEqualTo(5);
    }

    @Test
    @DisplayName("an address that can never be announced is reported once, also along with advertisements")
    void failureAlongWithAdvertisementsIsReportedOnce() {
        host.unreachable.add(address("192.0.2.1"));
        start(router(IpFamily.IPV4, 1, 1).announceWithAdvertisements(true));

        host.advance(Duration.ofSeconds(5).toNanos());

        assertThat(host.announced).isEmpty();
        assertThat(events).hasOnlyElementsOfType(VrrpEvent.SendFailed.class).hasSize(1);
    }

    @Test
    @DisplayName("rounds that take longer than they are apart do not pile up")
    void slowRoundsDoNotPileUp() {
        AnnouncementSchedule often = new AnnouncementSchedule(List.of(Duration.ZERO), Duration.ofMillis(20));
        RouterRuntime router =
                start(router(IpFamily.IPV4, 1, 100).announcements(often)).get(0);
        host.advance(Duration.ofSeconds(3).toNanos());
        assertThat(host.announced).hasSizeGreaterThan(2000);

        host.announced.clear();
        router.configure(router(IpFamily.IPV4, 1, 100).announcements(BURST).build());
        host.advance(Duration.ofSeconds(3).toNanos());
        assertThat(host.announced).hasSizeLessThanOrEqualTo(200);
    }

    private static InetAddress address(String text) {
        return IpAddresses.parse(text).orElseThrow();
    }
}
