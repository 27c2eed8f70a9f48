package org.vrrp4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.NamespaceName;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.Role;
import org.vrrp4j.sim.SimulatedHost;
import org.vrrp4j.sim.SimulatedNetwork;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.MissingPermissionException;
import org.vrrp4j.spi.Platform;
import org.vrrp4j.spi.PlatformProvider;

/** A configuration that names a network namespace: the platform is asked for it. */
class NodeNamespaceTest {
    private final SimulatedNetwork network = SimulatedNetwork.realTime();
    private final SimulatedHost host = network.host("a");
    private final List<String> entered = new ArrayList<>();

    /** Knows namespaces, each of which answers why it cannot be entered. */
    private final class Provider implements PlatformProvider {
        private final Optional<Throwable> obstacle;
        private final Optional<Throwable> obstacleThere;

        Provider(Throwable obstacle, Throwable obstacleThere) {
            this.obstacle = Optional.ofNullable(obstacle);
            this.obstacleThere = Optional.ofNullable(obstacleThere);
        }

        @Override
        public String name() {
            return "test";
        }

        @Override
        public Optional<Throwable> unavailabilityCause() {
            return obstacle;
        }

        @Override
        public PlatformProvider inNamespace(String nameOrPath) {
            entered.add(nameOrPath);
            return new Provider(obstacleThere.orElse(null), null);
        }

        @Override
        public Platform open(EventLoop loop) throws IOException {
            return host.platform().open(loop);
        }
    }

    @AfterEach
    void close() {
        network.close();
    }

    private static NodeConfig config(String namespace) {
        RouterConfig router = VirtualRouter.on(SimulatedHost.INTERFACE)
                .name("web")
                .vrid(51)
                .address("192.0.2.100/24")
                .config();
        return new NodeConfig(
                "n", List.of(router), false, Optional.of(new NamespaceName(namespace, "k.conf:3: net_namespace blue")));
    }

    private NodeBuilder node(PlatformProvider platform) {
        return VrrpNode.builder().transport(host.transport()).platform(platform).config(config("blue"));
    }

    @Test
    @DisplayName("the node starts on the platform of the namespace")
    void startsThere() {
        try (VrrpNode node = node(new Provider(null, null)).start()) {
            assertThat(node.status("web").role()).isNotEqualTo(Role.FAULT);
        }
        assertThat(entered).containsExactly("blue");
    }

    @Test
    @DisplayName("a namespace that cannot be entered refuses the start, with the place in the file")
    void refused() {
        assertThatThrownBy(() -> node(new Provider(null, new IOException("there is no network namespace blue")))
                        .start())
                .isInstanceOfSatisfying(
                        NodeStartException.class,
                        e -> assertThat(e.reason()).isEqualTo(NodeStartException.Reason.UNAVAILABLE))
                .hasMessage("k.conf:3: net_namespace blue: there is no network namespace blue");
        assertThatThrownBy(() -> node(new Provider(null, new MissingPermissionException("lacks CAP_SYS_ADMIN", null)))
                        .start())
                .isInstanceOfSatisfying(
                        NodeStartException.class,
                        e -> assertThat(e.reason()).isEqualTo(NodeStartException.Reason.PERMISSION))
                .hasMessageEndingWith("lacks CAP_SYS_ADMIN");
    }

    @Test
    @DisplayName("a platform without namespaces refuses the start, rather than use the wrong network")
    void unknownToPlatform() {
        assertThatThrownBy(() -> node(host.platform()).start())
                .isInstanceOf(NodeStartException.class)
                .hasMessageStartingWith("k.conf:3: net_namespace blue: the platform ")
                .hasMessageEndingWith(" knows no network namespaces");
    }

    @Test
    @DisplayName("two configurations with different namespaces need a node each")
    void oneForANode() {
        NodeBuilder builder = node(new Provider(null, null));
        assertThatThrownBy(() -> builder.config(config("green")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not in blue and green");
    }
}
