package org.vrrp4j.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.ConflictOutcome;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.VrrpEvent;

/** Another host claims an address of a master: told, answered now and then, and nothing else. */
class OtherHoldersTest {
    private static final InetAddress VIP = Rig.address(Rig.VIP);
    private static final MacAddress HOLDER = new MacAddress(0x0200_0000_0077L);
    private static final MacAddress OTHER = new MacAddress(0x0200_0000_0088L);
    private static final Duration INTERVAL = Duration.ofSeconds(40);

    /** Advertises so rarely that only the conflicts wake it, and has long taken over. */
    private final Rig rig = quietMaster();

    private static Rig quietMaster() {
        Rig rig = Rig.master(Rig.quiet().advertisementInterval(INTERVAL));
        rig.pass(Duration.ofSeconds(5));
        rig.take();
        return rig;
    }

    private List<String> claim(MacAddress holder) {
        return rig.step(new Input.OtherHolderHeard(VIP, holder));
    }

    private List<VrrpEvent.AddressConflict> told() {
        return rig.reports(VrrpEvent.AddressConflict.class);
    }

    private VrrpEvent.AddressConflictEnded ended() {
        assertThat(rig.reports(VrrpEvent.AddressConflictEnded.class)).hasSize(1);
        return rig.reports(VrrpEvent.AddressConflictEnded.class).get(0);
    }

    @Test
    @DisplayName("the first claim is answered by an announcement and told; the role and the address stay")
    void aClaimIsAnsweredAndTold() {
        assertThat(claim(HOLDER)).containsExactly("ANNOUNCE", "AddressConflict");
        assertThat(told()).containsExactly(new VrrpEvent.AddressConflict(rig.config.id(), VIP, HOLDER, Duration.ZERO));
        assertThat(told().get(0).text())
                .isEqualTo("another host, 02:00:00:00:00:77, says that it has 192.0.2.100; kept and announced again");
        assertThat(rig.machine.role()).isEqualTo(Role.MASTER);
        assertThat(rig.machine.addressesHeld()).isTrue();
    }

    @Test
    @DisplayName("RFC 5227, 2.4: at most one announcement in 10 s, however many claims come from whomever")
    void defencesAreTenSecondsApart() {
        assertThat(claim(HOLDER)).contains("ANNOUNCE");
        for (int i = 0; i < 99; i++) {
            rig.passMillis(100);
            assertThat(claim(i % 2 == 0 ? HOLDER : OTHER)).doesNotContain("ANNOUNCE");
        }
        assertThat(rig.passMillis(99)).isEmpty();
        assertThat(rig.passMillis(1)).as("10 s after the first").containsExactly("ANNOUNCE");
        assertThat(rig.pass(Duration.ofSeconds(20))).as("no claim since then").isEmpty();
        assertThat(claim(HOLDER)).containsExactly("ANNOUNCE");
    }

    @Test
    @DisplayName("two masters that hear each other's announcements do not answer each other without end")
    void twoDefendersMakeNoStorm() {
        Rig other = quietMaster();
        Input claimOfThis = new Input.OtherHolderHeard(VIP, OTHER);
        int announcements = 0;
        boolean otherAnnounced = true;
        for (int millis = 0; millis < 30_000; millis += 100) {
            boolean announced = rig.passMillis(100).contains("ANNOUNCE");
            announced |= otherAnnounced && claim(HOLDER).contains("ANNOUNCE");
            otherAnnounced = other.passMillis(100).contains("ANNOUNCE");
            otherAnnounced |= announced && other.step(claimOfThis).contains("ANNOUNCE");
            announcements += (announced ? 1 : 0) + (otherAnnounced ? 1 : 0);
        }
        assertThat(announcements).isBetween(2, 8);
    }

    @Test
    @DisplayName("one that goes on is told again every 10 minutes, with its age")
    void itIsToldAgainEveryTenMinutes() {
        for (int second = 0; second < 1200; second++) {
            claim(HOLDER);
            rig.pass(Duration.ofSeconds(1));
        }
        assertThat(told())
                .extracting(VrrpEvent.AddressConflict::since)
                .containsExactly(Duration.ZERO, Duration.ofMinutes(10));
        assertThat(told().get(1).text()).contains("02:00:00:00:00:77, says that it has 192.0.2.100, for 600 s now;");
        assertThat(rig.reports(VrrpEvent.AddressConflictEnded.class)).isEmpty();
    }

    @Test
    @DisplayName("it has ended after a minute of silence, and is a new one when it comes back")
    void itEndsAfterAMinuteOfSilence() {
        claim(HOLDER);
        rig.pass(Duration.ofSeconds(50));
        claim(HOLDER);
        rig.pass(Duration.ofSeconds(60).minusNanos(1));
        assertThat(rig.reports(VrrpEvent.AddressConflictEnded.class)).isEmpty();
        rig.pass(Duration.ofNanos(1));
        assertThat(ended())
                .isEqualTo(new VrrpEvent.AddressConflictEnded(
                        rig.config.id(), VIP, HOLDER, Duration.ofSeconds(50), ConflictOutcome.RIVAL_SILENT));
        assertThat(ended().text())
                .isEqualTo("the conflict with 02:00:00:00:00:77 about 192.0.2.100 ended after 50000 ms:"
                        + " the other one fell silent");
        claim(HOLDER);
        assertThat(told()).hasSize(2);
    }

    @Test
    @DisplayName("each of two conflicts ends in its own time")
    void everyConflictEndsInItsTime() {
        claim(HOLDER);
        rig.pass(Duration.ofSeconds(20));
        claim(OTHER);
        rig.pass(Duration.ofSeconds(40));
        assertThat(ended().holder()).isEqualTo(HOLDER);
        rig.take();
        rig.pass(Duration.ofSeconds(20));
        assertThat(ended().holder()).isEqualTo(OTHER);
    }

    @Test
    @DisplayName("it ends with the role, and nothing is announced or told any more")
    void itEndsWithTheRole() {
        claim(HOLDER);
        claim(HOLDER);
        rig.pass(Duration.ofSeconds(3));
        assertThat(rig.step(new Input.Stopped())).containsExactly("AddressConflictEnded", "RELEASE");
        assertThat(ended().outcome()).isEqualTo(ConflictOutcome.LEFT);
        assertThat(ended().duration()).isEqualTo(Duration.ofSeconds(3));
        assertThat(claim(HOLDER)).isEmpty();
        rig.released();
        assertThat(rig.machine.nextDeadlineNanos()).isEmpty();
    }

    @Test
    @DisplayName("a router that yields says so")
    void itEndsWhenThisRouterYields() {
        claim(HOLDER);
        rig.hear(Rig.GREATER, rig.advertisement(200, INTERVAL));
        assertThat(ended().outcome()).isEqualTo(ConflictOutcome.YIELDED);
    }

    @Test
    @DisplayName("it ends when the address is not configured any more")
    void itEndsWithTheAddress() {
        claim(HOLDER);
        rig.configure(
                Rig.quiet().advertisementInterval(INTERVAL).addresses(List.of(VirtualAddress.parse("192.0.2.101/24"))));
        assertThat(ended().outcome()).isEqualTo(ConflictOutcome.NOT_OURS);
        rig.changed();
        rig.pass(Duration.ofSeconds(5));
        assertThat(claim(HOLDER)).isEmpty();
    }

    @Test
    @DisplayName("nobody but a master that holds its addresses is concerned")
    void onlyAHolderIsConcerned() {
        Input claim = new Input.OtherHolderHeard(VIP, HOLDER);
        assertThat(Rig.backup(Rig.quiet()).step(claim)).isEmpty();
        Rig acquiring = Rig.acquiring(Rig.quiet());
        assertThat(acquiring.stall(Duration.ofMillis(99)).step(claim)).isEmpty();
        rig.step(new Input.AddressVanished(VIP));
        assertThat(claim(HOLDER)).isEmpty();
        rig.acquired();
        assertThat(claim(HOLDER)).contains("AddressConflict");
    }

    @Test
    @DisplayName(
            "a former master may answer until it has heard of us: an interval, at most a second, after taking over")
    void aFormerMasterMayAnswerForAMoment() {
        for (Duration interval : List.of(Duration.ofMillis(100), INTERVAL)) {
            Rig fresh = Rig.master(Rig.quiet().advertisementInterval(interval));
            Duration moment = interval == INTERVAL ? Duration.ofSeconds(1) : interval;
            fresh.pass(moment.minusNanos(1));
            fresh.take();
            assertThat(fresh.step(new Input.OtherHolderHeard(VIP, HOLDER))).isEmpty();
            fresh.pass(Duration.ofNanos(1));
            assertThat(fresh.step(new Input.OtherHolderHeard(VIP, HOLDER))).contains("AddressConflict");
        }
    }

    @Test
    @DisplayName(
            "after a stall a peer has taken over rightly: it is not defied, and with stepDownAfterStall yielded to")
    void aSuccessorAfterAStallIsNotDefied() {
        rig.stall(INTERVAL.multipliedBy(4));
        assertThat(claim(HOLDER)).isEmpty();
        Rig yielding = Rig.master(Rig.fast().stepDownAfterStall(true));
        yielding.pass(Duration.ofSeconds(5));
        yielding.stall(Duration.ofSeconds(1));
        assertThat(yielding.step(new Input.OtherHolderHeard(VIP, HOLDER))).containsExactly("Stall", "RELEASE");
    }

    @Test
    @DisplayName("of forged holders 64 are told and remembered")
    void rememberedHoldersAreBounded() {
        for (int i = 0; i < 1000; i++) {
            claim(new MacAddress(i));
        }
        assertThat(told()).hasSize(64);
        assertThat(Remembered.most(rig.machine)).isEqualTo(64);
        rig.pass(Duration.ofMinutes(1));
        assertThat(rig.reports(VrrpEvent.AddressConflictEnded.class)).hasSize(64);
        claim(HOLDER);
        assertThat(told()).hasSize(65);
    }
}
