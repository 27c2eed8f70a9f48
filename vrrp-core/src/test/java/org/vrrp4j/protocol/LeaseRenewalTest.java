package org.vrrp4j.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrp4j.config.RouterConfigBuilder;

/** When the lease of the addresses is renewed: a hanging loop must lose them, a working one never. */
class LeaseRenewalTest {

    private static RouterConfigBuilder every(long millis) {
        return Rig.quiet().advertisementInterval(Duration.ofMillis(millis));
    }

    private record Renewal(Duration time, boolean behindAdvertisement) {}

    private static List<Renewal> renewals(Rig rig, Duration duration) {
        List<Renewal> result = new ArrayList<>();
        Duration end = rig.time().plus(duration);
        while (rig.time().compareTo(end) < 0) {
            List<String> effects = rig.toDeadline();
            if (effects.contains("RENEW")) {
                assertThat(effects).containsOnlyOnce("RENEW");
                int advertisement = effects.indexOf("ADV 100");
                result.add(new Renewal(rig.time(), advertisement >= 0 && advertisement < effects.indexOf("RENEW")));
            }
        }
        return result;
    }

    private static List<Duration> gaps(Duration start, List<Renewal> renewals) {
        List<Duration> gaps = new ArrayList<>();
        Duration before = start;
        for (Renewal renewal : renewals) {
            gaps.add(renewal.time().minus(before));
            before = renewal.time();
        }
        return gaps;
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 20, 30, 100, 130, 240, 250, 260, 300, 490})
    @DisplayName("the lease is renewed behind advertisements, never more often than every 250 ms")
    void neverMoreOftenThanEvery250Millis(long intervalMillis) {
        Rig rig = Rig.master(every(intervalMillis));
        Duration start = rig.time();
        List<Renewal> renewals = renewals(rig, Duration.ofSeconds(20));
        assertThat(renewals).isNotEmpty().allMatch(Renewal::behindAdvertisement);
        assertThat(gaps(start, renewals))
                .allSatisfy(gap -> assertThat(gap).isBetween(Duration.ofMillis(250), Duration.ofMillis(500)));
    }

    @ParameterizedTest
    @CsvSource({"500, false", "510, true", "900, true", "990, true", "1000, false", "1300, false", "1340, false"})
    @DisplayName("a lease hardly longer than the interval is renewed half-way too")
    void halfWayRenewal(long intervalMillis, boolean halfWay) {
        Rig rig = Rig.master(every(intervalMillis));
        Duration start = rig.time();
        List<Renewal> renewals = renewals(rig, Duration.ofSeconds(20));
        assertThat(renewals.stream().anyMatch(renewal -> !renewal.behindAdvertisement()))
                .isEqualTo(halfWay);
        Duration longest = Duration.ofMillis(halfWay ? intervalMillis / 2 : intervalMillis);
        assertThat(gaps(start, renewals).stream().skip(2)).allMatch(longest::equals);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 100})
    @DisplayName("whatever the interval, a master that works renews before its lease can end")
    void workingMasterRenewsInTime(int adverts) {
        for (long millis = 10; millis <= 40_950; millis += millis < 5000 ? 10 : 1190) {
            Rig rig = Rig.master(every(millis).downTimerAdverts(adverts));
            Duration start = rig.time();
            List<Renewal> renewals = renewals(rig, Duration.ofMillis(4 * millis).plusSeconds(2));
            assertThat(gaps(start, renewals))
                    .as("every %d ms, %d adverts, lease %s", millis, adverts, rig.config.addressLease())
                    .isNotEmpty()
                    .allSatisfy(gap -> assertThat(gap).isLessThan(rig.config.addressLease()));
        }
    }

    @Test
    @DisplayName("a loop that hangs renews nothing, and renews once when it goes on")
    void hangingLoopRenewsNothing() {
        Rig rig = Rig.master(every(100));
        assertThat(rig.stall(Duration.ofSeconds(3)).step(new Input.TimePassed()))
                .containsExactly("ADV 100", "RENEW", "Stall");
    }

    @Test
    @DisplayName("an address whose lease ended during a pause comes back behind the overdue advertisement, not before")
    void lostLeaseComesBackBehindTheAdvertisement() {
        Rig rig = Rig.master(every(100));
        rig.stall(Duration.ofSeconds(3));
        assertThat(rig.step(new Input.AddressVanished(Rig.address(Rig.VIP)))).isEmpty();
        assertThat(rig.step(new Input.TimePassed()))
                .startsWith("ADV 100")
                .endsWith("Stall")
                .contains("ACQUIRE");
        assertThat(rig.acquired()).containsExactly("AddressRestored");
    }

    @Test
    @DisplayName("a master that wakes up puts its address back when it answers a rival that gives up, too")
    void addressComesBackWithTheAnswerToARelease() {
        Rig rig = Rig.master(every(100));
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.stall(Duration.ofSeconds(3)).step(new Input.AddressVanished(Rig.address(Rig.VIP))))
                .isEmpty();
        assertThat(rig.hear(Rig.LESS, 0)).contains("ADV 100", "ACQUIRE");
    }

    @Test
    @DisplayName("an address whose lease ended during a pause is left to a better master that is heard then")
    void lostLeaseIsLeftToABetterMaster() {
        Rig rig = Rig.master(every(100));
        rig.stall(Duration.ofSeconds(3)).step(new Input.AddressVanished(Rig.address(Rig.VIP)));
        assertThat(rig.hear("192.0.2.9", 101)).containsExactly("ADV 100", "RELEASE");
    }

    @Test
    @DisplayName("an address whose lease ended during a pause is not announced to a losing rival before it is back")
    void lostLeaseIsNotAnnouncedBeforeItIsBack() {
        Rig rig = Rig.master(Rig.fast());
        rig.stall(Duration.ofSeconds(3)).step(new Input.AddressVanished(Rig.address(Rig.VIP)));
        assertThat(rig.hear("192.0.2.9", 50)).contains("ADV 100").doesNotContain("ANNOUNCE");
        assertThat(rig.step(new Input.TimePassed())).contains("ADV 100", "ACQUIRE");
    }

    @Test
    @DisplayName("addresses that are not held are not renewed")
    void onlyHeldAddressesAreRenewed() {
        Rig acquiring = Rig.acquiring(every(900));
        assertThat(acquiring.pass(Duration.ofSeconds(10))).isNotEmpty().doesNotContain("RENEW");
        Rig stopped = Rig.master(every(900));
        stopped.step(new Input.Stopped());
        assertThat(stopped.pass(Duration.ofSeconds(10))).doesNotContain("RENEW");
        Rig vanished = Rig.master(every(900));
        vanished.step(new Input.AddressVanished(Rig.address(Rig.VIP)));
        assertThat(vanished.pass(Duration.ofSeconds(10))).doesNotContain("RENEW");
    }
}
