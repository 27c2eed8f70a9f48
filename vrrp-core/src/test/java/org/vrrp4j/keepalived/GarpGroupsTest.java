package org.vrrp4j.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.AnnouncementLimits;
import org.vrrp4j.config.AnnouncementLimits.Gaps;
import org.vrrp4j.config.AnnouncementLimits.Group;
import org.vrrp4j.config.AnnouncementSchedule;

/** The blocks garp_group and the global intervals as limits of the node. */
class GarpGroupsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static AnnouncementLimits limits(String... lines) {
        return Conf.parse(lines).nodeConfig().announcementLimits();
    }

    private static Gaps gaps(long arpMillis, long neighbourMillis) {
        return new Gaps(Duration.ofMillis(arpMillis), Duration.ofMillis(neighbourMillis));
    }

    @Test
    @DisplayName("one interface, several together, and the global intervals for the others")
    void groups() {
        String[] lines = {
            "global_defs {\nvrrp_garp_interval 0.2\nvrrp_gna_interval 0.3\n}",
            "garp_group {\ngarp_interval 1\ngna_interval 0.5\ninterface eth1\n}",
            "garp_group {\ngarp_interval 0.1\ninterfaces {\neth2\neth3\n}\n}",
            Conf.instance()
        };
        assertThat(Conf.problems(lines)).isEmpty();
        assertThat(limits(lines))
                .isEqualTo(new AnnouncementLimits(
                        gaps(200, 300),
                        List.of(
                                new Group(Set.of("eth1"), gaps(1000, 500)),
                                new Group(Set.of("eth2", "eth3"), gaps(100, 0)))));
        assertThat(limits(Conf.instance())).isEqualTo(AnnouncementLimits.NONE);
    }

    @Test
    @DisplayName("a burst on an interface of a group is drawn out by its gap, be it none, not by the global one")
    void bursts() {
        String global = "global_defs {\nvrrp_garp_interval 0.2\n}";
        String group = "garp_group {\ngarp_interval 1\ninterface eth0\n}";
        Duration five = Duration.ofSeconds(5);
        assertThat(Conf.router(global, group, Conf.instance()).announcements())
                .isEqualTo(AnnouncementSchedule.bursts(5, SECOND, five, Duration.ZERO));
        assertThat(Conf.router(Conf.instance(), group).announcements())
                .as("later in the file")
                .isEqualTo(AnnouncementSchedule.bursts(5, SECOND, five, Duration.ZERO));
        assertThat(Conf.router(global, group.replace("eth0", "eth1"), Conf.instance())
                        .announcements())
                .isEqualTo(AnnouncementSchedule.bursts(5, Duration.ofMillis(200), five, Duration.ZERO));
        assertThat(Conf.router(global, "garp_group {\ngna_interval 1\ninterface eth0\n}", Conf.instance())
                        .announcements())
                .isEqualTo(AnnouncementSchedule.bursts(5, Duration.ZERO, five, Duration.ZERO));
        assertThat(Conf.problems("garp_group {\ngarp_interval 4294\ninterface eth0\n}", Conf.instance()))
                .isEmpty();
    }

    @Test
    @DisplayName("an interface that is in a group already, and a group without any, are told")
    void mistakes() {
        assertThat(Conf.problems(
                        "garp_group {\ninterface eth1\n}",
                        "garp_group {\ninterfaces {\neth1\n}\n}",
                        "garp_group {\ngarp_interval 1\n}",
                        Conf.instance()))
                .containsExactly(
                        "k.conf:4: warning: interface 'eth1' is in the garp_group of line 1 already, which counts",
                        "k.conf:9: warning: garp_group without an interface has no effect");
    }
}
