package org.vrrp4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.AnnouncementLimits;
import org.vrrp4j.config.AnnouncementLimits.Gaps;
import org.vrrp4j.config.AnnouncementLimits.Group;
import org.vrrp4j.config.InterfaceRefresh;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.RouterConfigBuilder;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.config.VirtualMac;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.Announcer;

/** How far apart announcements are, and which of them keep interfaces known. */
class AnnouncementPaceTest {
    private final FakeHost loop = new FakeHost();
    private final Link link = new Link();
    private final AnnouncementTurns turns = new AnnouncementTurns(link, loop);
    private final Told told = new Told();

    /** Notes what is announced, and when. */
    private final class Link implements Announcer {
        private final List<String> announced = new ArrayList<>();
        private Set<String> unreachable = Set.of();

        @Override
        public boolean announce(AddressClaim claim, VirtualAddress address) throws IOException {
            String host = address.address().getHostAddress();
            if (unreachable.contains(host)) {
                throw new IOException("no way to " + host);
            }
            announced.add(Duration.ofNanos(loop.nanoTime()).toMillis() + " " + host);
            return true;
        }

        @Override
        public void close() {}
    }

    /** Notes what came of it. */
    private static final class Told implements AnnouncementRounds.Observer {
        private final List<String> ended = new ArrayList<>();
        private int frames;

        @Override
        public void onAnnounced(int count) {
            frames += count;
        }

        @Override
        public void onRoundEnded(IOException failure) {
            ended.add(failure == null ? "well" : failure.getMessage());
        }
    }

    private static AddressClaim claim(String interfaceName, String... addresses) {
        List<VirtualAddress> list = Stream.of(addresses)
                .map(text -> text.split("@"))
                .map(parts -> parts.length == 1
                        ? VirtualAddress.parse(parts[0])
                        : VirtualAddress.parse(parts[0]).onDevice(parts[1]))
                .toList();
        return new AddressClaim(new RouterId(interfaceName, 1, IpFamily.IPV4), list, Duration.ofSeconds(1));
    }

    private static Gaps gaps(long arpMillis, long neighbourMillis) {
        return new Gaps(Duration.ofMillis(arpMillis), Duration.ofMillis(neighbourMillis));
    }

    private void limit(Gaps each, Group... groups) {
        turns.pace().use(new AnnouncementLimits(each, List.of(groups)));
    }

    private AnnouncementRounds announce(AddressClaim claim) {
        AnnouncementRounds rounds = new AnnouncementRounds(turns, told);
        rounds.begin(claim, loop.nanoTime());
        return rounds;
    }

    private void pass(long millis) {
        loop.advance(Duration.ofMillis(millis).toNanos());
    }

    @Test
    @DisplayName("each interface and family by itself; what need not wait does not")
    void eachByItself() {
        limit(gaps(100, 300));
        announce(claim("eth0", "10.0.0.1", "10.0.0.2", "10.0.0.3@eth1", "2001:db8::1", "2001:db8::2", "10.0.0.4"));
        announce(claim("eth1", "10.0.0.5"));
        pass(1000);
        assertThat(link.announced)
                .containsExactly(
                        "0 10.0.0.1",
                        "0 10.0.0.3",
                        "0 2001:db8:0:0:0:0:0:1",
                        "100 10.0.0.2",
                        "100 10.0.0.5",
                        "200 10.0.0.4",
                        "300 2001:db8:0:0:0:0:0:2");
        assertThat(told.frames).isEqualTo(7);
        assertThat(told.ended).containsExactly("well", "well");
    }

    @Test
    @DisplayName("interfaces of a group together, the others not at all")
    void groups() {
        limit(Gaps.NONE, new Group(Set.of("eth0", "eth1"), gaps(100, 0)));
        announce(claim("eth0", "10.0.0.1", "10.0.0.2"));
        announce(claim("eth1", "10.0.0.3", "2001:db8::3"));
        announce(claim("eth2", "10.0.0.4", "10.0.0.5"));
        pass(1000);
        assertThat(link.announced)
                .containsExactly(
                        "0 10.0.0.1",
                        "0 2001:db8:0:0:0:0:0:3",
                        "0 10.0.0.4",
                        "0 10.0.0.5",
                        "100 10.0.0.2",
                        "200 10.0.0.3");
    }

    @Test
    @DisplayName("a macvlan counts as the interface below")
    void virtualMacs() {
        limit(Gaps.NONE, new Group(Set.of("eth0"), gaps(100, 0)));
        AddressClaim plain = claim("eth0", "10.0.0.1", "10.0.0.2");
        announce(new AddressClaim(plain.router(), plain.addresses(), plain.lease(), Optional.of(VirtualMac.DEFAULT)));
        pass(1000);
        assertThat(link.announced).containsExactly("0 10.0.0.1", "100 10.0.0.2");
    }

    @Test
    @DisplayName("what waits is announced once, however often it was asked for")
    void once() {
        limit(gaps(100, 0));
        AddressClaim claim = claim("eth0", "10.0.0.1", "10.0.0.2");
        AnnouncementRounds rounds = announce(claim);
        for (int i = 0; i < 5; i++) {
            rounds.begin(claim, loop.nanoTime());
        }
        pass(150);
        rounds.begin(claim, loop.nanoTime());
        pass(1000);
        assertThat(link.announced).containsExactly("0 10.0.0.1", "100 10.0.0.2", "200 10.0.0.1", "300 10.0.0.2");
    }

    @Test
    @DisplayName("what waits is not announced any more once the addresses have gone")
    void cancelled() {
        limit(gaps(100, 0));
        AnnouncementRounds rounds = announce(claim("eth0", "10.0.0.1", "10.0.0.2"));
        announce(claim("eth0", "10.0.0.3"));
        rounds.cancel();
        pass(1000);
        assertThat(link.announced).containsExactly("0 10.0.0.1", "100 10.0.0.3");
    }

    @Test
    @DisplayName("other limits count for what waits, and none lets it go at once")
    void otherLimits() {
        limit(gaps(1000, 0));
        announce(claim("eth0", "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"));
        pass(500);
        limit(gaps(100, 0));
        pass(150);
        limit(Gaps.NONE);
        pass(2000);
        assertThat(link.announced).containsExactly("0 10.0.0.1", "500 10.0.0.2", "600 10.0.0.3", "650 10.0.0.4");
    }

    @Test
    @DisplayName("a failure is told when the last of a round has been tried")
    void failures() {
        limit(gaps(100, 0));
        link.unreachable = Set.of("10.0.0.2");
        announce(claim("eth0", "10.0.0.1", "10.0.0.2", "10.0.0.3"));
        pass(150);
        assertThat(told.ended).isEmpty();
        pass(1000);
        assertThat(told.ended).containsExactly("no way to 10.0.0.2");
        assertThat(told.frames).isEqualTo(2);
    }

    @Test
    @DisplayName("what goes along with advertisements waits for the next one instead")
    void alongAdvertisements() throws IOException {
        limit(gaps(5000, 0));
        AddressClaim claim = claim("eth0", "10.0.0.1", "10.0.0.2");
        AnnouncementsAlong along = new AnnouncementsAlong(turns, new AnnouncementShare(), claim);
        along.onHeld(loop.nanoTime(), true);
        for (int i = 0; i < 12; i++) {
            pass(1000);
            along.announce(loop.nanoTime());
        }
        assertThat(link.announced).containsExactly("1000 10.0.0.1", "6000 10.0.0.2", "11000 10.0.0.1");
    }

    private static List<String> interfaces(RouterConfigBuilder builder, boolean everyInterface) {
        RouterConfig router = builder.address(VirtualAddress.parse("10.0.0.1"))
                .address(VirtualAddress.parse("10.0.0.2"))
                .address(VirtualAddress.parse("10.0.0.3").onDevice("eth1"))
                .excludedAddress(VirtualAddress.parse("10.0.0.4").onDevice("eth1"))
                .excludedAddress(VirtualAddress.parse("10.0.0.5").onDevice("eth2"))
                .interfaceRefresh(new InterfaceRefresh(Duration.ofSeconds(1), everyInterface))
                .build();
        AddressClaim claim =
                new AddressClaim(router.id(), router.resources(), router.addressLease(), router.virtualMac());
        return InterfaceAddresses.of(router, claim).stream()
                .map(address -> address.address().getHostAddress())
                .toList();
    }

    private static RouterConfigBuilder router() {
        return RouterConfig.builder("eth0", 1);
    }

    @Test
    @DisplayName("one address of each interface that advertisements do not come from; on wish of macvlans only")
    void addressesOfInterfaces() {
        assertThat(interfaces(router(), true)).containsExactly("10.0.0.3", "10.0.0.5");
        assertThat(interfaces(router(), false)).isEmpty();
        assertThat(interfaces(router().virtualMac(VirtualMac.DEFAULT), true)).containsExactly("10.0.0.3", "10.0.0.5");
        VirtualMac silent = VirtualMac.DEFAULT.withTransmitOnBase();
        assertThat(interfaces(router().virtualMac(silent), true)).containsExactly("10.0.0.1", "10.0.0.3", "10.0.0.5");
        assertThat(interfaces(router().virtualMac(silent), false)).containsExactly("10.0.0.1");
        RouterConfigBuilder unicast = router().virtualMac(VirtualMac.DEFAULT)
                .unicastPeers(List.of(VirtualAddress.parse("10.0.0.9").address()));
        assertThat(interfaces(unicast, false)).containsExactly("10.0.0.1");
    }

    @Test
    @DisplayName("some addresses wait for no round, give way to one, and are not told twice with it")
    void some() {
        AddressClaim claim = claim("eth0", "10.0.0.1", "10.0.0.2");
        AnnouncementRounds rounds = new AnnouncementRounds(turns, told);
        rounds.beginSome(claim, claim.addresses().subList(1, 2));
        assertThat(link.announced).containsExactly("0 10.0.0.2");
        rounds.beginSome(claim, List.of());
        assertThat(told.ended).containsExactly("well");
        rounds.begin(claim, 1);
        pass(1);
        assertThat(link.announced).hasSize(3);
    }
}
