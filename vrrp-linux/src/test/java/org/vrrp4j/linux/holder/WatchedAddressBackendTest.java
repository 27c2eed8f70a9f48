package org.vrrp4j.linux.holder;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.route.LinkMessage;
import org.vrrp4j.linux.route.RouteAddressBackend;
import org.vrrp4j.linux.route.RouteFeed;
import org.vrrp4j.linux.socket.HolderChannel;
import org.vrrp4j.linux.testing.FakeCharges;
import org.vrrp4j.linux.testing.FakeKernel;
import org.vrrp4j.linux.testing.ManualLoop;
import org.vrrp4j.linux.testing.RecordingListener;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.packet.GratuitousArp;
import org.vrrp4j.packet.NeighborAdvertisement;
import org.vrrp4j.spi.AddressClaim;

/** Who else claims an address that is held, on a fake kernel and fake channels. */
class WatchedAddressBackendTest {
    private static final AddressClaim CLAIM = claim("eth0", 51, "192.0.2.100/24");
    private static final MacAddress OTHER = new MacAddress(0x0200_0000_0077L);

    private final FakeKernel kernel = new FakeKernel();
    private final ManualLoop loop = new ManualLoop();
    private final NetlinkClient client = new NetlinkClient(kernel.requests());
    private final RouteFeed feed = new RouteFeed(loop, kernel.monitor(), client);
    private final RecordingListener heard = new RecordingListener();
    private final Map<HolderWatch.Place, FakeChannel> channels = new HashMap<>();
    private boolean refusing;
    private final HolderWatch watch = new HolderWatch(
            loop,
            (family, index) -> {
                if (refusing) {
                    throw new LinuxException("socket", 1);
                }
                FakeChannel channel = new FakeChannel();
                channels.put(new HolderWatch.Place(index, family), channel);
                return channel;
            },
            Runnable::run);
    private final WatchedAddressBackend backend =
            new WatchedAddressBackend(new RouteAddressBackend(feed, client, new FakeCharges()), watch, feed);

    private static final class FakeChannel implements HolderChannel {
        private final Queue<ByteBuffer> frames = new ArrayDeque<>();
        private Set<InetAddress> addresses = Set.of();
        private boolean closed;

        @Override
        public int fd() {
            return 9;
        }

        @Override
        public void listenFor(Collection<InetAddress> wanted) {
            addresses = Set.copyOf(wanted);
        }

        @Override
        public boolean receive(ByteBuffer direct) {
            if (frames.isEmpty()) {
                return false;
            }
            direct.clear().put(frames.remove()).flip();
            return true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static AddressClaim claim(String device, int vrid, String... addresses) {
        return new AddressClaim(
                new RouterId(
                        device,
                        vrid,
                        IpFamily.of(VirtualAddress.parse(addresses[0]).address())),
                Stream.of(addresses).map(VirtualAddress::parse).toList(),
                Duration.ofSeconds(2));
    }

    private static InetAddress address(String text) {
        return IpAddresses.parse(text).orElseThrow();
    }

    @BeforeEach
    void start() throws Exception {
        kernel.link(2, "eth0", FakeKernel.WORKING);
        kernel.link(3, "eth1", FakeKernel.WORKING);
        feed.start();
        loop.turn();
    }

    private void hold(AddressClaim claim) {
        backend.register(claim, heard).toCompletableFuture().join();
        backend.acquire(claim).toCompletableFuture().join();
        settle();
    }

    private void settle() {
        loop.turn();
        loop.advance(Duration.ofMillis(20).toNanos());
    }

    private FakeChannel channel(int index, IpFamily family) {
        return channels.get(new HolderWatch.Place(index, family));
    }

    private void arrive(MacAddress mac, String text) {
        InetAddress address = address(text);
        ByteBuffer frame = ByteBuffer.allocate(NeighborAdvertisement.FRAME_BYTES);
        if (address instanceof Inet4Address ipv4) {
            GratuitousArp.encode(mac, ipv4, frame);
        } else {
            NeighborAdvertisement.encode(mac, false, (Inet6Address) address, frame);
        }
        channel(2, IpFamily.of(address)).frames.add(frame.flip());
    }

    private Stream<String> hear(MacAddress mac, String text) {
        arrive(mac, text);
        loop.turn();
        return heard.take().stream();
    }

    @Test
    @DisplayName("the filter follows the addresses that are held, of all routers on the interface")
    void filterFollowsTheAddresses() {
        AddressClaim second = claim("eth0", 52, "192.0.2.101/24");
        AddressClaim changed = claim("eth0", 52, "192.0.2.102/24", "192.0.2.103/24");
        backend.register(CLAIM, heard);
        settle();
        assertThat(channels).isEmpty();
        backend.acquire(CLAIM);
        hold(second);
        assertThat(channel(2, IpFamily.IPV4).addresses)
                .containsExactlyInAnyOrder(address("192.0.2.100"), address("192.0.2.101"));
        backend.change(second, changed);
        settle();
        assertThat(channel(2, IpFamily.IPV4).addresses)
                .containsExactlyInAnyOrder(address("192.0.2.100"), address("192.0.2.102"), address("192.0.2.103"));
        backend.release(CLAIM);
        backend.unregister(changed);
        settle();
        assertThat(channel(2, IpFamily.IPV4).addresses).isEmpty();
        assertThat(channel(2, IpFamily.IPV4).closed).isFalse();
        backend.close();
        assertThat(channel(2, IpFamily.IPV4).closed).isTrue();
    }

    @Test
    @DisplayName("a claim of another host is told, over IPv4 and IPv6; one of another address or damaged is not")
    void claimsAreTold() {
        hold(CLAIM);
        hold(claim("eth0", 51, "2001:db8::100/64"));
        assertThat(hear(OTHER, "192.0.2.100")).containsExactly("other holder 192.0.2.100/24 02:00:00:00:00:77");
        assertThat(hear(OTHER, "2001:db8::100"))
                .containsExactly("other holder 2001:db8:0:0:0:0:0:100/64 02:00:00:00:00:77");
        assertThat(hear(OTHER, "192.0.2.101")).isEmpty();
        assertThat(hear(OTHER, "2001:db8:1::100")).as("same last bytes").isEmpty();
        channel(2, IpFamily.IPV4).frames.add(ByteBuffer.allocate(20));
        loop.turn();
        assertThat(heard.take()).isEmpty();
    }

    @Test
    @DisplayName("our own MAC addresses and the virtual router's claim nothing")
    void ownMacsClaimNothing() {
        hold(CLAIM);
        for (int index : new int[] {2, 3}) {
            MacAddress own = feed.table().link(index).flatMap(LinkMessage::mac).orElseThrow();
            assertThat(hear(own, "192.0.2.100")).isEmpty();
        }
        assertThat(hear(MacAddress.virtualRouter(CLAIM.router()), "192.0.2.100"))
                .isEmpty();
        assertThat(hear(new MacAddress(0x0000_5e00_0134L), "192.0.2.100"))
                .as("another virtual router's")
                .hasSize(1);
    }

    @Test
    @DisplayName("what is queued when an address has been released is not told")
    void releasedAddressesAreNotTold() {
        hold(CLAIM);
        arrive(OTHER, "192.0.2.100");
        backend.release(CLAIM);
        loop.turn();
        assertThat(heard.take()).isEmpty();
    }

    @Test
    @DisplayName("of one holder one claim a second is told, of all 64")
    void tellingIsLimited() {
        hold(CLAIM);
        for (int i = 0; i < 200; i++) {
            arrive(OTHER, "192.0.2.100");
        }
        for (int i = 0; i < 10; i++) {
            loop.turn();
        }
        assertThat(heard.take()).hasSize(1);
        for (int i = 1; i <= 300; i++) {
            arrive(new MacAddress(0x0200_0100_0000L + i), "192.0.2.100");
        }
        for (int i = 0; i < 10; i++) {
            loop.turn();
        }
        assertThat(heard.take()).hasSize(63);
        loop.advance(Duration.ofSeconds(1).toNanos());
        assertThat(hear(OTHER, "192.0.2.100")).hasSize(1);
    }

    @Test
    @DisplayName("a flood is read a few at a time")
    void aFloodIsReadInTurns() {
        hold(CLAIM);
        for (int i = 0; i < 100; i++) {
            arrive(OTHER, "192.0.2.100");
        }
        loop.turn();
        assertThat(channel(2, IpFamily.IPV4).frames).hasSize(68);
    }

    @Test
    @DisplayName("a refused socket costs the watch, not the address")
    void aRefusedSocketCostsNothingElse() {
        refusing = true;
        hold(CLAIM);
        assertThat(kernel.addresses()).isNotEmpty();
        refusing = false;
        backend.release(CLAIM);
        backend.acquire(CLAIM);
        settle();
        assertThat(hear(OTHER, "192.0.2.100")).hasSize(1);
    }

    @Test
    @DisplayName("an interface that comes anew has a channel of its own")
    void anotherInterfaceHasItsOwnChannel() {
        hold(CLAIM);
        FakeChannel before = channel(2, IpFamily.IPV4);
        kernel.deleteLink(2);
        loop.turn();
        backend.release(CLAIM);
        kernel.link(7, "eth0", FakeKernel.WORKING);
        settle();
        assertThat(before.closed).isTrue();
        backend.acquire(CLAIM).toCompletableFuture().join();
        settle();
        assertThat(channel(7, IpFamily.IPV4).addresses).containsExactly(address("192.0.2.100"));
    }
}
