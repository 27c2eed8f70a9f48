package org.vrrp4j.linux.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.netlink.NetlinkMessage;
import org.vrrp4j.linux.testing.FakeCharges;
import org.vrrp4j.linux.testing.FakeKernel;
import org.vrrp4j.linux.testing.ManualLoop;
import org.vrrp4j.linux.testing.RecordingListener;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AddressClaim;

/** A registered claim becomes another one. */
class ClaimChangeTest {
    private static final AddressClaim BEFORE = claim(51, 2, "192.0.2.100/24", "192.0.2.101/24");
    private static final AddressClaim AFTER = claim(51, 5, "192.0.2.101/24", "192.0.2.102/24");

    private final FakeKernel kernel = new FakeKernel();
    private final ManualLoop loop = new ManualLoop();
    private final RecordingListener heard = new RecordingListener();
    private final NetlinkClient client = new NetlinkClient(kernel.requests());
    private final RouteFeed feed = new RouteFeed(loop, kernel.monitor(), client);
    private final RouteAddressBackend backend = new RouteAddressBackend(feed, client, new FakeCharges());

    private static AddressClaim claim(int vrid, int leaseSeconds, String... addresses) {
        return new AddressClaim(
                new RouterId("eth0", vrid, IpFamily.IPV4),
                Stream.of(addresses).map(VirtualAddress::parse).toList(),
                Duration.ofSeconds(leaseSeconds));
    }

    @BeforeEach
    void hold() throws Exception {
        kernel.link(2, "eth0", FakeKernel.WORKING);
        kernel.add(2, "192.0.2.1/24", 0, 0);
        feed.start();
        backend.register(BEFORE, heard).toCompletableFuture().join();
        backend.acquire(BEFORE).toCompletableFuture().join();
        loop.turn();
        assertThat(heard.take()).isEmpty();
    }

    private void change(AddressClaim from, AddressClaim to) {
        backend.change(from, to).toCompletableFuture().join();
        loop.turn();
    }

    private List<String> deleted(int since) {
        return kernel.requests().requests().stream()
                .skip(since)
                .filter(request -> request.type() == AddressMessage.RTM_DELADDR)
                .map(request ->
                        AddressMessage.decode(request.payload()).orElseThrow().cidr())
                .toList();
    }

    @Test
    void whatIsInBothIsNeverTakenAwayAndHasTheNewLease() {
        change(BEFORE, AFTER);
        assertThat(kernel.addresses()).containsExactly("2 192.0.2.1/24", "2 192.0.2.101/24", "2 192.0.2.102/24");
        assertThat(kernel.address(2, "192.0.2.101/24").validSeconds()).isEqualTo(5);
        assertThat(deleted(0)).containsExactly("192.0.2.100/24");
        assertThat(heard.heard()).isEmpty();
        backend.renew(AFTER);
        loop.runTasks();
        backend.release(AFTER).toCompletableFuture().join();
        assertThat(kernel.addresses()).containsExactly("2 192.0.2.1/24");
    }

    @Test
    void withoutAddressesOnlyTheChargeChanges() {
        backend.release(BEFORE).toCompletableFuture().join();
        change(BEFORE, AFTER);
        assertThat(kernel.addresses()).containsExactly("2 192.0.2.1/24");
        kernel.add(2, "192.0.2.100/24", 0, 0);
        loop.turn();
        assertThat(heard.take()).as("no concern of ours any more").isEmpty();
        kernel.add(2, "192.0.2.102/24", 0, 0);
        loop.turn();
        assertThat(heard.take()).hasSize(1);
    }

    @Test
    void anAddressOfSomebodyElseIsLeftAloneAndNoneOfOursStays() {
        kernel.add(2, "192.0.2.102/24", 0, 0);
        loop.turn();
        assertThatThrownBy(() -> change(BEFORE, AFTER))
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("somebody else has put 192.0.2.102/24");
        assertThat(kernel.addresses()).containsExactly("2 192.0.2.1/24", "2 192.0.2.102/24");
        kernel.remove(2, "192.0.2.102/24");
        loop.turn();
        backend.acquire(AFTER).toCompletableFuture().join();
        assertThat(kernel.addresses()).hasSize(3);
    }

    @Test
    void noneStaysAfterAFailure() {
        kernel.refuse("192.0.2.102/24", Errno.ENOSPC);
        assertThatThrownBy(() -> change(BEFORE, AFTER)).hasMessageContaining("ENOSPC");
        assertThat(kernel.addresses()).containsExactly("2 192.0.2.1/24");
    }

    @Test
    void anotherPrefixLengthIsAnotherAddress() {
        change(BEFORE, claim(51, 2, "192.0.2.100/32", "192.0.2.101/24"));
        assertThat(kernel.addresses()).containsExactly("2 192.0.2.1/24", "2 192.0.2.101/24", "2 192.0.2.100/32");
        assertThat(heard.heard()).isEmpty();
    }

    @Test
    void aLeftoverAmongTheNewOnesIsTakenOver() {
        kernel.lease(2, "192.0.2.102/24");
        loop.turn();
        int since = kernel.requests().requests().size();
        change(BEFORE, AFTER);
        assertThat(deleted(since)).containsExactly("192.0.2.100/24");
        assertThat(kernel.requests().requests().stream()
                        .skip(since)
                        .filter(request -> request.type() == AddressMessage.RTM_NEWADDR)
                        .map(NetlinkMessage::flags))
                .hasSize(2);
    }

    @Test
    void anAddressOfAnotherRouterIsRefused() {
        backend.register(claim(52, 2, "192.0.2.102/24"), new RecordingListener());
        assertThatThrownBy(() -> backend.change(BEFORE, AFTER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("belongs to two virtual routers");
        assertThatThrownBy(() -> backend.change(AFTER, BEFORE)).hasMessageContaining("claim is not registered");
    }
}
