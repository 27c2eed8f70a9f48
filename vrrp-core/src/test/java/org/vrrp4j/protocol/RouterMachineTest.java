package org.vrrp4j.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vrrp4j.protocol.Rig.GREATER;
import static org.vrrp4j.protocol.Rig.LESS;
import static org.vrrp4j.protocol.Rig.SOURCE;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.model.VrrpVersion;

/** Initialize and Backup: RFC 9568, 6.4.1 and 6.4.2, and what version 2 does otherwise. */
class RouterMachineTest {
    private static final Duration DOWN = Duration.ofNanos(360_937_500);
    private static final Duration SKEW = Duration.ofNanos(60_937_500);
    private static final Duration NANO = Duration.ofNanos(1);

    @Test
    @DisplayName("R9568-6.4.1-1 R9568-8.1.2-5 the owner advertises, acquires, announces and tells, in this order")
    void ownerBecomesMasterAtOnce() {
        Rig rig = new Rig(Rig.fast().priority(255));
        rig.source(SOURCE);
        assertThat(rig.step(new Input.Started())).containsExactly("ADV 255", "ACQUIRE");
        assertThat(rig.machine.role()).isEqualTo(Role.MASTER);
        assertThat(rig.machine.cause()).isEqualTo(Cause.OWNER);
        assertThat(rig.untilDeadline()).isEqualTo(Duration.ofMillis(100));
        assertThat(rig.acquired()).containsExactly("ANNOUNCE", "INIT>MASTER OWNER");
        assertThat(rig.machine.addressesHeld()).isTrue();
    }

    @Test
    @DisplayName("R9568-6.4.1-4 any other router waits for a master, assuming its own interval")
    void othersBecomeBackup() {
        Rig rig = new Rig(Rig.fast());
        rig.source(SOURCE);
        assertThat(rig.step(new Input.Started())).containsExactly("INIT>BACKUP STARTUP");
        assertThat(rig.untilDeadline()).isEqualTo(DOWN);
    }

    @Test
    @DisplayName("R9568-6.4.2-7 a backup takes over after the Master_Down_Interval, not a nanosecond before")
    void backupTakesOverAfterMasterDownInterval() {
        Rig rig = Rig.backup(Rig.fast());
        assertThat(rig.stall(DOWN.minus(NANO)).step(new Input.TimePassed())).isEmpty();
        assertThat(rig.stall(NANO).step(new Input.TimePassed())).containsExactly("ADV 100", "ACQUIRE");
        assertThat(rig.untilDeadline()).isEqualTo(Duration.ofMillis(100));
        assertThat(rig.acquired()).containsExactly("ANNOUNCE", "BACKUP>MASTER MASTER_DOWN");
    }

    @ParameterizedTest
    @CsvSource({
        "V3, 1000, 100, 3609375000",
        "V3, 1000, 200, 3218750000",
        "V3, 1000, 254, 3007812500",
        "V3, 100, 1, 399609375",
        "V3, 10, 100, 36093750",
        "V3, 10, 254, 30078125",
        "V3, 40950, 1, 163640039062",
        "V2, 1000, 100, 3609375000",
        "V2, 10000, 100, 30609375000",
        "V2, 1000, 254, 3007812500",
        "V2, 255000, 1, 765996093750"
    })
    @DisplayName("R9568-6.1-5 R3768-6.1-1 version 3 skews by the interval, version 2 by a second")
    void masterDownInterval(VrrpVersion version, long intervalMillis, int priority, long nanos) {
        Rig rig = Rig.backup(Rig.fast()
                .version(version)
                .advertisementInterval(Duration.ofMillis(intervalMillis))
                .priority(priority));
        assertThat(rig.untilDeadline()).isEqualTo(Duration.ofNanos(nanos));
    }

    @Test
    @DisplayName("the number of missing advertisements can be another one than 3")
    void downTimerAdvertsCount() {
        Rig rig = Rig.backup(Rig.fast().downTimerAdverts(5));
        assertThat(rig.untilDeadline()).isEqualTo(Duration.ofMillis(500).plus(SKEW));
    }

    @Test
    @DisplayName("R9568-5.2.4-3 R9568-6.4.2-8 after priority 0 a backup waits for the skew only")
    void releasedMasterIsFollowedAfterTheSkew() {
        Rig rig = Rig.backup(Rig.quiet());
        rig.hear(GREATER, 150);
        rig.passMillis(50);
        assertThat(rig.hear(GREATER, 0)).isEmpty();
        assertThat(rig.untilDeadline()).isEqualTo(SKEW);
        assertThat(rig.toDeadline()).containsExactly("ADV 100", "ACQUIRE");
        assertThat(rig.acquired()).containsExactly("BACKUP>MASTER MASTER_RELEASED");
    }

    @Test
    @DisplayName("R9568-6.4.2-8 R3768-6.1-1 the skew after priority 0: learned interval in version 3, a second in 2")
    void skewAfterRelease() {
        Rig v3 = Rig.backup(Rig.quiet());
        v3.hear(GREATER, v3.advertisement(150, Duration.ofMillis(200)));
        v3.hear(GREATER, v3.advertisement(0, Duration.ofMillis(200)));
        assertThat(v3.untilDeadline()).isEqualTo(SKEW.multipliedBy(2));
        Rig v2 = Rig.backup(Rig.quiet().version(VrrpVersion.V2).advertisementInterval(Duration.ofSeconds(10)));
        v2.hear(GREATER, 0);
        assertThat(v2.untilDeadline()).isEqualTo(SKEW.multipliedBy(10));
    }

    @Test
    @DisplayName("R9568-6.4.2-8 a released master that comes back in time is followed again")
    void releasedMasterMayComeBack() {
        Rig rig = Rig.backup(Rig.quiet());
        rig.hear(GREATER, 0);
        rig.hear(GREATER, 150);
        assertThat(rig.untilDeadline()).isEqualTo(DOWN);
        rig.toDeadline();
        assertThat(rig.machine.cause()).isEqualTo(Cause.MASTER_DOWN);
    }

    @ParameterizedTest
    @CsvSource({"10, 36093750", "50, 180468750", "200, 721875000", "40950, 147803906250"})
    @DisplayName(
            "R9568-6.4.2-9 R5798-6.4.2-1 the master's interval is learned, shorter or longer, and the skew with it")
    void masterIntervalIsLearned(long intervalMillis, long nanos) {
        Rig rig = Rig.backup(Rig.quiet());
        assertThat(rig.hear(GREATER, rig.advertisement(150, Duration.ofMillis(intervalMillis))))
                .containsExactly("IntervalMismatch");
        assertThat(rig.untilDeadline()).isEqualTo(Duration.ofNanos(nanos));
    }

    @Test
    @DisplayName("R9568-6.4.3-9 a master advertises at its own interval, not at a learned one")
    void learnedIntervalIsNotOurs() {
        Rig rig = Rig.backup(Rig.quiet());
        rig.hear(GREATER, rig.advertisement(150, Duration.ofMillis(200)));
        rig.toDeadline();
        assertThat(rig.untilDeadline()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    @DisplayName("R9568-6.4.1-4 after a fault the learned interval is forgotten")
    void learnedIntervalIsForgotten() {
        Rig rig = Rig.backup(Rig.quiet());
        rig.hear(GREATER, rig.advertisement(150, Duration.ofMillis(200)));
        rig.fault(Fault.LINK_DOWN);
        rig.cleared(Fault.LINK_DOWN);
        assertThat(rig.untilDeadline()).isEqualTo(DOWN);
    }

    @Test
    @DisplayName("R3768-6.4.2-1 version 2 learns nothing")
    void version2LearnsNothing() {
        Rig rig = Rig.backup(Rig.quiet().version(VrrpVersion.V2).advertisementInterval(Duration.ofSeconds(1)));
        Duration before = rig.untilDeadline();
        assertThat(rig.hear(GREATER, rig.advertisement(150, Duration.ofSeconds(2))))
                .containsExactly("REJECT INTERVAL_MISMATCH");
        assertThat(rig.untilDeadline()).isEqualTo(before);
    }

    @Test
    @DisplayName("R9568-7.1-12 a differing interval is reported once per master and interval")
    void intervalMismatchIsReportedOnce() {
        Rig rig = Rig.backup(Rig.quiet());
        for (int i = 0; i < 10; i++) {
            rig.hear(GREATER, rig.advertisement(150, Duration.ofMillis(200)));
            rig.hear(LESS, rig.advertisement(150, Duration.ofMillis(300)));
        }
        assertThat(rig.reports(VrrpEvent.IntervalMismatch.class))
                .extracting(VrrpEvent.IntervalMismatch::received)
                .containsExactly(Duration.ofMillis(200), Duration.ofMillis(300));
    }

    @Test
    @DisplayName("R9568-7.1-13 other addresses are reported once per sender, and the packet counts all the same")
    void addressListMismatchIsReportedOnce() {
        Rig rig = Rig.backup(Rig.quiet());
        Rig other = new Rig(Rig.quiet().address(VirtualAddress.parse("192.0.2.101")));
        rig.passMillis(100);
        for (int i = 0; i < 10; i++) {
            rig.hear(GREATER, other.advertisement(150));
            rig.hear(LESS, other.advertisement(150));
        }
        assertThat(rig.reports(VrrpEvent.AddressListMismatch.class))
                .extracting(event -> event.source() + " " + event.text())
                .containsExactly(
                        "/192.0.2.12 192.0.2.12 advertises other addresses for this VRID: only there 192.0.2.101",
                        "/192.0.2.10 192.0.2.10 advertises other addresses for this VRID: only there 192.0.2.101");
        assertThat(rig.take()).containsExactly("AddressListMismatch", "AddressListMismatch");
        assertThat(rig.untilDeadline()).isEqualTo(DOWN);
    }

    @Test
    @DisplayName("R9568-6.4.2-10 a lower priority is discarded: the timer keeps running, and the backup preempts")
    void lowerPriorityIsDiscarded() {
        Rig rig = Rig.backup(Rig.quiet());
        rig.passMillis(60);
        assertThat(rig.hear(GREATER, 99)).isEmpty();
        assertThat(rig.untilDeadline()).isEqualTo(DOWN.minusMillis(60));
        assertThat(rig.machine.master()).isEmpty();
        rig.toDeadline();
        assertThat(rig.acquired()).containsExactly("BACKUP>MASTER PREEMPTION");
    }

    @Test
    @DisplayName("R9568-6.4.2-9 without preemption a lower priority is followed")
    void withoutPreemptionALowerPriorityIsFollowed() {
        Rig rig = Rig.backup(Rig.quiet().preempt(false));
        for (int i = 0; i < 50; i++) {
            rig.hear(LESS, 1);
            assertThat(rig.passMillis(100)).isEmpty();
        }
        assertThat(rig.machine.master()).contains(Rig.address(LESS));
        assertThat(rig.machine.masterPriority()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {LESS, GREATER})
    @DisplayName("R9568-6.4.2-9 a backup follows an equal priority, whoever has the greater address")
    void equalPriorityIsFollowed(String source) {
        Rig rig = Rig.backup(Rig.quiet());
        rig.passMillis(300);
        rig.hear(source, 100);
        assertThat(rig.untilDeadline()).isEqualTo(DOWN);
        assertThat(rig.machine.master()).contains(Rig.address(source));
    }

    @Test
    @DisplayName("R9568-6.1-3 the owner preempts whatever is configured")
    void ownerPreemptsAlways() {
        Rig rig = Rig.master(Rig.quiet().priority(255).preempt(false));
        rig.hear(GREATER, 255);
        rig.released();
        assertThat(rig.machine.role()).isEqualTo(Role.BACKUP);
        rig.passMillis(200);
        Duration left = rig.untilDeadline();
        rig.hear(GREATER, 254);
        assertThat(rig.untilDeadline()).isEqualTo(left);
    }

    @Test
    @DisplayName("R9568-6.4.2-6 a stopped backup sends nothing and has no timer left")
    void stoppedBackupSendsNothing() {
        Rig rig = Rig.backup(Rig.quiet());
        assertThat(rig.step(new Input.Stopped())).containsExactly("BACKUP>INIT SHUTDOWN");
        assertThat(rig.machine.nextDeadlineNanos()).isEmpty();
        assertThat(rig.machine.isAtRest()).isTrue();
        assertThat(rig.hear(GREATER, 0)).isEmpty();
    }

    @Test
    @DisplayName("the source must be known before the election")
    void sourceMustBeKnown() {
        Rig rig = new Rig(Rig.quiet());
        assertThatThrownBy(() -> rig.step(new Input.Started()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the source address must be known before the election: eth0/51");
    }

    @Test
    @DisplayName("a router that starts with a fault joins the election when the last fault has ended")
    void faultsKeepItOut() {
        Rig rig = new Rig(Rig.quiet());
        rig.fault(Fault.LINK_DOWN);
        rig.fault(Fault.NO_SOURCE_ADDRESS);
        assertThat(rig.step(new Input.Started())).containsExactly("INIT>FAULT LINK_DOWN");
        assertThat(rig.cleared(Fault.LINK_DOWN)).isEmpty();
        rig.source(SOURCE);
        assertThat(rig.cleared(Fault.NO_SOURCE_ADDRESS)).containsExactly("FAULT>BACKUP RECOVERED");
        assertThat(rig.cleared(Fault.NO_SOURCE_ADDRESS)).isEmpty();
        assertThat(rig.untilDeadline()).isEqualTo(DOWN);
    }

    @Test
    @DisplayName("no master is followed in FAULT and INIT, where nobody listens to it")
    void noMasterIsFollowedInFault() {
        Rig rig = Rig.backup(Rig.quiet());
        rig.hear(GREATER, 150);
        assertThat(rig.fault(Fault.LINK_DOWN)).containsExactly("BACKUP>FAULT LINK_DOWN");
        assertThat(rig.lastTold().detail()).isEqualTo("detail");
        assertThat(rig.lastTold().master()).isEmpty();
        assertThat(rig.machine.master()).isEmpty();
        assertThat(rig.machine.masterPriority()).isZero();
    }
}
