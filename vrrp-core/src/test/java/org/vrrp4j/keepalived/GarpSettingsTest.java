package org.vrrp4j.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.AnnouncementSchedule;
import org.vrrp4j.config.InterfaceRefresh;
import org.vrrp4j.config.RouterConfig;

/** The garp keywords as announcement schedules. */
class GarpSettingsTest {
    private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

    private static AnnouncementSchedule bursts(int repeat, long gapMillis, Duration delay, Duration refresh) {
        return AnnouncementSchedule.bursts(repeat, Duration.ofMillis(gapMillis), delay, refresh);
    }

    private static String globals(String... lines) {
        return "global_defs {\n" + String.join("\n", lines) + "\n}\n";
    }

    @Test
    @DisplayName("addresses go along with advertisements unless a refresh is given, or none at all is wanted")
    void alongWithAdvertisements() {
        assertThat(Conf.router(Conf.instance("garp_master_delay 1")).announceWithAdvertisements())
                .isTrue();
        assertThat(Conf.router(Conf.instance("garp_master_refresh 60")).announceWithAdvertisements())
                .isFalse();
        assertThat(Conf.router(globals("vrrp_min_garp"), Conf.instance()).announceWithAdvertisements())
                .isFalse();
    }

    @Test
    void withoutAnyKeywordTheSchedulesAreOurs() {
        RouterConfig router = Conf.router(Conf.instance());

        assertThat(router.announcements()).isEqualTo(AnnouncementSchedule.DEFAULT);
        assertThat(router.conflictAnnouncements().offsets()).isEqualTo(AnnouncementSchedule.DEFAULT.offsets());
    }

    @Test
    void withOneKeywordTheOthersHaveKeepalivedsDefaults() {
        RouterConfig router = Conf.router(Conf.instance("garp_master_refresh 60"));

        assertThat(router.announcements()).isEqualTo(bursts(5, 0, FIVE_SECONDS, Duration.ofMinutes(1)));
        assertThat(router.conflictAnnouncements()).isEqualTo(bursts(5, 0, FIVE_SECONDS, Duration.ZERO));
    }

    @Test
    void allKeywordsOfAnInstanceCount() {
        String[] lines = {
            Conf.instance(
                    "garp_master_delay 2",
                    "garp_master_repeat 3",
                    "garp_master_refresh 10",
                    "garp_master_refresh_repeat 1",
                    "garp_lower_prio_delay 1",
                    "garp_lower_prio_repeat 4")
        };

        assertThat(Conf.problems(lines)).isEmpty();
        assertThat(Conf.router(lines).announcements())
                .isEqualTo(bursts(3, 0, Duration.ofSeconds(2), Duration.ofSeconds(10)));
        assertThat(Conf.router(lines).conflictAnnouncements())
                .isEqualTo(bursts(4, 0, Duration.ofSeconds(1), Duration.ZERO));
    }

    @Test
    void lowerPriorityKeywordsAloneLeaveTheOtherScheduleOurs() {
        RouterConfig router = Conf.router(Conf.instance("garp_lower_prio_repeat 0"));

        assertThat(router.announcements()).isEqualTo(AnnouncementSchedule.DEFAULT);
        assertThat(router.conflictAnnouncements().offsets()).isEmpty();
    }

    @Test
    void lowerPriorityKeywordsDefaultToThoseOfTheMaster() {
        RouterConfig router = Conf.router(Conf.instance("garp_master_repeat 2", "garp_master_delay 1"));

        assertThat(router.conflictAnnouncements()).isEqualTo(bursts(2, 0, Duration.ofSeconds(1), Duration.ZERO));
    }

    @Test
    void globalsAreDefaultsOfTheInstances() {
        RouterConfig router = Conf.router(
                globals(
                        "vrrp_garp_master_repeat 2",
                        "vrrp_garp_master_delay 1",
                        "vrrp_garp_interval 0.25",
                        "vrrp_gna_interval 0.5"),
                Conf.instance("garp_master_delay 3"));

        assertThat(router.announcements()).isEqualTo(bursts(2, 250, Duration.ofSeconds(3), Duration.ZERO));
    }

    @Test
    void neighbourIntervalIsForIpv6() {
        RouterConfig router = Conf.router(globals("vrrp_gna_interval 0.5"), Conf.addresses("fe80::1"));

        assertThat(router.announcements()).isEqualTo(bursts(5, 500, FIVE_SECONDS, Duration.ZERO));
        assertThat(Conf.router(globals("vrrp_gna_interval 0.5"), Conf.instance())
                        .announcements())
                .isEqualTo(AnnouncementSchedule.DEFAULT);
    }

    @Test
    void minimalMeansOnceAndNeverAgain() {
        RouterConfig router = Conf.router(globals("vrrp_min_garp"), Conf.instance());

        assertThat(router.announcements()).isEqualTo(bursts(1, 0, Duration.ZERO, Duration.ZERO));
        assertThat(Conf.router(globals("vrrp_min_garp no"), Conf.instance()).announcements())
                .isEqualTo(AnnouncementSchedule.DEFAULT);
    }

    @Test
    void rangesAreChecked() {
        assertThat(Conf.problems(Conf.instance("garp_master_delay 1.5", "garp_master_repeat 501")))
                .containsExactly(
                        "k.conf:5: error: garp_master_delay must be 0 to 43200: '1.5'",
                        "k.conf:6: error: garp_master_repeat must be 1 to 500: '501'");
        assertThat(Conf.problems(Conf.instance("garp_master_repeat 0", "garp_master_refresh_repeat 2")))
                .containsExactly(
                        "k.conf:5: warning: garp_master_repeat must be 1 to 500: '0' is read as 1",
                        "k.conf:6: warning: garp_master_refresh_repeat is not supported yet:"
                                + " each refresh announces once");
        assertThat(Conf.problems(globals("vrrp_garp_interval 61"), Conf.instance()))
                .containsExactly("k.conf:2: error: vrrp_garp_interval must be 0 to 60 seconds: '61'");
    }

    @Test
    void theLongestSettingsStillFit() {
        String[] lines = {
            globals("vrrp_garp_interval 60"),
            Conf.instance("garp_master_delay 43200", "garp_master_repeat 500", "garp_master_refresh 43200")
        };

        assertThat(Conf.problems(lines)).isEmpty();
    }

    private static InterfaceRefresh refresh(String... lines) {
        assertThat(Conf.problems(lines)).isEmpty();
        return Conf.router(lines).interfaceRefresh();
    }

    @Test
    @DisplayName("other interfaces: the interval is the instance's or the global one, 'all' of either counts")
    void otherInterfaces() {
        Duration hundred = Duration.ofSeconds(100);
        assertThat(refresh(Conf.instance())).isEqualTo(InterfaceRefresh.NONE);
        assertThat(refresh(Conf.instance("garp_extra_if 100"))).isEqualTo(new InterfaceRefresh(hundred, false));
        assertThat(refresh(Conf.instance("vmac_garp_intvl all 100"))).isEqualTo(new InterfaceRefresh(hundred, true));
        assertThat(refresh(globals("vrrp_garp_extra_if all 5"), Conf.instance("garp_extra_if 100")))
                .isEqualTo(new InterfaceRefresh(hundred, true));
        assertThat(refresh(globals("vrrp_vmac_garp_intvl 100"), Conf.instance()))
                .isEqualTo(new InterfaceRefresh(hundred, false));
        assertThat(refresh(globals("vrrp_garp_extra_if 100"), Conf.instance("garp_extra_if 0")))
                .isEqualTo(InterfaceRefresh.NONE);
        assertThat(Conf.problems(globals("vrrp_garp_extra_if 0"), Conf.instance("garp_extra_if all")))
                .containsExactly(
                        "k.conf:2: error: vrrp_garp_extra_if must be [all] 1 to 86400: '0'",
                        "k.conf:9: error: garp_extra_if must be [all] 0 to 86400: ''");
    }
}
