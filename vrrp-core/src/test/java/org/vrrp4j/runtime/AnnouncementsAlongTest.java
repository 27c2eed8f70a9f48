package org.vrrp4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.Announcer;

/** What is announced along with advertisements. */
class AnnouncementsAlongTest {
    private static final long START = Long.MAX_VALUE - Duration.ofSeconds(2).toNanos();

    private final AnnouncementShare share = new AnnouncementShare();
    private final Link link = new Link();
    private long now = START;

    /** Notes what is announced. */
    private static final class Link implements Announcer {
        private final List<InetAddress> announced = new ArrayList<>();
        private boolean fails;

        @Override
        public boolean announce(AddressClaim claim, VirtualAddress address) throws IOException {
            if (fails) {
                throw new IOException("no buffer space");
            }
            announced.add(address.address());
            return true;
        }

        List<InetAddress> take() {
            List<InetAddress> result = List.copyOf(announced);
            announced.clear();
            return result;
        }

        @Override
        public void close() {}
    }

    private static AddressClaim claim(int vrid, int addresses) {
        List<VirtualAddress> list = IntStream.rangeClosed(1, addresses)
                .mapToObj(host -> VirtualAddress.parse("10.0." + vrid + "." + host + "/24"))
                .toList();
        return new AddressClaim(new RouterId("eth0", vrid, IpFamily.IPV4), list, Duration.ofSeconds(1));
    }

    private AnnouncementsAlong master(int vrid, int addresses) {
        AnnouncementsAlong router =
                new AnnouncementsAlong(new AnnouncementTurns(link, new FakeHost()), share, claim(vrid, addresses));
        router.onHeld(now, true);
        return router;
    }

    private void advertise(Duration interval, List<AnnouncementsAlong> routers) throws IOException {
        now += interval.toNanos();
        for (AnnouncementsAlong router : routers) {
            router.announce(now);
        }
    }

    @Test
    @DisplayName("the one address of a link goes along with each advertisement, every 100 ms at most")
    void oneAddress() throws IOException {
        List<AnnouncementsAlong> routers = List.of(master(1, 1));
        for (int i = 0; i < 100; i++) {
            // a timer that is late by some hundred microseconds, and then not
            advertise(Duration.ofNanos(i % 2 == 0 ? 100_400_000 : 99_600_000), routers);
            assertThat(link.take()).hasSize(1);
        }
        for (int i = 0; i < 1000; i++) {
            advertise(Duration.ofMillis(10), routers);
        }
        assertThat(link.take()).hasSizeBetween(99, 101);
    }

    @Test
    @DisplayName("eight addresses all go along with each advertisement a second, in turn with more frequent ones")
    void eightAddresses() throws IOException {
        List<AnnouncementsAlong> routers = List.of(master(1, 8));
        for (int i = 0; i < 10; i++) {
            advertise(Duration.ofSeconds(1), routers);
            assertThat(link.take()).hasSize(8).doesNotHaveDuplicates();
        }
        for (int i = 0; i < 8; i++) {
            advertise(Duration.ofMillis(100), routers);
        }
        assertThat(link.take()).hasSize(8).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("250 masters of a link announce ten addresses a second together, and each of them in turn")
    void manyRouters() throws IOException {
        List<AnnouncementsAlong> routers =
                IntStream.rangeClosed(1, 250).mapToObj(vrid -> master(vrid, 2)).toList();
        Map<InetAddress, Integer> times = new HashMap<>();
        for (int second = 0; second < 1000; second++) {
            for (int i = 0; i < 10; i++) {
                advertise(Duration.ofMillis(100), routers);
            }
            List<InetAddress> announced = link.take();
            assertThat(announced).hasSizeLessThanOrEqualTo(20);
            announced.forEach(address -> times.merge(address, 1, Integer::sum));
        }
        assertThat(times).hasSize(500);
        assertThat(times.values().stream().mapToInt(Integer::intValue).sum()).isBetween(9_500, 10_010);
        assertThat(times.values()).allSatisfy(count -> assertThat(count).isBetween(18, 21));
    }

    @Test
    @DisplayName("a router that is no master any more leaves its share to the others")
    void shareIsLeft() throws IOException {
        AnnouncementsAlong stays = master(1, 1);
        AnnouncementsAlong goes = master(2, 9);
        advertise(Duration.ofMillis(100), List.of(stays, goes));
        goes.onHeld(now, false);
        link.take();
        for (int i = 0; i < 10; i++) {
            advertise(Duration.ofMillis(100), List.of(stays));
        }
        assertThat(link.take()).hasSizeBetween(9, 11);
        assertThat(goes.announce(now)).isZero();
    }

    @Test
    @DisplayName("other addresses are announced from the next turn on")
    void otherAddresses() throws IOException {
        AnnouncementsAlong router = master(1, 3);
        advertise(Duration.ofSeconds(1), List.of(router));
        link.take();
        router.use(claim(9, 1));
        router.onHeld(now, true);
        advertise(Duration.ofSeconds(1), List.of(router));
        assertThat(link.take()).containsExactly(claim(9, 1).addresses().get(0).address());
    }

    @Test
    @DisplayName("an announcement that fails is not made up for in a burst")
    void failure() throws IOException {
        AnnouncementsAlong router = master(1, 1);
        link.fails = true;
        for (int i = 0; i < 100; i++) {
            now += Duration.ofMillis(100).toNanos();
            try {
                router.announce(now);
            } catch (IOException e) {
                assertThat(e).hasMessage("no buffer space");
            }
        }
        link.fails = false;
        advertise(Duration.ofMillis(100), List.of(router));
        assertThat(link.take()).hasSize(1);
    }
}
