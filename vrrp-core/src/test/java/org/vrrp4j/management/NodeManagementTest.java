package org.vrrp4j.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.model.BfdSessions;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.NodeStatus;
import org.vrrp4j.model.RejectionReason;
import org.vrrp4j.model.ReloadStatus;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.model.RouterStatistics;
import org.vrrp4j.model.RouterStatus;
import org.vrrp4j.model.SendingAhead;

class NodeManagementTest {
    private static final String NODE = "a \"node\", with=signs";

    private static final SendingAhead NO_IO_URING =
            new SendingAhead(Duration.ofMillis(400), Optional.of("no io_uring"));

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    private static NodeStatus status(Role role) {
        try {
            RouterStatus router = new RouterStatus(
                    new RouterId("eth0", 51, IpFamily.IPV4),
                    "VI_1",
                    role,
                    Cause.MASTER_DOWN,
                    Instant.EPOCH,
                    7,
                    150,
                    150,
                    Duration.ofMillis(100),
                    List.of(InetAddress.getByName("192.0.2.100")),
                    true,
                    Optional.empty(),
                    0,
                    Set.of(Fault.LINK_DOWN),
                    new RouterStatistics(1, 2, 3, 4, 5, 6, 7, 8, 9, Map.of(), Map.of(RejectionReason.TTL, 10L)));
            return new NodeStatus(
                    NODE,
                    List.of(router),
                    List.of(),
                    List.of(),
                    Map.of(),
                    Optional.empty(),
                    NO_IO_URING,
                    BfdSessions.NONE);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aBeanShowsTheStatusOfTheMomentUntilItIsClosed() throws Exception {
        AtomicReference<NodeStatus> now = new AtomicReference<>(status(Role.BACKUP));
        ObjectName name = NodeManagement.name(NODE, "VI_1");
        try (NodeManagement management = NodeManagement.register(now::get)) {
            assertThat(server.getAttribute(name, "Role")).isEqualTo("BACKUP");
            now.set(status(Role.MASTER));
            assertThat(server.getAttribute(name, "Role")).isEqualTo("MASTER");
            assertThat(server.getAttribute(name, "Master")).isEqualTo(true);
            assertThat(server.getAttribute(name, "Epoch")).isEqualTo(7L);
            assertThat(server.getAttribute(name, "Addresses")).isEqualTo(new String[] {"192.0.2.100"});
            assertThat(server.getAttribute(name, "Stalls")).isEqualTo(8L);
            assertThat(server.getMBeanInfo(name).getAttributes()).hasSize(20);
            for (var attribute : server.getMBeanInfo(name).getAttributes()) {
                assertThat(attribute.isWritable()).isFalse();
                assertThat(server.getAttribute(name, attribute.getName())).isNotNull();
            }
            assertThat(management).isNotNull();
        }

        assertThat(server.isRegistered(name)).isFalse();
    }

    @Test
    void theNodeHasABeanThatTellsOfTheLastReload() throws Exception {
        ObjectName name = NodeManagement.name(NODE);
        NodeStatus plain = status(Role.MASTER);
        AtomicReference<NodeStatus> now = new AtomicReference<>(plain);
        try (NodeManagement management = NodeManagement.register(now::get)) {
            assertThat(server.getAttribute(name, "LastReload")).isEqualTo("");
            now.set(new NodeStatus(
                    NODE,
                    plain.routers(),
                    List.of(),
                    List.of(),
                    Map.of(),
                    Optional.of(new ReloadStatus(Instant.EPOCH, false, "k.conf:3: error: no")),
                    NO_IO_URING,
                    BfdSessions.NONE));
            assertThat(server.getAttribute(name, "LastReload")).isEqualTo("1970-01-01T00:00:00Z");
            assertThat(server.getAttribute(name, "LastReloadDone")).isEqualTo(false);
            assertThat(server.getAttribute(name, "LastReloadText")).isEqualTo("k.conf:3: error: no");
            assertThat(server.getAttribute(name, "PauseGraceMillis")).isEqualTo(0L);
            assertThat(server.getAttribute(name, "PauseGraceUnavailability")).isEqualTo("no io_uring");
            assertThat(server.getAttribute(name, "Routers")).isEqualTo(new String[] {"VI_1"});
            assertThat(management).isNotNull();
        }
        assertThat(server.isRegistered(name)).isFalse();
    }

    @Test
    void afterAReloadThereAreTheBeansOfTheNewRouters() {
        AtomicReference<NodeStatus> now = new AtomicReference<>(status(Role.MASTER));
        try (NodeManagement management = NodeManagement.register(now::get)) {
            now.set(new NodeStatus(NODE, List.of(), List.of(), List.of(), Map.of()));
            management.refresh();
            assertThat(server.isRegistered(NodeManagement.name(NODE, "VI_1"))).isFalse();
            now.set(status(Role.MASTER));
            management.refresh();
            assertThat(server.isRegistered(NodeManagement.name(NODE, "VI_1"))).isTrue();
        }
        assertThat(server.isRegistered(NodeManagement.name(NODE, "VI_1"))).isFalse();
    }

    @Test
    void twoNodesOfOneNameAreRefusedAndTheFirstStays() {
        try (NodeManagement first = NodeManagement.register(() -> status(Role.BACKUP))) {
            assertThatThrownBy(() -> NodeManagement.register(() -> status(Role.BACKUP)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cannot be registered for JMX");
            assertThat(server.isRegistered(NodeManagement.name(NODE, "VI_1"))).isTrue();
            assertThat(first).isNotNull();
        }
    }
}
