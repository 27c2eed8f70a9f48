package org.vrrp4j.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vrrp4j.protocol.Rig.GREATER;
import static org.vrrp4j.protocol.Rig.LESS;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.VrrpVersion;

/** A master that gives its role to a peer on request. */
class HandOverTest {
    private static Rig handedOver() {
        Rig rig = Rig.master(Rig.quiet());
        rig.step(new Input.HandedOver());
        rig.released();
        rig.take();
        return rig;
    }

    @Test
    @DisplayName("R9568-6.4.3-8 addresses go, then priority 0, then the listener is told")
    void leavesLikeAMasterThatStops() {
        Rig rig = Rig.master(Rig.quiet());
        assertThat(rig.step(new Input.HandedOver())).containsExactly("RELEASE");
        assertThat(rig.machine.isLeaving()).isTrue();
        assertThat(rig.released()).containsExactly("ADV 0", "MASTER>BACKUP HANDED_OVER");
        assertThat(rig.machine.isLeaving()).isFalse();
    }

    @Test
    @DisplayName("OPEN-5 takes over again when the lowest priority would have")
    void takesOverAgainWhenTheLowestPriorityWouldHave() {
        Rig rig = handedOver();
        assertThat(rig.passMillis(499)).isEmpty();
        assertThat(rig.passMillis(1)).containsExactly("HandOverUnanswered", "ADV 100", "ACQUIRE");
        assertThat(rig.machine.cause()).isEqualTo(Cause.MASTER_DOWN);
    }

    @Test
    void waitsForTheWholeSkewOfVersionTwo() {
        Rig rig = Rig.master(Rig.quiet().version(VrrpVersion.V2).advertisementInterval(Duration.ofSeconds(1)));
        rig.step(new Input.HandedOver());
        rig.released();
        rig.take();
        assertThat(rig.passMillis(4990)).isEmpty();
        assertThat(rig.passMillis(10)).startsWith("HandOverUnanswered");
    }

    @Test
    @DisplayName("OPEN-5 does not preempt its successor")
    void doesNotPreemptItsSuccessor() {
        Rig rig = handedOver();
        for (int i = 0; i < 100; i++) {
            assertThat(rig.hear(LESS, 50)).isEmpty();
            assertThat(rig.passMillis(100)).isEmpty();
        }
        assertThat(rig.hear(LESS, 0)).isEmpty();
        assertThat(rig.passMillis(61)).containsExactly("ADV 100", "ACQUIRE");
        assertThat(rig.machine.cause()).isEqualTo(Cause.MASTER_RELEASED);
    }

    @Test
    void preemptsAgainAfterItsNextTerm() {
        Rig rig = handedOver();
        rig.hear(LESS, 50);
        rig.passMillis(361);
        rig.acquired();
        rig.hear(GREATER, 200);
        rig.released();
        assertThat(rig.machine.role()).isEqualTo(Role.BACKUP);
        rig.hear(LESS, 50);
        rig.passMillis(300);
        rig.hear(LESS, 50);
        rig.passMillis(61);
        assertThat(rig.machine.cause()).isEqualTo(Cause.PREEMPTION);
    }

    @Test
    void evenTheOwnerLeavesItsSuccessorAlone() {
        Rig rig = Rig.master(Rig.quiet().priority(255));
        rig.step(new Input.HandedOver());
        rig.released();
        rig.take();
        for (int i = 0; i < 10; i++) {
            rig.hear(LESS, 50);
            assertThat(rig.passMillis(100)).isEmpty();
        }
    }

    @Test
    void aBackupHasNothingToHandOver() {
        assertThat(Rig.backup(Rig.fast()).step(new Input.HandedOver())).isEmpty();
    }

    @Test
    void remembersWhetherAPeerWasHeard() {
        Rig rig = Rig.master(Rig.quiet());
        assertThat(rig.machine.hasHeardPeer()).isFalse();
        rig.hear(Rig.SOURCE, 50);
        assertThat(rig.machine.hasHeardPeer()).as("its own packet").isFalse();
        rig.hear(LESS, 50);
        assertThat(rig.machine.hasHeardPeer()).isTrue();
    }
}
