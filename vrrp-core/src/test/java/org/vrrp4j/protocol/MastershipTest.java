package org.vrrp4j.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vrrp4j.protocol.Rig.LESS;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.VrrpEvent;

/** Backends that answer late, badly or not at all; the orders are the contract of {@link Effect}. */
class MastershipTest {
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final InetAddress VIP = Rig.address(Rig.VIP);

    private static Input failed(Fault fault) {
        return new Input.AcquireFailed(fault, "no");
    }

    @Test
    @DisplayName("advertisements go on while the backend is slow, and MASTER is told only when it is done")
    void slowBackendDelaysNothing() {
        Rig rig = Rig.acquiring(Rig.quiet());
        assertThat(rig.passMillis(300)).containsExactly("ADV 100", "ADV 100", "ADV 100");
        assertThat(rig.machine.addressesHeld()).isFalse();
        assertThat(rig.acquired()).containsExactly("BACKUP>MASTER MASTER_DOWN");
    }

    @Test
    @DisplayName("a master that loses while acquiring releases after the answer, and nothing was ever told")
    void lostWhileAcquiring() {
        Rig rig = Rig.acquiring(Rig.quiet());
        assertThat(rig.hear(LESS, 101)).containsExactly("ADV 100");
        assertThat(rig.acquired()).containsExactly("RELEASE");
        assertThat(rig.machine.isAtRest()).isFalse();
        assertThat(rig.released()).isEmpty();
        assertThat(rig.machine.isAtRest()).isTrue();
    }

    @Test
    @DisplayName("an acquire that fails after the role was lost needs no release")
    void acquireFailsAfterLoss() {
        Rig rig = Rig.acquiring(Rig.quiet());
        rig.hear(LESS, 101);
        assertThat(rig.step(failed(Fault.ADDRESS_FAILED))).isEmpty();
        assertThat(rig.machine.role()).isEqualTo(Role.BACKUP);
        assertThat(rig.machine.isAtRest()).isTrue();
    }

    @Test
    @DisplayName("a master stopped while acquiring gives up by priority 0 once the addresses are gone again")
    void stoppedWhileAcquiring() {
        Rig rig = Rig.acquiring(Rig.quiet());
        assertThat(rig.step(new Input.Stopped())).isEmpty();
        assertThat(rig.acquired()).containsExactly("RELEASE");
        assertThat(rig.released()).containsExactly("ADV 0", "BACKUP>INIT SHUTDOWN");
        Rig failing = Rig.acquiring(Rig.quiet());
        failing.step(new Input.Stopped());
        assertThat(failing.step(failed(Fault.ADDRESS_FAILED))).containsExactly("ADV 0", "BACKUP>INIT SHUTDOWN");
    }

    @Test
    @DisplayName("a role regained while the first acquire is under way does not acquire twice")
    void regainedWhileAcquiring() {
        Rig rig = Rig.acquiring(Rig.quiet());
        rig.hear(LESS, 101);
        assertThat(rig.passMillis(361)).containsExactly("ADV 100");
        assertThat(rig.acquired()).containsExactly("BACKUP>MASTER MASTER_DOWN");
    }

    @Test
    @DisplayName("a role regained while releasing acquires after the answer; the loss is told before the gain")
    void regainedWhileReleasing() {
        Rig rig = Rig.master(Rig.quiet());
        assertThat(rig.hear(LESS, 101)).containsExactly("ADV 100", "RELEASE");
        rig.hear(LESS, 0);
        assertThat(rig.toDeadline()).containsExactly("MASTER>BACKUP HIGHER_PRIORITY", "ADV 100");
        assertThat(rig.machine.role()).isEqualTo(Role.MASTER);
        assertThat(rig.released()).containsExactly("ACQUIRE");
        assertThat(rig.acquired()).containsExactly("BACKUP>MASTER MASTER_RELEASED");
    }

    @Test
    @DisplayName("a role regained and lost again while releasing releases once")
    void regainedAndLostWhileReleasing() {
        Rig rig = Rig.master(Rig.quiet());
        rig.hear(LESS, 101);
        rig.hear(LESS, 0);
        rig.toDeadline();
        rig.take();
        assertThat(rig.hear(LESS, 101)).containsExactly("ADV 100");
        assertThat(rig.released()).isEmpty();
        assertThat(rig.machine.isAtRest()).isTrue();
    }

    @Test
    @DisplayName("a release that never answers is waited for an interval")
    void releaseNeverAnswers() {
        Rig rig = Rig.master(Rig.quiet());
        rig.step(new Input.Stopped());
        assertThat(rig.untilDeadline()).isEqualTo(Duration.ofMillis(100));
        assertThat(rig.toDeadline()).containsExactly("ADV 0", "MASTER>INIT SHUTDOWN");
        assertThat(rig.machine.isAtRest()).isFalse();
        assertThat(rig.machine.nextDeadlineNanos()).isEmpty();
        assertThat(rig.released()).isEmpty();
        assertThat(rig.machine.isAtRest()).isTrue();
    }

    @Test
    @DisplayName("a release that never answers is waited for a second at most")
    void releaseIsWaitedForASecondAtMost() {
        Rig rig = Rig.master(Rig.quiet().advertisementInterval(Duration.ofMillis(40_950)));
        rig.step(new Input.Stopped());
        assertThat(rig.untilDeadline()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    @DisplayName("a failed acquire gives up, tells FAULT, and is tried again after 5 s")
    void failedAcquireIsTriedAgain() {
        Rig rig = Rig.acquiring(Rig.quiet());
        assertThat(rig.step(failed(Fault.ADDRESS_FAILED))).containsExactly("ADV 0", "BACKUP>FAULT ADDRESS_FAILED");
        assertThat(rig.lastTold().detail()).isEqualTo("no");
        assertThat(rig.untilDeadline()).isEqualTo(RETRY);
        assertThat(rig.toDeadline()).containsExactly("FAULT>BACKUP RECOVERED");
        assertThat(rig.toDeadline()).containsExactly("ADV 100", "ACQUIRE");
        assertThat(rig.acquired()).containsExactly("BACKUP>MASTER MASTER_DOWN");
    }

    @Test
    @DisplayName("the owner tries again after 5 s too")
    void ownerTriesAgain() {
        Rig rig = Rig.acquiring(Rig.quiet().priority(255));
        assertThat(rig.step(failed(Fault.ADDRESS_FAILED))).containsExactly("ADV 0", "INIT>FAULT ADDRESS_FAILED");
        assertThat(rig.toDeadline()).containsExactly("ADV 255", "ACQUIRE");
        assertThat(rig.acquired()).containsExactly("FAULT>MASTER OWNER");
    }

    @Test
    @DisplayName("an address fault during another fault is tried again as soon as the other has ended")
    void addressFaultDuringAnotherFault() {
        Rig rig = Rig.backup(Rig.quiet());
        rig.fault(Fault.LINK_DOWN);
        rig.fault(Fault.ADDRESS_FAILED);
        assertThat(rig.cleared(Fault.LINK_DOWN)).containsExactly("FAULT>BACKUP RECOVERED");
        assertThat(rig.toDeadline()).containsExactly("ADV 100", "ACQUIRE");
    }

    @Test
    @DisplayName("an address that failed as its interface went is tried again as soon as all that was wrong has ended")
    void addressFaultOfAnInterfaceThatGoes() {
        Rig rig = Rig.acquiring(Rig.quiet());
        rig.step(failed(Fault.ADDRESS_FAILED));
        rig.fault(Fault.INTERFACE_MISSING);
        rig.fault(Fault.NO_SOURCE_ADDRESS);
        assertThat(rig.cleared(Fault.INTERFACE_MISSING)).isEmpty();
        assertThat(rig.cleared(Fault.NO_SOURCE_ADDRESS)).containsExactly("FAULT>BACKUP RECOVERED");
        assertThat(rig.toDeadline()).containsExactly("ADV 100", "ACQUIRE");
    }

    @Test
    @DisplayName("an address that somebody else put there keeps the router out until it is gone")
    void foreignAddressKeepsItOut() {
        Rig rig = Rig.acquiring(Rig.quiet());
        assertThat(rig.step(failed(Fault.FOREIGN_ADDRESS))).containsExactly("ADV 0", "BACKUP>FAULT FOREIGN_ADDRESS");
        assertThat(rig.machine.nextDeadlineNanos()).isEmpty();
        assertThat(rig.cleared(Fault.FOREIGN_ADDRESS)).containsExactly("FAULT>BACKUP RECOVERED");
        assertThat(rig.fault(Fault.FOREIGN_ADDRESS)).containsExactly("BACKUP>FAULT FOREIGN_ADDRESS");
    }

    @Test
    @DisplayName("a fault while leaving: the first departure is told first")
    void faultWhileLeaving() {
        Rig rig = Rig.master(Rig.quiet());
        rig.hear(LESS, 101);
        assertThat(rig.fault(Fault.LINK_DOWN))
                .containsExactly("MASTER>BACKUP HIGHER_PRIORITY", "BACKUP>FAULT LINK_DOWN");
        assertThat(rig.released()).isEmpty();
        assertThat(rig.machine.isAtRest()).isTrue();
    }

    @Test
    @DisplayName("a fault that ends while leaving: the fault is told before the recovery")
    void recoveryWhileLeaving() {
        Rig rig = Rig.master(Rig.quiet());
        assertThat(rig.fault(Fault.LINK_DOWN)).containsExactly("RELEASE");
        assertThat(rig.cleared(Fault.LINK_DOWN)).containsExactly("MASTER>FAULT LINK_DOWN", "FAULT>BACKUP RECOVERED");
        assertThat(rig.released()).isEmpty();
    }

    @Test
    @DisplayName("stopped and started again while releasing: priority 0 and the stop come first")
    void restartWhileLeaving() {
        Rig rig = Rig.master(Rig.quiet());
        rig.step(new Input.Stopped());
        assertThat(rig.step(new Input.Started()))
                .containsExactly("ADV 0", "MASTER>INIT SHUTDOWN", "INIT>BACKUP STARTUP");
    }

    @Test
    @DisplayName("a vanished address is put back, announced and told")
    void vanishedAddressIsPutBack() {
        Rig rig = Rig.master(Rig.fast());
        assertThat(rig.step(new Input.AddressVanished(VIP))).containsExactly("ACQUIRE");
        assertThat(rig.machine.addressesHeld()).isFalse();
        assertThat(rig.machine.role()).isEqualTo(Role.MASTER);
        assertThat(rig.step(new Input.AddressVanished(Rig.address("192.0.2.101"))))
                .isEmpty();
        assertThat(rig.acquired()).containsExactly("ANNOUNCE", "AddressRestored", "AddressRestored");
        assertThat(rig.reports(VrrpEvent.AddressRestored.class))
                .extracting(VrrpEvent.AddressRestored::address)
                .containsExactly(VIP, Rig.address("192.0.2.101"));
    }

    @Test
    @DisplayName("an address that vanishes again while it is put back is told once")
    void addressThatVanishesAgain() {
        Rig rig = Rig.master(Rig.fast());
        rig.step(new Input.AddressVanished(VIP));
        rig.step(new Input.AddressVanished(VIP));
        assertThat(rig.acquired()).containsExactly("ANNOUNCE", "AddressRestored");
    }

    @Test
    @DisplayName("a vanished address that cannot be put back is a fault")
    void vanishedAddressThatStaysAway() {
        Rig rig = Rig.master(Rig.fast());
        rig.step(new Input.AddressVanished(VIP));
        assertThat(rig.step(failed(Fault.ADDRESS_FAILED))).containsExactly("ADV 0", "MASTER>FAULT ADDRESS_FAILED");
        assertThat(rig.machine.nextDeadlineNanos()).isNotEmpty();
    }

    @Test
    @DisplayName("a master that leaves while putting an address back releases after the answer")
    void leavingWhilePuttingBack() {
        Rig rig = Rig.master(Rig.fast());
        rig.step(new Input.AddressVanished(VIP));
        assertThat(rig.step(new Input.Stopped())).isEmpty();
        assertThat(rig.acquired()).containsExactly("RELEASE");
        assertThat(rig.released()).containsExactly("ADV 0", "MASTER>INIT SHUTDOWN");
    }

    @Test
    @DisplayName("an address that vanishes from a backup, or while the first acquire is under way, means nothing")
    void vanishedElsewhere() {
        assertThat(Rig.backup(Rig.fast()).step(new Input.AddressVanished(VIP))).isEmpty();
        Rig acquiring = Rig.acquiring(Rig.fast());
        assertThat(acquiring.step(new Input.AddressVanished(VIP))).isEmpty();
        assertThat(acquiring.acquired()).containsExactly("ANNOUNCE", "BACKUP>MASTER MASTER_DOWN");
    }

    @Test
    @DisplayName("answers that nobody waits for change nothing")
    void unexpectedAnswersChangeNothing() {
        Rig master = Rig.master(Rig.quiet());
        assertThat(master.step(failed(Fault.ADDRESS_FAILED))).isEmpty();
        assertThat(master.released()).isEmpty();
        assertThat(master.acquired()).isEmpty();
        assertThat(master.machine.role()).isEqualTo(Role.MASTER);
        assertThat(master.machine.cause()).isEqualTo(Cause.MASTER_DOWN);
        assertThat(master.machine.addressesHeld()).isTrue();
        Rig regained = Rig.master(Rig.quiet());
        regained.hear(LESS, 101);
        regained.hear(LESS, 0);
        regained.toDeadline();
        assertThat(regained.acquired()).as("while releasing").isEmpty();
        Rig stopped = Rig.acquiring(Rig.quiet());
        stopped.step(new Input.Stopped());
        assertThat(stopped.released()).as("while acquiring").isEmpty();
    }

    @Test
    @DisplayName("a master that nobody hears does not put back what it loses: FAULT, and again after 5 s")
    void unheardMasterGivesUp() {
        Rig rig = Rig.master(Rig.quiet());
        rig.step(new Input.SendFailed());
        rig.step(new Input.SendFailed());
        assertThat(rig.step(new Input.AddressVanished(Rig.address(Rig.VIP)))).containsExactly("RELEASE");
        assertThat(rig.released()).containsExactly("ADV 0", "MASTER>FAULT ADDRESS_FAILED");

        assertThat(rig.pass(Duration.ofSeconds(5))).containsExactly("FAULT>BACKUP RECOVERED");
        assertThat(rig.passMillis(361)).containsExactly("ADV 100");
        assertThat(rig.step(new Input.SendFailed())).containsExactly("ADV 0", "BACKUP>FAULT ADDRESS_FAILED");
    }

    @Test
    @DisplayName("a master that was not heard acquires as soon as an advertisement goes out")
    void heardAgain() {
        Rig rig = Rig.backup(Rig.quiet());
        rig.step(new Input.SendFailed());
        rig.step(new Input.SendFailed());
        assertThat(rig.passMillis(361)).containsExactly("ADV 100");
        assertThat(rig.step(new Input.SendRecovered())).containsExactly("ACQUIRE");
        assertThat(rig.acquired()).containsExactly("BACKUP>MASTER MASTER_DOWN");
    }

    @Test
    @DisplayName("one advertisement that could not be sent changes nothing")
    void oneFailureIsNothing() {
        Rig rig = Rig.master(Rig.quiet());
        rig.step(new Input.SendFailed());
        assertThat(rig.step(new Input.AddressVanished(Rig.address(Rig.VIP)))).containsExactly("ACQUIRE");
        assertThat(rig.machine.role()).isEqualTo(Role.MASTER);
    }
}
