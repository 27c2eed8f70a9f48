package org.vrrp4j.linux.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.route.RouteAddressBackend;
import org.vrrp4j.linux.route.RouteFeed;
import org.vrrp4j.linux.testing.FakeCharges;
import org.vrrp4j.linux.testing.FakeKernel;
import org.vrrp4j.linux.testing.ManualLoop;
import org.vrrp4j.linux.testing.RecordingListener;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AddressClaim;

class GuardedAddressBackendTest {
    private static final AddressClaim CLAIM = claim("192.0.2.100/24");
    private static final AddressClaim OTHER = claim("192.0.2.100/24", "192.0.2.101/24");

    private final FakeKernel kernel = new FakeKernel();
    private final ManualLoop loop = new ManualLoop();
    private final NetlinkClient client = new NetlinkClient(kernel.requests());
    private final RouteFeed feed = new RouteFeed(loop, kernel.monitor(), client);
    private final AddressGuard guard = new AddressGuard(name -> 2);
    private final GuardedAddressBackend backend =
            new GuardedAddressBackend(new RouteAddressBackend(feed, client, new FakeCharges()), guard);

    private static AddressClaim claim(String... addresses) {
        return new AddressClaim(
                new RouterId("eth0", 51, IpFamily.IPV4),
                Stream.of(addresses).map(VirtualAddress::parse).toList(),
                Duration.ofSeconds(2));
    }

    @BeforeEach
    void start() throws Exception {
        kernel.link(2, "eth0", FakeKernel.WORKING);
        feed.start();
        loop.turn();
        backend.register(CLAIM, new RecordingListener()).toCompletableFuture().join();
        assertThat(guard.protects(CLAIM.router())).isFalse();
    }

    @Test
    void guardKnowsWhatIsHeldFromAcquireToRelease() {
        backend.acquire(CLAIM).toCompletableFuture().join();
        assertThat(guard.protects(CLAIM.router())).isTrue();
        backend.change(CLAIM, OTHER).toCompletableFuture().join();
        assertThat(guard.protects(CLAIM.router())).isTrue();
        backend.release(OTHER).toCompletableFuture().join();
        assertThat(guard.protects(CLAIM.router())).isFalse();
    }

    @Test
    void foreignAddressIsNeverTheGuards() {
        kernel.add(2, "192.0.2.100/24", 0, 0);
        assertThat(backend.acquire(CLAIM).toCompletableFuture()).isCompletedExceptionally();
        assertThat(guard.protects(CLAIM.router())).isFalse();
    }

    @Test
    void changeOfWhatIsNotHeldTellsNothing() {
        backend.change(CLAIM, OTHER).toCompletableFuture().join();
        assertThat(guard.protects(CLAIM.router())).isFalse();
    }

    @Test
    void changeThatFailsLeavesNothingToGuard() {
        backend.acquire(CLAIM).toCompletableFuture().join();
        kernel.refuse("192.0.2.101/24", Errno.ENOSPC);
        assertThat(backend.change(CLAIM, OTHER).toCompletableFuture()).isCompletedExceptionally();
        assertThat(guard.protects(CLAIM.router())).isFalse();
        assertThat(kernel.addresses()).isEqualTo(List.of());
    }

    @Test
    void endOfTheChargeIsTheEndOfTheGuardsToo() {
        backend.acquire(CLAIM).toCompletableFuture().join();
        backend.unregister(CLAIM);
        assertThat(guard.protects(CLAIM.router())).isFalse();
        backend.close();
    }
}
