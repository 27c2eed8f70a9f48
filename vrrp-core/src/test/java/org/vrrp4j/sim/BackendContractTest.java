package org.vrrp4j.sim;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.config.VirtualRoute;
import org.vrrp4j.spi.AddressBackend;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.contract.AddressBackendContract;
import org.vrrp4j.spi.contract.BackendWorld;

/** The simulated backend does what every backend must, at once and slowly. */
class BackendContractTest {

    private static final class World implements BackendWorld {
        private final Simulation simulation = new Simulation(1, List.of());
        private final SimulatedHost host = simulation.network().host("a");
        private final EventLoop loop = host.transport().newEventLoop("contract");

        World(Duration delay) {
            host.backend(new BackendConditions(delay, 0));
        }

        @Override
        public EventLoop loop() {
            return loop;
        }

        @Override
        public AddressBackend open() throws IOException {
            return host.platform().open(loop).addresses();
        }

        @Override
        public String interfaceName() {
            return SimulatedHost.INTERFACE;
        }

        @Override
        public Set<InetAddress> held() {
            return host.addresses();
        }

        @Override
        public List<VirtualRoute> routes() {
            return List.of(
                    VirtualRoute.parse("default via 192.0.2.254"), VirtualRoute.parse("blackhole 198.51.100.0/24"));
        }

        @Override
        public Set<VirtualRoute> heldRoutes() {
            return host.routes();
        }

        @Override
        public void pass() {
            simulation.runFor(Duration.ofMillis(2));
        }

        @Override
        public boolean hasOthers() {
            return true;
        }

        @Override
        public void addByOthers(VirtualAddress address) {
            host.addForeignAddress(address.address());
        }

        @Override
        public void removeByOthers(VirtualAddress address) {
            host.removeAddress(address.address());
        }

        @Override
        public void close() {
            loop.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> atOnce() throws IOException {
        return AddressBackendContract.checks(() -> new World(Duration.ZERO))
                .map(check -> DynamicTest.dynamicTest(check.sentence(), check::run));
    }

    @TestFactory
    Stream<DynamicTest> slowly() throws IOException {
        return AddressBackendContract.checks(() -> new World(Duration.ofMillis(7)))
                .map(check -> DynamicTest.dynamicTest(check.sentence(), check::run));
    }
}
