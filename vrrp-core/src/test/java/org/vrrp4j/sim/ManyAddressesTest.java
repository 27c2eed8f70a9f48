package org.vrrp4j.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.RouterConfigBuilder;
import org.vrrp4j.config.VirtualAddress;

/** Two virtual routers, one with 100 IPv4 addresses and one with 90 of IPv6, and a fail-over of both. */
class ManyAddressesTest {
    private static final Duration INTERVAL = Duration.ofMillis(10);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static RouterConfig router(int vrid, int priority, int count, String prefix) {
        RouterConfigBuilder builder = RouterConfig.builder(SimulatedHost.INTERFACE, vrid)
                .priority(priority)
                .advertisementInterval(INTERVAL);
        for (int i = 0; i < count; i++) {
            builder.address(VirtualAddress.parse(prefix + (100 + i)));
        }
        return builder.build();
    }

    private static NodeConfig node(String name, int priority) {
        return new NodeConfig(
                name, List.of(router(51, priority, 100, "198.51.100."), router(52, priority, 90, "fe80::")));
    }

    private static boolean isMaster(SimulatedHost host) {
        return host.status().isMaster();
    }

    private static List<InetAddress> addresses() {
        return node("any", 100).routers().stream()
                .flatMap(router -> router.advertisedAddresses().stream())
                .toList();
    }

    @Test
    @DisplayName("R9568-6.4.2-5 R9568-5.2.5-1 all of them move at once, and no advertisement is missing or late")
    void allOfThemMove() {
        Simulation simulation = new Simulation(1);
        SimulatedHost a = simulation.network().host("a");
        SimulatedHost b = simulation.network().host("b");
        SimulatedHost client = simulation.network().host("client");
        a.start(node("a", 150));
        b.start(node("b", 100));
        simulation.runUntil(() -> isMaster(a), LIMIT);
        simulation.runFor(Duration.ofSeconds(5));
        assertThat(addresses()).allMatch(address -> client.neighbour(address).equals(Optional.of(a)));
        assertThat(isMaster(a)).isTrue();
        assertThat(b.events()).isEmpty();

        a.crash();
        Duration taken = simulation.runUntil(() -> isMaster(b), LIMIT);

        assertThat(taken).isLessThan(INTERVAL.multipliedBy(4));
        simulation.runFor(Duration.ofMillis(1));
        assertThat(addresses()).allMatch(address -> client.neighbour(address).equals(Optional.of(b)));
        long before = advertisements(b);
        simulation.runFor(Duration.ofSeconds(5));
        assertThat(advertisements(b) - before).isBetween(2 * 499L, 2 * 501L);
        assertThat(Stream.of(a, b).filter(SimulatedHost::isRunning)).containsExactly(b);
    }

    private static long advertisements(SimulatedHost host) {
        return host.status().routers().stream()
                .mapToLong(router -> router.statistics().advertisementsSent())
                .sum();
    }
}
