package org.vrrp4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.Role;
import org.vrrp4j.sim.SimulatedHost;
import org.vrrp4j.sim.SimulatedNetwork;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.MissingPermissionException;
import org.vrrp4j.spi.Platform;
import org.vrrp4j.spi.PlatformProvider;

/** What a start needs, and how it is refused. */
class NodeStartTest {
    private final SimulatedNetwork network = SimulatedNetwork.realTime();
    private final SimulatedHost host = network.host("a");

    @AfterEach
    void close() {
        network.close();
    }

    private NodeBuilder node() {
        return VrrpNode.builder().transport(host.transport()).platform(host.platform());
    }

    private static VirtualRouter router() {
        return VirtualRouter.on(SimulatedHost.INTERFACE).name("web").vrid(51).address("192.0.2.100/24");
    }

    @Test
    void aRouterWaitsForAnInterfaceThatDoesNotExistIfItMay() {
        VirtualRouter elsewhere = VirtualRouter.on("eth7").vrid(51).address("192.0.2.101/24");
        try (VrrpNode node =
                node().waitForInterfaces().router(router()).router(elsewhere).start()) {
            assertThat(node.status("eth7/51").role()).isEqualTo(Role.FAULT);
            assertThat(node.status("eth7/51").faults()).containsExactly(Fault.INTERFACE_MISSING);
            assertThat(node.status("web").role()).isNotEqualTo(Role.FAULT);
        }
    }

    @Test
    void platformGivenByHandIsAskedWhetherItCanWorkToo() {
        PlatformProvider powerless = new PlatformProvider() {
            @Override
            public String name() {
                return "powerless";
            }

            @Override
            public Optional<Throwable> unavailabilityCause() {
                return Optional.of(new MissingPermissionException("grant it CAP_NET_ADMIN", null));
            }

            @Override
            public Platform open(EventLoop loop) {
                throw new AssertionError("opened");
            }
        };
        assertThatThrownBy(() -> node().platform(powerless).router(router()).start())
                .isInstanceOfSatisfying(
                        NodeStartException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(NodeStartException.Reason.PERMISSION))
                .hasMessageContaining("grant it CAP_NET_ADMIN");
    }

    @Test
    void aMissingInterfaceRefusesTheStart() {
        VirtualRouter elsewhere = VirtualRouter.on("eth7").vrid(51).address("192.0.2.100/24");
        assertThatThrownBy(() -> node().router(elsewhere).start())
                .isInstanceOfSatisfying(
                        NodeStartException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(NodeStartException.Reason.INTERFACE_MISSING))
                .hasMessageContaining("interface eth7");
    }

    @Test
    void withoutATransportTheMessageSaysWhatToAdd() {
        assertThatThrownBy(() -> VrrpNode.builder().router(router()).start())
                .isInstanceOfSatisfying(
                        NodeStartException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(NodeStartException.Reason.UNAVAILABLE))
                .hasMessageContaining("vrrp-netty");
    }

    @Test
    void aNodeNeedsARouterAndNoTwoTheSame() {
        assertThatThrownBy(() -> node().start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one virtual router");
        assertThatThrownBy(() -> node().router(router()).router(router()).start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("eth0/51");
    }
}
