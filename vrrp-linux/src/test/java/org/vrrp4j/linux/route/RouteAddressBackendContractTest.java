package org.vrrp4j.linux.route;

import java.io.IOException;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.testing.FakeCharges;
import org.vrrp4j.linux.testing.FakeKernel;
import org.vrrp4j.linux.testing.ManualLoop;
import org.vrrp4j.spi.AddressBackend;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.contract.AddressBackendContract;
import org.vrrp4j.spi.contract.BackendWorld;

/** The netlink backend does what every backend must, on a kernel that keeps tags and on an older one. */
class RouteAddressBackendContractTest {

    private static final class World implements BackendWorld {
        private final FakeKernel kernel = new FakeKernel();
        private final ManualLoop loop = new ManualLoop();

        World(boolean keepsTags) {
            kernel.link(2, "eth0", FakeKernel.WORKING);
            if (!keepsTags) {
                kernel.forgetTags();
            }
        }

        @Override
        public EventLoop loop() {
            return loop;
        }

        @Override
        public AddressBackend open() throws IOException {
            NetlinkClient client = new NetlinkClient(kernel.requests());
            RouteFeed feed = new RouteFeed(loop, kernel.monitor(), client);
            feed.start();
            return new RouteAddressBackend(feed, client, new FakeCharges());
        }

        @Override
        public String interfaceName() {
            return "eth0";
        }

        @Override
        public Set<InetAddress> held() {
            Set<InetAddress> held = new HashSet<>();
            for (VirtualAddress address : addresses()) {
                if (kernel.addresses().contains("2 " + address)) {
                    held.add(address.address());
                }
            }
            return held;
        }

        @Override
        public void pass() {
            loop.turn();
            loop.advance(1_000_000);
        }

        @Override
        public boolean hasOthers() {
            return true;
        }

        @Override
        public void addByOthers(VirtualAddress address) {
            kernel.add(2, address.toString(), 0, 0);
        }

        @Override
        public void removeByOthers(VirtualAddress address) {
            kernel.remove(2, address.toString());
        }

        @Override
        public void close() {
            loop.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> withTags() throws IOException {
        return AddressBackendContract.checks(() -> new World(true))
                .map(check -> DynamicTest.dynamicTest(check.sentence(), check::run));
    }

    @TestFactory
    Stream<DynamicTest> withoutTags() throws IOException {
        return AddressBackendContract.checks(() -> new World(false))
                .map(check -> DynamicTest.dynamicTest(check.sentence(), check::run));
    }
}
