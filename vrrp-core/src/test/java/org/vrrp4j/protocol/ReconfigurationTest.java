package org.vrrp4j.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vrrp4j.protocol.Rig.GREATER;
import static org.vrrp4j.protocol.Rig.LESS;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.RouterConfigBuilder;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.Role;

/** Another configuration for a router that runs. */
class ReconfigurationTest {
    private static RouterConfigBuilder twoAddresses() {
        return Rig.quiet().address(VirtualAddress.parse("192.0.2.101/24"));
    }

    @Test
    void aMasterShowsItsNewPriorityAtOnce() {
        Rig rig = Rig.master(Rig.quiet());
        rig.passMillis(30);
        assertThat(rig.configure(Rig.quiet().priority(120))).containsExactly("ADV 120");
        assertThat(rig.untilDeadline()).isEqualTo(Duration.ofMillis(100));
        assertThat(rig.hear(GREATER, 110)).as("a lower one now").contains("ADV 120");
        assertThat(rig.configure(Rig.quiet().priority(50))).containsExactly("ADV 50");
        assertThat(rig.hear(GREATER, 110)).startsWith("ADV 50").contains("RELEASE");
    }

    @Test
    void nothingIsSentWhenNothingIsNewToThePeers() {
        Rig rig = Rig.master(Rig.quiet());
        assertThat(rig.configure(Rig.quiet().preempt(false))).isEmpty();
    }

    @Test
    void aMasterAdvertisesWithItsNewInterval() {
        Rig rig = Rig.master(Rig.quiet());
        assertThat(rig.configure(Rig.quiet().advertisementInterval(Duration.ofMillis(200))))
                .containsExactly("ADV 100");
        assertThat(rig.untilDeadline()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void aMasterChangesItsAddressesWithoutLeavingItsRole() {
        Rig rig = Rig.master(Rig.quiet());
        RouterConfigBuilder announced = Rig.fast().address(VirtualAddress.parse("192.0.2.101/24"));
        assertThat(rig.configure(announced)).containsExactly("ADV 100", "CHANGE");
        assertThat(rig.machine.addressesHeld()).isTrue();
        assertThat(rig.passMillis(99)).as("not before they are in place").doesNotContain("ANNOUNCE");
        assertThat(rig.changed()).containsExactly("ANNOUNCE");
        assertThat(rig.machine.role()).isEqualTo(Role.MASTER);
    }

    @Test
    void aChangeWaitsForTheAnswerToWhatIsUnderWay() {
        Rig acquiring = Rig.acquiring(Rig.quiet());
        assertThat(acquiring.configure(twoAddresses())).containsExactly("ADV 100");
        assertThat(acquiring.acquired()).containsExactly("BACKUP>MASTER MASTER_DOWN", "CHANGE");
        Rig releasing = Rig.master(Rig.quiet());
        releasing.hear(GREATER, 200);
        assertThat(releasing.configure(twoAddresses())).isEmpty();
        assertThat(releasing.released()).containsExactly("MASTER>BACKUP HIGHER_PRIORITY", "CHANGE");
    }

    @Test
    void onlyTheLastOfSeveralChangesIsMadeAfterTheFirst() {
        Rig rig = Rig.master(Rig.quiet());
        rig.configure(twoAddresses());
        rig.configure(Rig.quiet());
        rig.configure(twoAddresses().address(VirtualAddress.parse("192.0.2.102/24")));
        assertThat(rig.changed()).containsExactly("CHANGE");
        assertThat(rig.changed()).isEmpty();
    }

    @Test
    void aMasterThatLeavesDuringAChangeReleasesAfterIt() {
        Rig rig = Rig.master(Rig.quiet());
        rig.configure(twoAddresses());
        assertThat(rig.step(new Input.Stopped())).isEmpty();
        assertThat(rig.changed()).containsExactly("RELEASE");
        assertThat(rig.released()).containsExactly("ADV 0", "MASTER>INIT SHUTDOWN");
    }

    @Test
    void aMasterWhoseChangeFailsIsInFaultAndTriesAgain() {
        Rig rig = Rig.master(Rig.quiet());
        rig.configure(twoAddresses());
        assertThat(rig.step(new Input.AcquireFailed(Fault.ADDRESS_FAILED, "detail")))
                .containsExactly("ADV 0", "MASTER>FAULT ADDRESS_FAILED");
        assertThat(rig.pass(Duration.ofSeconds(5))).containsExactly("FAULT>BACKUP RECOVERED");
    }

    @Test
    void aBackupChangesItsAddressesBeforeItCanAcquireThem() {
        Rig rig = Rig.backup(Rig.quiet());
        assertThat(rig.configure(twoAddresses())).containsExactly("CHANGE");
        assertThat(rig.toDeadline()).containsExactly("ADV 100");
        assertThat(rig.changed()).containsExactly("ACQUIRE");
        assertThat(rig.acquired()).containsExactly("BACKUP>MASTER MASTER_DOWN");
    }

    @Test
    void aBackupIsQuickerByTheSkewOfItsNewPriority() {
        Rig rig = Rig.backup(Rig.quiet().priority(1));
        rig.passMillis(50);
        Duration before = rig.untilDeadline();
        rig.configure(Rig.quiet().priority(129));
        assertThat(rig.untilDeadline()).isEqualTo(before.minusMillis(50));
    }

    @Test
    void aBackupPreemptsOnceItsPriorityIsHigher() {
        Rig rig = Rig.backup(Rig.quiet());
        rig.hear(LESS, 150);
        rig.configure(Rig.quiet().priority(200));
        for (int i = 0; i < 3; i++) {
            rig.passMillis(100);
            rig.hear(LESS, 150);
        }
        rig.passMillis(100);
        assertThat(rig.machine.cause()).isEqualTo(Cause.PREEMPTION);
    }

    @Test
    void aRouterThatHasHandedOverTakesPartAgain() {
        Rig rig = Rig.master(Rig.quiet());
        rig.step(new Input.HandedOver());
        rig.released();
        rig.hear(LESS, 50);
        rig.configure(Rig.quiet());
        rig.passMillis(100);
        rig.hear(LESS, 50);
        rig.passMillis(300);
        assertThat(rig.machine.cause()).isEqualTo(Cause.PREEMPTION);
    }

    @Test
    void anotherIdentityIsRefused() {
        Rig rig = Rig.backup(Rig.quiet());
        RouterConfigBuilder other = RouterConfig.builder("eth0", 52).address(VirtualAddress.parse("192.0.2.100/24"));
        assertThatThrownBy(() -> rig.configure(other)).hasMessageContaining("stay while a router runs");
    }
}
