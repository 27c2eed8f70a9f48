package org.vrrp4j.examples.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.vrrp4j.VirtualRouter;
import org.vrrp4j.VrrpNode;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Role;
import org.vrrp4j.sim.SimulatedHost;
import org.vrrp4j.sim.SimulatedNetwork;
import org.vrrp4j.spi.AddressBackend;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.contract.AddressBackendContract;
import org.vrrp4j.spi.contract.BackendWorld;

/** A backend that answers when it likes, on threads of its own. */
class CloudAddressBackendTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final VirtualAddress VIP = VirtualAddress.parse("192.0.2.100/24");

    private static final class World implements BackendWorld {
        private final FakeCloud cloud;
        private final SimulatedNetwork network = SimulatedNetwork.realTime();
        private final EventLoop loop = network.host("a").transport().newEventLoop("contract");

        World() {
            try {
                cloud = new FakeCloud();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public EventLoop loop() {
            return loop;
        }

        @Override
        public AddressBackend open() {
            return new CloudAddressBackend(cloud.api(), "a");
        }

        @Override
        public String interfaceName() {
            return SimulatedHost.INTERFACE;
        }

        @Override
        public Set<InetAddress> held() {
            return cloud.addressesOf("a");
        }

        @Override
        public void pass() {
            LockSupport.parkNanos(1_000_000);
        }

        @Override
        public void close() {
            loop.close();
            network.close();
            cloud.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> contract() throws IOException {
        return AddressBackendContract.checks(World::new)
                .map(check -> DynamicTest.dynamicTest(check.sentence(), check::run));
    }

    private static VrrpNode start(SimulatedHost host, FakeCloud cloud, int priority) {
        return VrrpNode.builder()
                .transport(host.transport())
                .platform(host.platform())
                .addressBackend(new CloudAddressBackend(cloud.api(), host.name()))
                .router(VirtualRouter.on(SimulatedHost.INTERFACE)
                        .vrid(51)
                        .priority(priority)
                        .advertisementInterval(Duration.ofMillis(20))
                        .address(VIP.toString()))
                .start();
    }

    @Test
    @DisplayName("an address of the cloud follows the master, and a cloud that takes its time silences nobody")
    void addressFollowsTheMaster() throws Exception {
        try (SimulatedNetwork network = SimulatedNetwork.realTime();
                FakeCloud cloud = new FakeCloud()) {
            SimulatedHost a = network.host("a");
            SimulatedHost b = network.host("b");
            // never closed: it dies with its host
            VrrpNode first = start(a, cloud, 150);
            assertThat(first.awaitMaster(LIMIT)).isTrue();
            assertThat(cloud.instanceOf(VIP.address())).isEqualTo("a");
            try (VrrpNode second = start(b, cloud, 100)) {
                a.crash();
                assertThat(second.awaitMaster(LIMIT)).isTrue();
                assertThat(cloud.instanceOf(VIP.address())).isEqualTo("b");
            }
            await().atMost(LIMIT).until(() -> cloud.instanceOf(VIP.address()) == null);
            cloud.hold();
            try (VrrpNode slow = start(b, cloud, 100)) {
                await().atMost(LIMIT).until(() -> sent(slow) > 20);
                assertThat(slow.isMaster())
                        .as("its addresses are not in place yet")
                        .isFalse();
                cloud.proceed();
                assertThat(slow.awaitMaster(LIMIT)).isTrue();
            }
        }
    }

    private static long sent(VrrpNode node) {
        return node.status().routers().get(0).statistics().advertisementsSent();
    }

    @Test
    @DisplayName("a cloud that refuses is a fault that says why, and none once it does not")
    void refusalIsAFault() throws Exception {
        try (SimulatedNetwork network = SimulatedNetwork.realTime();
                FakeCloud cloud = new FakeCloud()) {
            cloud.refuse(true);
            try (VrrpNode node = start(network.host("a"), cloud, 150)) {
                await().atMost(LIMIT).until(() -> node.status().routers().get(0).role() == Role.FAULT);
                cloud.refuse(false);
                assertThat(node.awaitMaster(LIMIT)).isTrue();
            }
        }
    }
}
