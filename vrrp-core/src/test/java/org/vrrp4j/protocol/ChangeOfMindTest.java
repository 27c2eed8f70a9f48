package org.vrrp4j.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vrrp4j.protocol.Rig.GREATER;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.AnnouncementSchedule;
import org.vrrp4j.config.RouterConfigBuilder;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.VrrpEvent;

/** What happens while the backend is still at something else, and answers that come out of turn. */
class ChangeOfMindTest {
    private static final Input VANISHED = new Input.AddressVanished(Rig.address(Rig.VIP));
    private static final Input FAILED = new Input.AcquireFailed(Fault.ADDRESS_FAILED, "detail");

    private static RouterConfigBuilder twoAddresses(RouterConfigBuilder builder) {
        return builder.address(VirtualAddress.parse("192.0.2.101/24"));
    }

    /** Announces by its schedule only. */
    private static RouterConfigBuilder announcing() {
        return Rig.fast().announceWithAdvertisements(false);
    }

    private static Rig changing() {
        Rig rig = Rig.master(Rig.quiet());
        rig.configure(twoAddresses(Rig.quiet()));
        return rig;
    }

    private static Rig releasing() {
        Rig rig = Rig.master(Rig.quiet());
        rig.hear(GREATER, 200);
        return rig;
    }

    @Test
    @DisplayName("an answer that is not due has no effect, whatever is under way")
    void answersOutOfTurn() {
        Map<String, Input> answers = new LinkedHashMap<>();
        answers.put("acquiring", new Input.AddressesAcquired());
        answers.put("changing", new Input.AddressesChanged());
        answers.put("releasing", new Input.AddressesReleased());
        Map<String, Rig> rigs = new LinkedHashMap<>();
        rigs.put("nothing", Rig.backup(Rig.quiet()));
        rigs.put("acquiring", Rig.acquiring(Rig.quiet()));
        rigs.put("held", Rig.master(Rig.quiet()));
        rigs.put("changing", changing());
        rigs.put("releasing", releasing());
        rigs.forEach((stage, rig) -> answers.forEach((due, answer) -> {
            if (!stage.equals(due)) {
                boolean held = rig.machine.addressesHeld();
                boolean atRest = rig.machine.isAtRest();
                assertThat(rig.step(answer)).as("%s while %s", answer, stage).isEmpty();
                assertThat(rig.machine.addressesHeld()).isEqualTo(held);
                assertThat(rig.machine.isAtRest()).isEqualTo(atRest);
            }
        }));
    }

    @Test
    @DisplayName("a master is told only when a change that a former term began has ended, not by a stray answer")
    void regainedDuringAChange() {
        Rig rig = changing();
        rig.hear(GREATER, 200);
        assertThat(rig.passMillis(100)).containsExactly("MASTER>BACKUP HIGHER_PRIORITY");
        rig.hear(GREATER, 0);
        assertThat(rig.toDeadline()).containsExactly("ADV 100");
        assertThat(rig.acquired()).isEmpty();
        assertThat(rig.changed()).containsExactly("BACKUP>MASTER MASTER_RELEASED");
    }

    @Test
    @DisplayName("addresses that are changed before the start are changed with it")
    void changedBeforeTheStart() {
        Rig rig = new Rig(Rig.quiet());
        rig.source(Rig.SOURCE);
        assertThat(rig.configure(twoAddresses(Rig.quiet()))).isEmpty();
        assertThat(rig.step(new Input.Started())).contains("CHANGE");
    }

    @Test
    @DisplayName("a backup whose addresses cannot be changed is in FAULT; one that was stopped meanwhile is not")
    void changeOfABackupFails() {
        Rig rig = Rig.backup(Rig.quiet());
        rig.configure(twoAddresses(Rig.quiet()));
        assertThat(rig.step(FAILED)).containsExactly("BACKUP>FAULT ADDRESS_FAILED");
        Rig stopped = Rig.backup(Rig.quiet());
        stopped.configure(twoAddresses(Rig.quiet()));
        stopped.step(new Input.Stopped());
        assertThat(stopped.step(FAILED)).isEmpty();
        assertThat(stopped.machine.faults()).isEmpty();
    }

    @Test
    @DisplayName("a change that waited for an acquire is made when that fails")
    void changeAfterAFailedAcquire() {
        Rig rig = Rig.acquiring(Rig.quiet());
        rig.configure(twoAddresses(Rig.quiet()));
        assertThat(rig.step(FAILED)).containsExactly("CHANGE", "ADV 0", "BACKUP>FAULT ADDRESS_FAILED");
        Rig stopped = Rig.acquiring(Rig.quiet());
        stopped.configure(twoAddresses(Rig.quiet()));
        stopped.step(new Input.Stopped());
        assertThat(stopped.step(FAILED)).containsExactly("ADV 0", "BACKUP>INIT SHUTDOWN", "CHANGE");
    }

    @Test
    @DisplayName("a master that stops before its first acquire says so once the change before that has ended")
    void stoppedDuringAChangeBeforeTheFirstAcquire() {
        Rig rig = Rig.backup(Rig.quiet());
        rig.configure(twoAddresses(Rig.quiet()));
        rig.toDeadline();
        assertThat(rig.step(new Input.Stopped())).isEmpty();
        assertThat(rig.changed()).containsExactly("ADV 0", "BACKUP>INIT SHUTDOWN");
        assertThat(rig.machine.isAtRest()).isTrue();
    }

    @Test
    @DisplayName("announcements stop when a change begins, and begin again when it has ended")
    void announcementsPauseDuringAChange() {
        Rig rig = Rig.master(announcing());
        rig.configure(twoAddresses(announcing()));
        assertThat(rig.passMillis(99)).doesNotContain("ANNOUNCE");
        assertThat(rig.passMillis(400)).doesNotContain("ANNOUNCE");
        assertThat(rig.changed()).containsExactly("ANNOUNCE");
        assertThat(rig.passMillis(100)).contains("ANNOUNCE");
    }

    @Test
    @DisplayName("and when a change follows the acquire at once")
    void announcementsPauseWhenAChangeFollowsTheAcquire() {
        Rig rig = Rig.acquiring(announcing());
        rig.configure(twoAddresses(announcing()));
        assertThat(rig.acquired()).containsExactly("ANNOUNCE", "BACKUP>MASTER MASTER_DOWN", "CHANGE");
        assertThat(rig.passMillis(500)).doesNotContain("ANNOUNCE");
    }

    @Test
    @DisplayName("what was changed for a master that has left is not announced")
    void nothingIsAnnouncedForAMasterThatHasLeft() {
        Rig rig = Rig.master(announcing());
        rig.configure(twoAddresses(announcing()));
        rig.step(new Input.Stopped());
        assertThat(rig.changed()).containsExactly("RELEASE");
    }

    @Test
    @DisplayName("a new refresh counts at once, and none ends the announcements")
    void aNewRefreshCountsAtOnce() {
        Rig rig = Rig.master(Rig.quiet().announceWithAdvertisements(false));
        rig.passMillis(50);
        rig.configure(announcing().announcements(new AnnouncementSchedule(List.of(), Duration.ofSeconds(1))));
        assertThat(rig.pass(Duration.ofSeconds(3)))
                .filteredOn("ANNOUNCE"::equals)
                .hasSize(3);
        rig.configure(Rig.quiet().announceWithAdvertisements(false));
        assertThat(rig.pass(Duration.ofSeconds(3))).doesNotContain("ANNOUNCE");
    }

    @Test
    @DisplayName("an address that was lost before the master left is not told as restored in its next term")
    void lostInAFormerTerm() {
        Rig rig = Rig.master(Rig.quiet());
        rig.step(VANISHED);
        rig.hear(GREATER, 200);
        rig.acquired();
        rig.released();
        rig.hear(GREATER, 0);
        rig.toDeadline();
        assertThat(rig.acquired()).containsExactly("BACKUP>MASTER MASTER_RELEASED");
        assertThat(rig.reports(VrrpEvent.AddressRestored.class)).isEmpty();
    }

    @Test
    @DisplayName("nor is one that could not be put back")
    void lostAndNotPutBack() {
        Rig rig = Rig.master(Rig.quiet());
        rig.step(VANISHED);
        rig.step(FAILED);
        rig.pass(Duration.ofSeconds(5));
        rig.toDeadline();
        assertThat(rig.acquired()).containsExactly("BACKUP>MASTER MASTER_DOWN");
        assertThat(rig.reports(VrrpEvent.AddressRestored.class)).isEmpty();
    }
}
