package org.vrrp4j.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.vrrp4j.sim.TestRouters.VIP;
import static org.vrrp4j.sim.TestRouters.router;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.RoleChange;
import org.vrrp4j.model.RouterId;
import org.vrrp4j.sim.Occurrence.NodeFate;
import org.vrrp4j.sim.Occurrence.Operation;
import org.vrrp4j.sim.Occurrence.RouterState;
import org.vrrp4j.sim.Occurrence.Stage;

/** Each standard invariant notices what it forbids: what no node does is made up here. */
class InvariantsTest extends ThreeHosts {
    private RouterId id;

    @BeforeEach
    void masterAndBackup() {
        startMasterAndBackup(Duration.ofSeconds(1));
        id = a.router().router();
    }

    private void occur(Occurrence occurrence) {
        simulation.network().occur(occurrence);
    }

    private void assertViolated(String sentence) {
        assertThatExceptionOfType(SimulationException.class)
                .isThrownBy(check())
                .withMessageContaining("violated: " + sentence);
    }

    private ThrowingCallable check() {
        return () -> simulation.runFor(Duration.ZERO);
    }

    @Test
    void anAddressThatABackupHolds() {
        SimulatedNode node = b.node();
        b.first().kernel().lease(VIP, node.process(), Duration.ofSeconds(1));
        assertViolated("a router that was told MASTER has its addresses");
    }

    @Test
    void anAddressThatAMasterLost() {
        a.first().kernel().remove(VIP, "behind its back");
        assertViolated("a router that was told MASTER has its addresses");
    }

    @Test
    void anAddressThatNoRouterIsConfiguredWith() {
        SimulatedNode node = a.node();
        a.first().kernel().lease(client.address(), node.process(), Duration.ofSeconds(1));
        assertViolated("a router that was told MASTER has its addresses");
    }

    @Test
    void aReleaseOfWhatIsNotHeld() {
        occur(new Occurrence.BackendOperation(b, id, Operation.RELEASE, Stage.BEGUN));
        assertViolated("one operation is under way at a time");
    }

    @Test
    void anOperationDuringAnother() {
        occur(new Occurrence.BackendOperation(b, id, Operation.ACQUIRE, Stage.BEGUN));
        assertThatCode(check()).doesNotThrowAnyException();
        occur(new Occurrence.BackendOperation(b, id, Operation.ACQUIRE, Stage.BEGUN));
        assertViolated("one operation is under way at a time");
    }

    @Test
    void aNodeThatStopsWithoutARelease() {
        occur(new Occurrence.NodeChanged(a, NodeFate.STOPPED));
        assertViolated("one operation is under way at a time");
    }

    @Test
    void aBackupThatAdvertises() {
        occur(new Occurrence.Advertised(b, id, 100, true, false));
        assertViolated("only a master advertises");
    }

    @Test
    void aMasterThatYieldsMayAdvertiseButNotInTheNextEvent() {
        occur(new Occurrence.Advertised(a, id, 150, true, false));
        assertThatCode(check()).doesNotThrowAnyException();
        occur(new Occurrence.Advertised(a, id, 0, true, false));
        assertThatCode(check()).doesNotThrowAnyException();
        occur(new Occurrence.Advertised(a, id, 150, true, false));
        assertViolated("only a master advertises");
    }

    @Test
    void anAnnouncementOfWhatIsNotHeld() {
        occur(new Occurrence.Announced(b, VIP, false));
        assertViolated("a host announces only addresses that it has");
    }

    @Test
    void aRoleThatDoesNotFollowTheLastOne() {
        RoleChange last = a.changes().get(a.changes().size() - 1);
        assertThat(last.to()).isEqualTo(Role.MASTER);
        occur(new Occurrence.RoleTold(a, last));
        assertViolated("what listeners are told is a chain");
    }

    @Test
    void aRejectedPacketThatMovesADeadline() {
        RouterState before = new RouterState(id, Role.BACKUP, 1, OptionalLong.of(1));
        RouterState after = new RouterState(id, Role.BACKUP, 2, OptionalLong.of(2));
        occur(new Occurrence.SuspiciousPacket(b, List.of(before), List.of(after)));
        assertViolated("a rejected packet changes neither role nor deadline");
    }

    @Test
    void anAddressThatItsBackendCouldNotRemoveIsLeftToItsLease() {
        a.backend(new BackendConditions(Duration.ZERO, 1));
        a.configure(router(50).build());
        simulation.runUntil(b::isMaster, LIMIT);
        assertThat(a.has(VIP)).isTrue();
        simulation.runFor(Duration.ofSeconds(3));
        assertThat(a.has(VIP)).isFalse();
    }
}
