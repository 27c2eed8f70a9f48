package org.vrrp4j.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vrrp4j.sim.TestRouters.INTERVAL;
import static org.vrrp4j.sim.TestRouters.masterDown;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.RouterConfigBuilder;
import org.vrrp4j.config.TtlRange;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.RejectionReason;
import org.vrrp4j.model.Role;

/** Whole nodes over IPv6 and unicast. */
class WaysTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final InetAddress LINK_LOCAL = IpAddresses.parse("fe80::51").orElseThrow();

    private final Simulation simulation = new Simulation(9568);
    private final SimulatedHost a = simulation.network().host("a");
    private final SimulatedHost b = simulation.network().host("b");
    private final SimulatedHost c = simulation.network().host("c");
    private final SimulatedHost client = simulation.network().host("client");

    private static RouterConfigBuilder ipv6(int priority) {
        return RouterConfig.builder(SimulatedHost.INTERFACE, 51)
                .priority(priority)
                .advertisementInterval(INTERVAL)
                .address(VirtualAddress.parse("fe80::51/64"))
                .address(VirtualAddress.parse("2001:db8::100/64"));
    }

    private static RouterConfigBuilder unicast(int priority, SimulatedHost peer) {
        return TestRouters.router(priority).unicastPeers(List.of(peer.address()));
    }

    private static RouterConfigBuilder ipv6Unicast(int priority, SimulatedHost peer) {
        return ipv6(priority).unicastPeers(List.of(peer.interfaces().get(0).linkLocal()));
    }

    static Stream<Arguments> ways() {
        BiFunction<Integer, SimulatedHost, RouterConfigBuilder> ipv6 = (priority, peer) -> ipv6(priority);
        BiFunction<Integer, SimulatedHost, RouterConfigBuilder> unicast = WaysTest::unicast;
        BiFunction<Integer, SimulatedHost, RouterConfigBuilder> both = WaysTest::ipv6Unicast;
        return Stream.of(
                Arguments.of("IPv6", ipv6), Arguments.of("unicast", unicast), Arguments.of("IPv6 unicast", both));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void electionCutReturnAndHandOver(String name, BiFunction<Integer, SimulatedHost, RouterConfigBuilder> way) {
        a.start(way.apply(150, b).build());
        b.start(way.apply(100, a).build());
        assertThat(simulation.runUntil(a::isMaster, LIMIT)).isEqualTo(masterDown(150));
        simulation.settle(Duration.ofSeconds(1));
        a.router()
                .addresses()
                .forEach(address -> assertThat(client.neighbour(address)).contains(a));

        a.linkDown();
        simulation.runUntil(b::isMaster, LIMIT);
        a.linkUp();
        simulation.runUntil(a::isMaster, LIMIT);
        simulation.settle(Duration.ofSeconds(1));
        assertThat(b.isMaster()).isFalse();

        a.stop();
        Duration handOver = simulation.runUntil(b::isMaster, LIMIT);
        assertThat(handOver).isLessThan(INTERVAL);
        assertThat(b.router().statistics().rejections()).isEmpty();
    }

    @Test
    @DisplayName("R9568-5-1 IPv4 and IPv6 with the same VRID are two routers of one node")
    void sameVridInBothFamilies() {
        a.start(new NodeConfig("a", List.of(TestRouters.router(150).build(), ipv6(90).build())));
        b.start(new NodeConfig(
                "b", List.of(TestRouters.router(100).build(), ipv6(110).build())));
        simulation.settle(Duration.ofSeconds(2));

        assertThat(a.status().routers()).extracting(router -> router.role()).containsExactly(Role.MASTER, Role.BACKUP);
        assertThat(a.has(TestRouters.VIP)).isTrue();
        assertThat(b.has(LINK_LOCAL)).isTrue();
        assertThat(a.router().statistics().rejections()).isEmpty();
    }

    @Test
    @DisplayName("of three unicast routers each hears the two others, and a stranger is heard by none")
    void threeUnicastRouters() {
        a.start(TestRouters.router(150)
                .unicastPeers(List.of(b.address(), c.address()))
                .build());
        b.start(TestRouters.router(100)
                .unicastPeers(List.of(a.address(), c.address()))
                .build());
        c.start(TestRouters.router(90)
                .unicastPeers(List.of(a.address(), b.address()))
                .build());
        simulation.settle(Duration.ofSeconds(2));
        assertThat(a.isMaster()).isTrue();
        a.crash();
        simulation.runUntil(b::isMaster, LIMIT);
        simulation.runFor(Duration.ofSeconds(3));
        assertThat(c.isMaster()).isFalse();

        client.start(unicast(200, b).build());
        simulation.runUntil(client::isMaster, LIMIT);
        simulation.runFor(Duration.ofSeconds(1));
        assertThat(b.isMaster()).isTrue();
        assertThat(b.router().statistics().rejections()).containsOnlyKeys(RejectionReason.NOT_A_PEER);
    }

    @Test
    @DisplayName("a third unicast router is made known to the others while they run, and one is taken away")
    void peersChangeWhileTheyRun() {
        a.start(unicast(150, b).build());
        b.start(unicast(100, a).build());
        simulation.settle(Duration.ofSeconds(2));
        a.configure(TestRouters.router(150)
                .unicastPeers(List.of(b.address(), c.address()))
                .build());
        b.configure(TestRouters.router(100)
                .unicastPeers(List.of(a.address(), c.address()))
                .build());
        c.start(TestRouters.router(120)
                .unicastPeers(List.of(a.address(), b.address()))
                .build());
        simulation.runFor(Duration.ofSeconds(3));
        simulation.settle(Duration.ofSeconds(2));
        assertThat(TestRouters.told(a))
                .as("kept its role")
                .containsExactly("INIT>BACKUP:STARTUP", "BACKUP>MASTER:MASTER_DOWN");
        assertThat(c.router().master()).contains(a.address());

        a.crash();
        simulation.runUntil(c::isMaster, LIMIT);
        simulation.runFor(Duration.ofSeconds(2));
        assertThat(b.router().master()).contains(c.address());

        b.configure(unicast(100, a).build());
        simulation.runUntil(b::isMaster, LIMIT);
        simulation.runFor(Duration.ofSeconds(1));
        assertThat(b.router().statistics().rejections()).containsOnlyKeys(RejectionReason.NOT_A_PEER);
    }

    @Test
    @DisplayName("a TTL below 255 is sent, and accepted by whoever is told so")
    void lowerTtl() {
        a.start(unicast(150, b).unicastTtl(9).build());
        b.start(unicast(100, a).peerTtl(a.address(), new TtlRange(9, 9)).build());
        simulation.settle(Duration.ofSeconds(2));
        assertThat(b.router().master()).contains(a.address());

        b.configure(unicast(100, a).build());
        simulation.runUntil(b::isMaster, LIMIT);
        simulation.runFor(Duration.ofSeconds(1));
        assertThat(b.router().statistics().rejections()).containsOnlyKeys(RejectionReason.TTL);
    }
}
