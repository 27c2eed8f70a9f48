package org.vrrp4j.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vrrp4j.protocol.Rig.GREATER;
import static org.vrrp4j.protocol.Rig.LESS;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.AnnouncementSchedule;
import org.vrrp4j.config.RouterConfigBuilder;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.VrrpVersion;

/** To the nanosecond: what is due at a time happens then, not before, and nothing else wakes the loop. */
class PunctualityTest {
    private static final Duration NANO = Duration.ofNanos(1);
    private static final AnnouncementSchedule ONCE = new AnnouncementSchedule(List.of(Duration.ZERO), Duration.ZERO);

    @Test
    @DisplayName("a rival is answered again after exactly an interval")
    void aRivalIsAnsweredOnceAnInterval() {
        Rig rig = Rig.master(Rig.quiet().advertisementInterval(Duration.ofSeconds(1)));
        rig.passMillis(500);
        assertThat(rig.hear(LESS, 50)).contains("ADV 100");
        rig.pass(Duration.ofSeconds(1).minus(NANO));
        assertThat(rig.hear(LESS, 50)).isEmpty();
        rig.pass(NANO);
        assertThat(rig.hear(LESS, 50)).containsExactly("ADV 100");
    }

    @Test
    @DisplayName("addresses are announced against a rival again after exactly a second")
    void aRivalIsAnnouncedAgainstOnceASecond() {
        Rig rig = Rig.master(Rig.quiet().conflictAnnouncements(ONCE));
        assertThat(rig.hear(LESS, 50)).contains("ANNOUNCE");
        rig.pass(Duration.ofSeconds(1).minus(NANO));
        assertThat(rig.hear(LESS, 50)).doesNotContain("ANNOUNCE");
        rig.pass(NANO);
        assertThat(rig.hear(LESS, 50)).contains("ANNOUNCE");
    }

    @Test
    @DisplayName("an advertisement that is late by an interval is followed by the next one an interval on")
    void lateByExactlyAnInterval() {
        Rig rig = Rig.master(Rig.quiet());
        rig.stall(rig.untilDeadline().plusMillis(100)).step(new Input.TimePassed());
        assertThat(rig.untilDeadline()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    @DisplayName("advertisements 250 ms apart all renew the lease")
    void everyAdvertisementRenews() {
        Rig rig = Rig.master(Rig.quiet().advertisementInterval(Duration.ofMillis(250)));
        rig.toDeadline();
        for (int i = 0; i < 4; i++) {
            assertThat(rig.toDeadline()).containsExactly("ADV 100", "RENEW");
        }
    }

    @Test
    @DisplayName("a lease renewed half-way wakes the loop once between two advertisements")
    void renewalsWakeTheLoopOnce() {
        Rig rig = Rig.master(Rig.quiet().advertisementInterval(Duration.ofMillis(900)));
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            waits.add(rig.untilDeadline());
            rig.toDeadline();
        }
        assertThat(waits).containsOnly(Duration.ofMillis(450));
    }

    @Test
    @DisplayName("a router that was stopped in FAULT does not try again")
    void aStoppedRouterDoesNotTryAgain() {
        Rig rig = Rig.acquiring(Rig.quiet());
        rig.step(new Input.AcquireFailed(Fault.ADDRESS_FAILED, "detail"));
        assertThat(rig.untilDeadline()).isEqualTo(Duration.ofSeconds(5));
        rig.step(new Input.Stopped());
        assertThat(rig.machine.nextDeadlineNanos()).isEmpty();
    }

    @Test
    @DisplayName("a master that leaves announces nothing any more, whatever was still to come")
    void nothingIsAnnouncedAfterwards() {
        Rig rig = Rig.master(Rig.fast().announceWithAdvertisements(false));
        rig.step(new Input.Stopped());
        assertThat(rig.untilDeadline()).as("the release is waited for").isEqualTo(Duration.ofMillis(100));
        assertThat(rig.toDeadline()).containsExactly("ADV 0", "MASTER>INIT SHUTDOWN");
        assertThat(rig.machine.nextDeadlineNanos()).isEmpty();
    }

    @Test
    @DisplayName("a master that finds itself stalled gives up before it puts an address back, if so configured")
    void stalledMasterPutsNothingBack() {
        Rig rig = Rig.master(Rig.quiet().stepDownAfterStall(true));
        rig.stall(Duration.ofSeconds(1));
        assertThat(rig.step(new Input.AddressVanished(Rig.address(Rig.VIP)))).containsExactly("Stall", "RELEASE");
    }

    @Test
    @DisplayName("R2338-5.3.6-1 the advertisements of version 2 carry the password")
    void versionTwoCarriesThePassword() {
        Authentication password = Authentication.simplePassword("secret");
        RouterConfigBuilder config = Rig.quiet()
                .version(VrrpVersion.V2)
                .advertisementInterval(Duration.ofSeconds(1))
                .authentication(password);
        Rig rig = Rig.backup(config);
        rig.toDeadline();
        assertThat(rig.effects).first().isEqualTo(new Effect.SendAdvertisement(rig.advertisement(100)));
        assertThat(rig.advertisement(100).authentication()).isEqualTo(password);
    }

    @Test
    @DisplayName("R9568-6.4.1-4 a new interval of our own counts for a backup that has heard no master")
    void aNewIntervalCountsAsLongAsNoneWasLearned() {
        Rig rig = Rig.backup(Rig.quiet());
        Duration before = rig.untilDeadline();
        rig.configure(Rig.quiet().advertisementInterval(Duration.ofMillis(200)));
        assertThat(rig.untilDeadline()).isEqualTo(before.multipliedBy(2));
    }

    @Test
    @DisplayName("R9568-6.4.2-9 and does not for one that has learned the interval of its master")
    void aLearnedIntervalStays() {
        Rig rig = Rig.backup(Rig.quiet());
        rig.hear(GREATER, 200);
        Duration before = rig.untilDeadline();
        rig.configure(Rig.quiet().advertisementInterval(Duration.ofMillis(200)));
        assertThat(rig.untilDeadline()).isEqualTo(before);
    }

    @Test
    @DisplayName("after the master has given up, a new priority moves the skew alone")
    void aNewPriorityMovesTheSkew() {
        Rig rig = Rig.backup(Rig.quiet().priority(1));
        rig.hear(GREATER, 200);
        rig.hear(GREATER, 0);
        Duration before = rig.untilDeadline();
        rig.configure(Rig.quiet().priority(129).downTimerAdverts(10));
        assertThat(rig.untilDeadline()).isEqualTo(before.minusMillis(50));
    }

    @Test
    @DisplayName("after a hand-over a new number of intervals moves the end of the wait")
    void aNewConfigurationMovesTheEndOfAHandOver() {
        Rig rig = Rig.master(Rig.quiet());
        rig.step(new Input.HandedOver());
        rig.released();
        Duration before = rig.untilDeadline();
        rig.configure(Rig.quiet().priority(200).downTimerAdverts(10));
        assertThat(rig.untilDeadline()).isEqualTo(before.plusMillis(700));
    }

    @Test
    @DisplayName("after a hand-over the wait is measured in our own intervals, not in those of a former master")
    void aHandOverForgetsTheIntervalOfTheFormerMaster() {
        Rig rig = Rig.backup(Rig.quiet());
        rig.hear(GREATER, rig.advertisement(200, Duration.ofSeconds(10)));
        rig.toDeadline();
        rig.acquired();
        rig.step(new Input.HandedOver());
        rig.released();
        assertThat(rig.untilDeadline()).isLessThan(Duration.ofMillis(500));
    }
}
