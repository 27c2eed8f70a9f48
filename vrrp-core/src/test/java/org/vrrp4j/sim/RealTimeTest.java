package org.vrrp4j.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.vrrp4j.sim.TestRouters.VIP;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.vrrp4j.VirtualRouter;
import org.vrrp4j.VrrpNode;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RoleChange;

/** Whole nodes on a network that runs in real time. */
class RealTimeTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final List<RoleChange> told = new CopyOnWriteArrayList<>();

    private VrrpNode start(SimulatedHost host, int priority) {
        return VrrpNode.builder()
                .transport(host.transport())
                .platform(host.platform())
                .router(VirtualRouter.on(SimulatedHost.INTERFACE)
                        .vrid(51)
                        .priority(priority)
                        .advertisementInterval(Duration.ofMillis(20))
                        .address("192.0.2.100/24")
                        .listener(told::add))
                .start();
    }

    @Test
    void standbyTakesOverFromANodeThatCrashedAndHandsBack() throws InterruptedException {
        try (SimulatedNetwork network = SimulatedNetwork.realTime()) {
            SimulatedHost a = network.host("a");
            SimulatedHost b = network.host("b");
            SimulatedHost client = network.host("client");
            try (VrrpNode first = start(a, 150);
                    VrrpNode second = start(b, 100)) {
                assertThat(first.awaitMaster(LIMIT)).isTrue();
                assertThat(a.has(VIP)).isTrue();

                a.crash();
                assertThat(second.awaitMaster(LIMIT)).isTrue();
                await().atMost(LIMIT).until(() -> !a.has(VIP));

                try (VrrpNode again = start(a, 150)) {
                    assertThat(again.awaitMaster(LIMIT)).isTrue();
                    await().atMost(LIMIT)
                            .untilAsserted(
                                    () -> assertThat(client.neighbour(VIP)).contains(a));
                    assertThat(second.isMaster()).isFalse();
                }
                assertThat(second.awaitMaster(LIMIT)).isTrue();
            }
            assertThat(b.addresses()).isEmpty();
        }
        assertThat(told.get(told.size() - 1).to()).isEqualTo(Role.INIT);
    }

    @Test
    void nodesThatAreStartedHereRunInRealTimeToo() {
        try (SimulatedNetwork network = SimulatedNetwork.realTime()) {
            SimulatedHost a = network.host("a");
            a.start(TestRouters.router(100).build());
            await().atMost(LIMIT).until(a::isMaster);

            a.stop();

            await().atMost(LIMIT).until(() -> !a.isRunning());
            assertThat(a.addresses()).isEmpty();
        }
    }
}
