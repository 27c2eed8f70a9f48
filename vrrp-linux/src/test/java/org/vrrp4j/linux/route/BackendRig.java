package org.vrrp4j.linux.route;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.netlink.NetlinkChannel;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.testing.FakeCharges;
import org.vrrp4j.linux.testing.FakeKernel;
import org.vrrp4j.linux.testing.ManualLoop;
import org.vrrp4j.linux.testing.RecordingListener;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.AddressException;

/** An address backend on a fake kernel with the interfaces 2 (eth0) and 3 (eth1). */
final class BackendRig {
    final FakeKernel kernel = new FakeKernel();
    final FakeCharges charges = new FakeCharges();
    final ManualLoop loop = new ManualLoop();
    final RecordingListener heard = new RecordingListener();
    final NetlinkClient client = new NetlinkClient(kernel.requests());
    final RouteFeed feed = new RouteFeed(loop, kernel.monitor(), client);
    final RouteAddressBackend backend;

    BackendRig() throws IOException {
        this(Runnable::run, channel -> channel);
    }

    /**
     * With leases that are renewed elsewhere.
     *
     * @param renewals where
     * @param renewing what is between them and the kernel
     */
    BackendRig(Executor renewals, UnaryOperator<NetlinkChannel> renewing) throws IOException {
        NetlinkClient second = new NetlinkClient(renewing.apply(kernel.requests()));
        backend = new RouteAddressBackend(feed, client, second, renewals, charges);
        kernel.link(2, "eth0", FakeKernel.WORKING);
        kernel.link(3, "eth1", FakeKernel.WORKING);
        feed.start();
        loop.turn();
    }

    static AddressClaim claim(int vrid, String... addresses) {
        List<VirtualAddress> parsed =
                Stream.of(addresses).map(VirtualAddress::parse).toList();
        IpFamily family = IpFamily.of(parsed.get(0).address());
        return new AddressClaim(new RouterId("eth0", vrid, family), parsed, Duration.ofSeconds(2));
    }

    void register(AddressClaim claim) {
        backend.register(claim, heard).toCompletableFuture().join();
    }

    void acquire(AddressClaim claim) {
        backend.acquire(claim).toCompletableFuture().join();
    }

    AddressException acquireFails(AddressClaim claim) {
        try {
            acquire(claim);
        } catch (CompletionException e) {
            return (AddressException) e.getCause();
        }
        throw new AssertionError("acquired");
    }

    void hold(AddressClaim claim) {
        register(claim);
        acquire(claim);
        loop.turn();
    }

    void release(AddressClaim claim) {
        backend.release(claim).toCompletableFuture().join();
        loop.turn();
    }

    List<String> addresses() {
        return kernel.addresses();
    }

    boolean isSecondary(String cidr) {
        return kernel.address(2, cidr).has(AddressMessage.IFA_F_SECONDARY);
    }
}
