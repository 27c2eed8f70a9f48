package org.vrrp4j.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.AnnouncementSchedule;
import org.vrrp4j.config.InterfaceRefresh;

/** When a master announces its addresses. */
class AnnouncementsTest {

    private static AnnouncementSchedule schedule(long refreshMillis, long... offsets) {
        return new AnnouncementSchedule(
                LongStream.of(offsets).mapToObj(Duration::ofMillis).toList(), Duration.ofMillis(refreshMillis));
    }

    /** At which milliseconds from now on the rig announces. */
    private static List<Long> announcements(Rig rig, Duration duration) {
        List<Long> result = new ArrayList<>();
        Duration start = rig.time();
        while (rig.time().minus(start).compareTo(duration) < 0) {
            for (String effect : rig.toDeadline()) {
                if (effect.equals("ANNOUNCE")) {
                    result.add(rig.time().minus(start).toMillis());
                }
            }
        }
        return result;
    }

    @Test
    @DisplayName("R9568-6.4.2-7 the default schedule: at once, and four times more")
    void defaultSchedule() {
        Rig rig = Rig.acquiring(Rig.fast());
        assertThat(rig.acquired()).startsWith("ANNOUNCE");
        assertThat(announcements(rig, Duration.ofSeconds(13))).containsExactly(100L, 500L, 1100L, 2500L);
    }

    @Test
    @DisplayName("the next address in turn is announced along with each advertisement of the timer")
    void alongWithAdvertisements() {
        Rig rig = Rig.master(Rig.quiet().announceWithAdvertisements(true));
        assertThat(rig.toDeadline()).containsExactly("ADV 100", "ANNOUNCE NEXT");
        assertThat(rig.toDeadline()).containsExactly("ADV 100", "ANNOUNCE NEXT");
        assertThat(rig.hear(Rig.LESS, 0)).containsExactly("ADV 100");
    }

    @Test
    @DisplayName("nothing is announced along with an advertisement while an address is missing")
    void notWhileAnAddressIsMissing() {
        Rig rig = Rig.acquiring(Rig.quiet().announceWithAdvertisements(true));
        assertThat(rig.toDeadline()).containsExactly("ADV 100");
        rig.acquired();
        rig.step(new Input.AddressVanished(Rig.address(Rig.VIP)));
        assertThat(rig.toDeadline()).doesNotContain("ANNOUNCE NEXT");
        rig.acquired();
        assertThat(rig.toDeadline()).contains("ANNOUNCE NEXT");
    }

    @Test
    @DisplayName("another MAC address is announced like a new master: at once and four times more")
    void anotherMacIsAnnounced() {
        Rig rig = Rig.master(Rig.fast());
        rig.pass(Duration.ofSeconds(10));
        assertThat(rig.step(new Input.MacChanged())).containsExactly("ANNOUNCE");
        assertThat(announcements(rig, Duration.ofSeconds(3))).containsExactly(100L, 500L, 1100L, 2500L);
        assertThat(Rig.backup(Rig.fast()).step(new Input.MacChanged())).isEmpty();
        assertThat(Rig.acquiring(Rig.fast()).step(new Input.MacChanged())).isEmpty();
    }

    @Test
    @DisplayName("equal times are a burst")
    void equalTimesAreABurst() {
        Rig rig = Rig.acquiring(Rig.fast().announcements(schedule(0, 0, 0, 0, 5000, 5000)));
        assertThat(rig.acquired()).containsExactly("ANNOUNCE", "ANNOUNCE", "ANNOUNCE", "BACKUP>MASTER MASTER_DOWN");
        assertThat(announcements(rig, Duration.ofSeconds(100))).containsExactly(5000L, 5000L);
    }

    @Test
    @DisplayName("without offsets there is only the refresh, and without both nothing")
    void refreshOnly() {
        Rig rig = Rig.acquiring(Rig.fast().announcements(schedule(30_000)));
        assertThat(rig.acquired()).containsExactly("BACKUP>MASTER MASTER_DOWN");
        assertThat(announcements(rig, Duration.ofSeconds(61))).containsExactly(30_000L, 60_000L);
        assertThat(announcements(Rig.master(Rig.quiet()), Duration.ofSeconds(100)))
                .isEmpty();
    }

    /** At which milliseconds from now on the rig announces interfaces. */
    private static List<Long> interfaces(Rig rig, Duration duration) {
        List<Long> result = new ArrayList<>();
        Duration start = rig.time();
        while (rig.time().minus(start).compareTo(duration) < 0) {
            for (String effect : rig.toDeadline()) {
                if (effect.equals("ANNOUNCE INTERFACES")) {
                    result.add(rig.time().minus(start).toMillis());
                }
            }
        }
        return result;
    }

    private static InterfaceRefresh every(int seconds) {
        return new InterfaceRefresh(Duration.ofSeconds(seconds), false);
    }

    @Test
    @DisplayName("other interfaces are announced at their own interval from becoming master on, whatever else is")
    void interfaceRefresh() {
        Rig rig = Rig.acquiring(Rig.fast().announcements(schedule(7_000, 0)).interfaceRefresh(every(10)));
        assertThat(rig.acquired()).doesNotContain("ANNOUNCE INTERFACES");
        assertThat(interfaces(rig, Duration.ofSeconds(29))).containsExactly(10_000L, 20_000L);
        rig.hear(Rig.LESS, 99);
        assertThat(rig.step(new Input.Reconfigured(
                        Rig.fast().interfaceRefresh(every(1000)).build())))
                .doesNotContain("ANNOUNCE INTERFACES");
        assertThat(interfaces(rig, Duration.ofSeconds(900))).isEmpty();
    }

    @Test
    @DisplayName("conflicts, however many, do not put off the announcements of other interfaces")
    void conflictsDoNotPutOff() {
        Rig rig = Rig.master(Rig.fast().conflictAnnouncements(schedule(0)).interfaceRefresh(every(10)));
        List<String> effects = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            effects.addAll(rig.pass(Duration.ofMillis(900)));
            rig.hear(Rig.LESS, 99);
        }
        assertThat(effects).containsOnlyOnce("ANNOUNCE INTERFACES");
    }

    @Test
    @DisplayName("other interfaces are not announced by a router that is no master")
    void interfacesOfAMasterOnly() {
        Rig rig = Rig.master(Rig.fast().interfaceRefresh(every(10)));
        rig.step(new Input.Stopped());
        assertThat(rig.pass(Duration.ofSeconds(100))).doesNotContain("ANNOUNCE INTERFACES");
        assertThat(Rig.backup(Rig.fast().interfaceRefresh(every(10))).pass(Duration.ofMillis(500)))
                .doesNotContain("ANNOUNCE INTERFACES");
    }

    @Test
    @DisplayName("a conflict starts its own schedule, and the refresh goes on after it")
    void conflictSchedule() {
        Rig rig = Rig.master(Rig.fast().announcements(schedule(10_000, 0)).conflictAnnouncements(schedule(0, 0, 700)));
        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.hear(Rig.LESS, 99)).contains("ANNOUNCE");
        assertThat(announcements(rig, Duration.ofSeconds(21))).containsExactly(700L, 10_700L, 20_700L);
    }

    @Test
    @DisplayName("R9568-8.1.2-5 R9568-8.2.2-7"
            + " nothing is announced before the addresses are in place, nor after they have been given up")
    void onlyWhileHeld() {
        Rig rig = Rig.acquiring(Rig.fast());
        assertThat(rig.hear(Rig.LESS, 99)).containsExactly("ADV 100", "MasterConflict");
        assertThat(rig.pass(Duration.ofSeconds(5))).doesNotContain("ANNOUNCE");
        rig.acquired();
        rig.step(new Input.AddressVanished(Rig.address(Rig.VIP)));
        assertThat(rig.pass(Duration.ofSeconds(100))).doesNotContain("ANNOUNCE");
        assertThat(rig.acquired()).contains("ANNOUNCE");
        rig.step(new Input.Stopped());
        assertThat(rig.pass(Duration.ofSeconds(100))).doesNotContain("ANNOUNCE");
    }
}
