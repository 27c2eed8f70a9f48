package org.vrrp4j.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.vrrp4j.sim.TestRouters.INTERVAL;
import static org.vrrp4j.sim.TestRouters.VIP;
import static org.vrrp4j.sim.TestRouters.router;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RouterStatus;

/** Hosts with an interface on each of two LANs, and VRID 51 on both. */
class LansTest extends ThreeHosts {
    private static final InetAddress SECOND_VIP =
            IpAddresses.parse("198.51.100.100").orElseThrow();
    private static final InetAddress LINK_LOCAL = IpAddresses.parse("fe80::51").orElseThrow();

    private SimulatedLan second;

    @BeforeEach
    void secondLan() {
        second = simulation.network().addLan("second");
        List.of(a, b, client).forEach(second::attach);
    }

    private static RouterConfig onSecond(int priority, String... addresses) {
        return RouterConfig.builder("eth1", 51)
                .priority(priority)
                .advertisementInterval(INTERVAL)
                .announcements(router(priority).build().announcements())
                .addresses(
                        List.of(addresses).stream().map(VirtualAddress::parse).toList())
                .build();
    }

    private void startOnBoth() {
        a.start(new NodeConfig("a", List.of(router(150).build(), onSecond(150, "198.51.100.100/24"))));
        b.start(new NodeConfig("b", List.of(router(100).build(), onSecond(100, "198.51.100.100/24"))));
        simulation.settle(Duration.ofSeconds(3));
    }

    private static RouterStatus second(SimulatedHost host) {
        return host.status().routers().get(1);
    }

    @Test
    void theRoutersOfTwoLansAreElectedForThemselves() {
        startOnBoth();
        assertThat(a.addresses()).containsExactlyInAnyOrder(VIP, SECOND_VIP);

        a.interfaces().get(1).linkDown();
        simulation.settle(Duration.ofSeconds(3));

        assertThat(second(a).faults()).containsExactly(Fault.LINK_DOWN);
        assertThat(a.addresses()).containsExactly(VIP);
        assertThat(b.addresses()).containsExactly(SECOND_VIP);
        assertThat(client.neighbour(VIP)).contains(a);
        assertThat(client.neighbour(SECOND_VIP)).contains(b);
        a.interfaces().get(1).linkUp();
        simulation.settle(Duration.ofSeconds(3));
        assertThat(b.addresses()).isEmpty();
    }

    @Test
    void aCutAndItsHealingConcernOneLan() {
        startOnBoth();

        second.cut(a, b);
        simulation.runFor(Duration.ofSeconds(3));

        assertThat(second(a).role()).isEqualTo(Role.MASTER);
        assertThat(second(b).role()).isEqualTo(Role.MASTER);
        assertThat(b.router().role()).isEqualTo(Role.BACKUP);
        assertThat(simulation.network().reaches(a, b)).as("on the first").isTrue();
        assertThat(second.reaches(a, b)).isFalse();
        second.heal();
        simulation.settle(Duration.ofSeconds(3));
        assertThat(client.neighbour(SECOND_VIP)).contains(a);
    }

    @Test
    void theConditionsOfOneLanLeaveTheOtherAlone() {
        startOnBoth();

        second.conditions(LinkConditions.IDEAL.withLoss(1));
        simulation.runFor(Duration.ofSeconds(3));

        assertThat(second(b).role()).isEqualTo(Role.MASTER);
        assertThat(b.router().role()).isEqualTo(Role.BACKUP);
    }

    @Test
    void aClientThatWasNotToldOnOneLanIsComplainedOf() {
        second.cut(a, client);
        startUntold();

        assertThat(Settled.complaints(simulation.network()))
                .containsExactly("client sends packets for 198.51.100.100 to nobody on eth1, the master being a");
    }

    private void startUntold() {
        a.start(new NodeConfig("a", List.of(router(150).build(), onSecond(150, "198.51.100.100/24"))));
        simulation.runFor(Duration.ofSeconds(5));
        simulation.network().heal();
    }

    @Test
    void theSameLinkLocalAddressBelongsToAnotherHostOnEachLan() {
        a.start(new NodeConfig("a", List.of(ipv6(150), onSecond(100, "fe80::51/64"))));
        b.start(new NodeConfig("b", List.of(ipv6(100), onSecond(150, "fe80::51/64"))));

        simulation.settle(Duration.ofSeconds(3));

        assertThat(a.interfaces().get(0).addresses()).containsExactly(LINK_LOCAL);
        assertThat(a.interfaces().get(1).addresses()).isEmpty();
        assertThat(b.interfaces().get(1).addresses()).containsExactly(LINK_LOCAL);
        assertThat(client.on(simulation.network().lan()).orElseThrow().neighbour(LINK_LOCAL))
                .contains(a);
        assertThat(client.on(second).orElseThrow().neighbour(LINK_LOCAL)).contains(b);
    }

    private static RouterConfig ipv6(int priority) {
        return RouterConfig.builder(SimulatedHost.INTERFACE, 51)
                .priority(priority)
                .advertisementInterval(INTERVAL)
                .address(VirtualAddress.parse("fe80::51/64"))
                .build();
    }

    @Test
    void anAddressOnAnotherInterfaceMovesWithItsRouter() {
        VirtualAddress gateway = VirtualAddress.parse("198.51.100.100/24").onDevice("eth1");
        a.start(router(150).address(gateway).build());
        b.start(router(100).address(gateway).build());
        simulation.settle(Duration.ofSeconds(3));
        assertThat(a.interfaces().get(1).addresses()).containsExactly(SECOND_VIP);

        a.crash();
        simulation.settle(Duration.ofSeconds(3));

        assertThat(b.interfaces().get(0).addresses()).containsExactly(VIP);
        assertThat(b.interfaces().get(1).addresses()).containsExactly(SECOND_VIP);
        assertThat(client.on(second).orElseThrow().neighbour(SECOND_VIP)).contains(b);
    }

    @Test
    void anAddressOnAnInterfaceThatIsMissingIsAFault() {
        a.start(router(150)
                .address(VirtualAddress.parse("203.0.113.1/24").onDevice("eth7"))
                .build());

        simulation.runFor(Duration.ofSeconds(1));

        assertThat(a.router().faults()).containsExactly(Fault.ADDRESS_FAILED);
        assertThat(a.addresses()).isEmpty();
    }

    @Test
    void aFourthLanAndASecondInterfaceOnOneAreRefused() {
        SimulatedNetwork network = simulation.network();
        assertThatIllegalArgumentException().isThrownBy(() -> second.attach(a));
        assertThatIllegalArgumentException().isThrownBy(() -> network.addLan("second"));
        assertThat(network.addLan("third").attach(a).address().getHostAddress()).isEqualTo("203.0.113.1");
        assertThatIllegalStateException().isThrownBy(() -> network.addLan("fourth"));
    }
}
