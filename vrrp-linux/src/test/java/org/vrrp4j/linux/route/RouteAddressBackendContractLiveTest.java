package org.vrrp4j.linux.route;

import java.io.IOException;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.config.VirtualRoute;
import org.vrrp4j.linux.LinuxPlatform;
import org.vrrp4j.linux.testing.NeedsNamespaces;
import org.vrrp4j.linux.testing.NetworkNamespace;
import org.vrrp4j.spi.AddressBackend;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.contract.AddressBackendContract;
import org.vrrp4j.spi.contract.BackendWorld;

/** The netlink backend does what every backend must, in the kernel; {@code ip} is the witness. */
@NeedsNamespaces
class RouteAddressBackendContractLiveTest {

    private static final class World implements BackendWorld {
        private final List<VirtualAddress> addresses;
        private final NetworkNamespace namespace;
        private LinuxPlatform platform;

        World(String... addresses) {
            this.addresses = Stream.of(addresses).map(VirtualAddress::parse).toList();
            try {
                namespace = NetworkNamespace.open();
                namespace.ip("link add left type veth peer name right");
                namespace.ip("link set right up");
                namespace.ip("link set left up");
                namespace.ip("address add 192.0.2.1/24 dev left");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public EventLoop loop() {
            return namespace;
        }

        @Override
        public AddressBackend open() throws IOException {
            platform = LinuxPlatform.open(namespace, false);
            return platform.addresses();
        }

        @Override
        public String interfaceName() {
            return "left";
        }

        @Override
        public List<VirtualAddress> addresses() {
            return addresses;
        }

        @Override
        public Set<InetAddress> held() throws IOException {
            Set<InetAddress> held = new HashSet<>();
            for (String line : ip("-oneline address show dev left").split("\n")) {
                VirtualAddress shown = VirtualAddress.parse(line.trim().split("\\s+")[3]);
                if (addresses.contains(shown)) {
                    held.add(shown.address());
                }
            }
            return held;
        }

        @Override
        public List<VirtualRoute> routes() {
            return List.of(
                    VirtualRoute.parse("198.51.100.0/24 via 192.0.2.254 dev left"),
                    VirtualRoute.parse("blackhole 2001:db8:1::/48"));
        }

        @Override
        public Set<VirtualRoute> heldRoutes() throws IOException {
            String shown = ip("route show proto 112") + ip("-6 route show proto 112");
            return routes().stream()
                    .filter(route -> shown.contains(route.destination().toString()))
                    .collect(Collectors.toSet());
        }

        @Override
        public void pass() {
            try {
                namespace.call(() -> null);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public boolean hasOthers() {
            return true;
        }

        @Override
        public void addByOthers(VirtualAddress address) throws IOException {
            ip("address add " + address + " dev left" + (isIpv6(address) ? " nodad" : ""));
        }

        private static boolean isIpv6(VirtualAddress address) {
            return address.address().getAddress().length == 16;
        }

        @Override
        public void removeByOthers(VirtualAddress address) throws IOException {
            ip("address del " + address + " dev left");
        }

        private String ip(String arguments) throws IOException {
            try {
                return namespace.ip(arguments);
            } catch (Exception e) {
                throw new IOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                namespace.call(() -> {
                    if (platform != null) {
                        platform.close();
                    }
                    return null;
                });
            } catch (Exception e) {
                throw new IOException(e);
            }
            namespace.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> ipv4() throws IOException {
        return AddressBackendContract.checks(
                        () -> new World("192.0.2.100/24", "192.0.2.101/24", "192.0.2.102/24", "192.0.2.103/24"))
                .map(check -> DynamicTest.dynamicTest(check.sentence(), check::run));
    }

    @TestFactory
    Stream<DynamicTest> ipv6() throws IOException {
        return AddressBackendContract.checks(
                        () -> new World("2001:db8::100/64", "2001:db8::101/64", "2001:db8::102/64", "2001:db8::103/64"))
                .map(check -> DynamicTest.dynamicTest(check.sentence(), check::run));
    }
}
