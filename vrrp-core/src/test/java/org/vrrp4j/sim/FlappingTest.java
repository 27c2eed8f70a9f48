package org.vrrp4j.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vrrp4j.sim.TestRouters.router;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.VrrpEvent;

/** A network whose queues hold packets back for longer than a backup waits, again and again. */
class FlappingTest {
    private static final Duration SHORT = Duration.ofMillis(10);
    private static final LinkConditions QUEUEING = LinkConditions.IDEAL.withDelay(Duration.ofMillis(150));

    private final Simulation simulation = new Simulation(9568);
    private final SimulatedHost master = simulation.network().host("a");
    private final SimulatedHost backup = simulation.network().host("b");

    private void queueAndDrain(int times) {
        for (int i = 0; i < times; i++) {
            simulation.network().conditions(QUEUEING);
            simulation.runFor(Duration.ofMillis(100));
            simulation.network().conditions(LinkConditions.IDEAL);
            simulation.runFor(Duration.ofMillis(400));
        }
    }

    private List<VrrpEvent.MasterConflict> conflicts() {
        return master.events().stream()
                .filter(VrrpEvent.MasterConflict.class::isInstance)
                .map(VrrpEvent.MasterConflict.class::cast)
                .toList();
    }

    @Test
    @DisplayName("R9568-2.5-1 a master beside which a backup changes its role all the time tells so once")
    void masterTellsOnce() {
        master.start(router(150).advertisementInterval(SHORT).build());
        backup.start(router(100).advertisementInterval(SHORT).build());
        simulation.runUntil(master::isMaster, Duration.ofSeconds(1));

        queueAndDrain(20);

        assertThat(backup.changes().stream().filter(change -> change.to() == Role.MASTER))
                .as("the backup's times as master")
                .hasSizeGreaterThanOrEqualTo(20);
        assertThat(conflicts()).hasSize(1);
        assertThat(conflicts().get(0).rival()).isEqualTo(backup.address());
        simulation.runFor(Duration.ofSeconds(61));
        queueAndDrain(5);
        assertThat(conflicts()).as("after more than a minute in peace").hasSize(2);
    }
}
