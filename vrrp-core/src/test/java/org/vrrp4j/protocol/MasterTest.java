package org.vrrp4j.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vrrp4j.protocol.Rig.GREATER;
import static org.vrrp4j.protocol.Rig.LESS;
import static org.vrrp4j.protocol.Rig.SOURCE;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.vrrp4j.config.AnnouncementSchedule;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.model.VrrpVersion;

/** Active: RFC 9568, 6.4.3, and the answers to rivals that version 2 gets too. */
class MasterTest {
    private static final Duration INTERVAL = Duration.ofMillis(100);

    @Test
    @DisplayName("R9568-6.4.3-9 a master advertises once an interval")
    void masterAdvertisesOnceAnInterval() {
        Rig rig = Rig.master(Rig.quiet());
        List<String> effects = new ArrayList<>(rig.pass(Duration.ofSeconds(1)));
        effects.removeAll(List.of("RENEW"));
        assertThat(effects).isEqualTo(Collections.nCopies(10, "ADV 100"));
    }

    @Test
    @DisplayName("R9568-6.4.3-9 a late timer does not shift the ones after it")
    void lateTimersDoNotShift() {
        Rig rig = Rig.master(Rig.quiet());
        assertThat(rig.stall(Duration.ofMillis(130)).step(new Input.TimePassed()))
                .containsExactly("ADV 100");
        assertThat(rig.untilDeadline()).isEqualTo(Duration.ofMillis(70));
        rig.toDeadline();
        assertThat(rig.stall(Duration.ofMillis(210)).step(new Input.TimePassed()))
                .containsExactly("ADV 100", "RENEW");
        assertThat(rig.untilDeadline())
                .as("after a whole interval lost there is no catching up")
                .isEqualTo(INTERVAL);
    }

    @Test
    @DisplayName("R9568-6.4.3-10 priority 0 of another master is answered, and Adver_Timer starts anew")
    void priorityZeroIsAnswered() {
        Rig rig = Rig.master(Rig.quiet());
        rig.passMillis(40);
        assertThat(rig.hear(GREATER, 0)).containsExactly("ADV 100");
        assertThat(rig.untilDeadline()).isEqualTo(INTERVAL);
        assertThat(rig.machine.role()).isEqualTo(Role.MASTER);
    }

    @Test
    @DisplayName("R9568-6.4.3-11 a master yields to a higher priority: advertise once more, release, tell")
    void masterYieldsToAHigherPriority() {
        Rig rig = Rig.master(Rig.quiet());
        assertThat(rig.hear(LESS, 101)).containsExactly("ADV 100", "RELEASE");
        assertThat(rig.machine.role()).isEqualTo(Role.BACKUP);
        assertThat(rig.released()).containsExactly("MASTER>BACKUP HIGHER_PRIORITY");
        assertThat(rig.lastTold().master()).contains(Rig.address(LESS));
        assertThat(rig.untilDeadline()).isEqualTo(Duration.ofNanos(360_937_500));
    }

    @Test
    @DisplayName("R9568-6.4.3-11 a master that yields adopts the interval of the other one")
    void yieldingLearnsTheInterval() {
        Rig rig = Rig.master(Rig.quiet());
        rig.hear(LESS, rig.advertisement(101, Duration.ofMillis(200)));
        rig.released();
        assertThat(rig.untilDeadline()).isEqualTo(Duration.ofNanos(721_875_000));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.11, 192.0.2.12, true",
        "192.0.2.11, 192.0.2.10, false",
        "192.0.2.127, 192.0.2.128, true",
        "192.0.2.128, 192.0.2.127, false",
        "127.0.0.1, 128.0.0.1, true",
        "128.0.0.1, 127.0.0.1, false",
        "fe80::1, fe80::8000:0:0:0, true",
        "fe80::8000:0:0:0, fe80::1, false"
    })
    @DisplayName("R9568-6.4.3-11 at equal priority the greater address wins, compared as unsigned numbers")
    void greaterAddressWins(String ours, String theirs, boolean yields) {
        boolean ipv6 = ours.contains(":");
        Rig rig = Rig.master(
                ipv6
                        ? RouterConfig.builder("eth0", 51)
                                .address(VirtualAddress.parse("fe80::51"))
                                .announcements(Rig.NO_ANNOUNCEMENTS)
                                .conflictAnnouncements(Rig.NO_ANNOUNCEMENTS)
                        : Rig.quiet());
        rig.source(ours);
        assertThat(rig.hear(theirs, 100))
                .isEqualTo(yields ? List.of("ADV 100", "RELEASE") : List.of("ADV 100", "MasterConflict"));
        assertThat(rig.released()).isEqualTo(yields ? List.of("MASTER>BACKUP HIGHER_ADDRESS") : List.of());
    }

    @Test
    @DisplayName("R9568-6.4.3-13 a master does not consult Preempt_Mode")
    void masterYieldsWithoutPreemptionToo() {
        Rig rig = Rig.master(Rig.quiet().preempt(false));
        assertThat(rig.hear(LESS, 101)).containsExactly("ADV 100", "RELEASE");
        Rig other = Rig.master(Rig.quiet().preempt(false));
        assertThat(other.hear(GREATER, 99)).containsExactly("ADV 100", "MasterConflict");
        assertThat(other.machine.role()).isEqualTo(Role.MASTER);
    }

    @Test
    @DisplayName("R9568-7.1-5 R9568-8.3.2-2 two owners resolve by address, and the one that stays reports the other")
    void ownersResolveByAddress() {
        Rig yielding = Rig.master(Rig.quiet().priority(255));
        assertThat(yielding.hear(GREATER, 255)).containsExactly("ADV 255", "RELEASE");
        Rig staying = Rig.master(Rig.quiet().priority(255));
        assertThat(staying.hear(LESS, 255)).containsExactly("ADV 255", "MasterConflict");
    }

    @ParameterizedTest
    @EnumSource(VrrpVersion.class)
    @DisplayName("R9568-6.4.3-12 a loser is answered and announced against at once; Adver_Timer is not reset")
    void loserIsAnsweredAtOnce(VrrpVersion version) {
        Rig rig = Rig.master(Rig.fast().version(version).advertisementInterval(Duration.ofSeconds(1)));
        rig.passMillis(40);
        assertThat(rig.hear(GREATER, 99)).containsExactly("ADV 100", "ANNOUNCE", "MasterConflict");
        assertThat(rig.passMillis(959)).doesNotContain("ADV 100");
        assertThat(rig.passMillis(1)).contains("ADV 100");
    }

    @Test
    @DisplayName("the last advertisement of a master that was just preempted is answered, and no conflict to report")
    void goodbyeOfThePreemptedIsNoConflict() {
        Rig rig = Rig.backup(Rig.fast());
        rig.hear(LESS, 99);
        rig.passMillis(361);
        assertThat(rig.acquired()).contains("BACKUP>MASTER PREEMPTION");
        assertThat(rig.hear(LESS, 99)).contains("ADV 100").doesNotContain("MasterConflict");
        assertThat(rig.hear(LESS, 99)).contains("MasterConflict");
    }

    @Test
    @DisplayName("the last advertisement of the master that an owner replaces as it starts is no conflict to report")
    void goodbyeToAnOwnerIsNoConflict() {
        Rig rig = Rig.acquiring(Rig.fast().priority(255));
        assertThat(rig.hear(LESS, 99)).contains("ADV 255").doesNotContain("MasterConflict");
        rig.acquired();
        assertThat(rig.hear(LESS, 99)).contains("MasterConflict");
    }

    @Test
    @DisplayName("a rival that an owner hears long after its start is a conflict at once")
    void laterRivalOfAnOwnerIsAConflict() {
        Rig rig = Rig.master(Rig.fast().priority(255));
        rig.passMillis(500);
        assertThat(rig.hear(LESS, 99)).contains("MasterConflict");
    }

    @Test
    @DisplayName("OPEN-1 a loser is answered at most once an interval, and announced against once a second")
    void answersAreLimited() {
        Rig rig = Rig.master(
                Rig.fast().conflictAnnouncements(new AnnouncementSchedule(List.of(Duration.ZERO), Duration.ZERO)));
        rig.pass(Duration.ofSeconds(5));
        rig.take();
        int answers = 0;
        int announced = 0;
        for (int millis = 0; millis < 3000; millis++) {
            List<String> effects = rig.hear(GREATER, 99);
            answers += Collections.frequency(effects, "ADV 100");
            announced += Collections.frequency(effects, "ANNOUNCE");
            rig.passMillis(1);
        }
        assertThat(answers).isEqualTo(30);
        assertThat(announced).isEqualTo(3);
        assertThat(rig.reports(VrrpEvent.MasterConflict.class)).hasSize(1);
    }

    @Test
    @DisplayName("R9568-2.5-1 a conflict is told once per rival, several rivals or not, and again after a minute")
    void conflictIsToldOncePerRival() {
        Rig rig = Rig.master(Rig.quiet());
        for (int i = 0; i < 100; i++) {
            rig.hear(GREATER, 99);
            rig.hear(LESS, 98);
            rig.passMillis(100);
        }
        assertThat(rig.reports(VrrpEvent.MasterConflict.class))
                .extracting(VrrpEvent.MasterConflict::rivalPriority)
                .containsExactly(99, 98);
        rig.pass(Duration.ofSeconds(60));
        rig.take();
        rig.hear(GREATER, 99);
        assertThat(rig.reports(VrrpEvent.MasterConflict.class)).hasSize(1);
    }

    @Test
    @DisplayName("R9568-6.4.3-8 a stopped master releases, sends priority 0 once and tells")
    void stoppedMasterSendsPriorityZero() {
        Rig rig = Rig.master(Rig.fast());
        assertThat(rig.step(new Input.Stopped())).containsExactly("RELEASE");
        assertThat(rig.machine.isAtRest()).isFalse();
        assertThat(rig.released()).containsExactly("ADV 0", "MASTER>INIT SHUTDOWN");
        assertThat(rig.machine.nextDeadlineNanos()).isEmpty();
        assertThat(rig.machine.isAtRest()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    @DisplayName("R9568-6.4.3-8 a fault ends being master; priority 0 is sent where it can still reach the peers")
    void faultEndsBeingMaster(Fault fault) {
        Rig rig = Rig.master(Rig.fast());
        assertThat(rig.fault(fault)).containsExactly("RELEASE");
        String told = "MASTER>FAULT " + fault.cause();
        boolean reachable = EnumSet.of(Fault.FOREIGN_ADDRESS, Fault.ADDRESS_FAILED, Fault.TRACKER, Fault.GROUP)
                .contains(fault);
        assertThat(rig.released()).isEqualTo(reachable ? List.of("ADV 0", told) : List.of(told));
        assertThat(rig.machine.faults()).containsExactly(fault);
    }

    @Test
    @DisplayName("an advertisement later than the peers wait is a stall: told, and announced again")
    void stallIsReported() {
        Rig rig = Rig.master(Rig.fast());
        rig.pass(Duration.ofSeconds(10));
        rig.take();
        assertThat(rig.stall(Duration.ofMillis(400)).step(new Input.TimePassed()))
                .containsExactly("ADV 100", "RENEW", "ANNOUNCE NEXT", "Stall", "ANNOUNCE");
        assertThat(rig.reports(VrrpEvent.Stall.class))
                .extracting(VrrpEvent.Stall::lateness)
                .containsExactly(Duration.ofMillis(300));
        assertThat(rig.stall(Duration.ofNanos(299_999_999)).step(new Input.TimePassed()))
                .as("no peer can have taken over yet")
                .doesNotContain("Stall");
    }

    @Test
    void stalledMasterStepsDownBeforeAnythingElseIfSoConfigured() {
        Rig rig = Rig.master(Rig.quiet().stepDownAfterStall(true));
        assertThat(rig.stall(Duration.ofMillis(301)).hear(LESS, 50))
                .as("no answer to the one that has taken over")
                .containsExactly("Stall", "RELEASE");
        assertThat(rig.released()).as("no priority 0").containsExactly("MASTER>BACKUP STALLED");
        assertThat(rig.passMillis(360)).isEmpty();
        assertThat(rig.passMillis(1)).as("elected anew").containsExactly("ADV 100", "ACQUIRE");
        assertThat(rig.machine.cause()).isEqualTo(Cause.PREEMPTION);
    }

    @Test
    void aRejectedPacketDoesNotEndAStall() {
        Rig rig = Rig.master(Rig.quiet().stepDownAfterStall(true));
        assertThat(rig.stall(Duration.ofMillis(301)).hear(SOURCE, 50)).containsExactly("REJECT OWN_ADDRESS");
        assertThat(rig.step(new Input.TimePassed())).containsExactly("Stall", "RELEASE");
    }

    @Test
    void aSingleMissingAdvertisementIsNoStallUnlessPeersWaitForNoMore() {
        Rig rig = Rig.master(Rig.quiet().downTimerAdverts(1));
        assertThat(rig.stall(Duration.ofMillis(150)).step(new Input.TimePassed()))
                .doesNotContain("Stall");
        rig.toDeadline();
        assertThat(rig.stall(Duration.ofMillis(200)).step(new Input.TimePassed()))
                .contains("Stall");
    }

    @Test
    @DisplayName("the same object is sent as long as the content stays, so that its bytes can be kept")
    void sameObjectIsSent() {
        Rig rig = Rig.master(Rig.quiet());
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.effects.stream()
                        .filter(Effect.SendAdvertisement.class::isInstance)
                        .map(effect -> System.identityHashCode(((Effect.SendAdvertisement) effect).advertisement()))
                        .distinct())
                .hasSize(1);
    }
}
