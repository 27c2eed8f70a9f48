package org.vrrp4j.linux;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.netlink.NetlinkSocket;
import org.vrrp4j.linux.route.AddressMessage;
import org.vrrp4j.linux.testing.NetworkNamespace;
import org.vrrp4j.linux.testing.RecordingListener;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.spi.AddressClaim;

/** A platform in a network namespace with a veth pair, one end of which has an address. */
abstract class LivePlatform {
    static final Duration PATIENCE = Duration.ofSeconds(10);

    final RecordingListener heard = new RecordingListener();
    NetworkNamespace namespace;
    LinuxPlatform platform;

    @BeforeEach
    void open() throws Exception {
        namespace = NetworkNamespace.open();
        namespace.ip("link add left type veth peer name right");
        namespace.ip("link set right up");
        namespace.ip("link set left up");
        namespace.ip("address add 192.0.2.1/24 dev left");
        platform = namespace.call(() -> LinuxPlatform.open(namespace, false));
    }

    @AfterEach
    void close() throws Exception {
        run(() -> platform.close());
        namespace.close();
    }

    void run(Runnable task) throws Exception {
        namespace.call(() -> {
            task.run();
            return null;
        });
    }

    <T> T get(Callable<T> task) throws Exception {
        return namespace.call(task);
    }

    static AddressClaim claim(int leaseSeconds, String... addresses) {
        return claim(
                leaseSeconds, Stream.of(addresses).map(VirtualAddress::parse).toArray(VirtualAddress[]::new));
    }

    static AddressClaim claim(int leaseSeconds, VirtualAddress... addresses) {
        RouterId router = new RouterId("left", 51, IpFamily.of(addresses[0].address()));
        return new AddressClaim(router, List.of(addresses), Duration.ofSeconds(leaseSeconds));
    }

    void register(AddressClaim claim) throws Exception {
        get(() -> platform.addresses()
                .register(claim, heard)
                .toCompletableFuture()
                .get());
    }

    void acquire(AddressClaim claim) throws Exception {
        get(() -> platform.addresses().acquire(claim).toCompletableFuture().get());
    }

    void release(AddressClaim claim) throws Exception {
        get(() -> platform.addresses().release(claim).toCompletableFuture().get());
    }

    /** Read through an own socket: {@code ip} shows the tag only in newer versions. */
    AddressMessage entry(String address) throws Exception {
        return get(() -> {
            try (NetlinkClient client = new NetlinkClient(NetlinkSocket.open())) {
                return client.dump("test", AddressMessage.RTM_GETADDR, AddressMessage.encodeDump()).stream()
                        .flatMap(message -> AddressMessage.decode(message.payload()).stream())
                        .filter(entry -> entry.address()
                                .equals(VirtualAddress.parse(address).address()))
                        .findFirst()
                        .orElseThrow();
            }
        });
    }
}
