package org.vrrp4j.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.AnnouncementLimits.Gaps;
import org.vrrp4j.config.AnnouncementLimits.Group;

/** Bounds of what limits announcements, and of what adds to them. */
class AnnouncementLimitsTest {
    private static final Gaps GAPS = new Gaps(Duration.ofSeconds(1), Duration.ZERO);

    @Test
    void gapsAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Gaps(Duration.ofMillis(-1), Duration.ZERO))
                .withMessage("the gap of announcements must be 0 to one day: arp=PT-0.001S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Gaps(Duration.ZERO, Duration.ofDays(2)))
                .withMessageContaining("neighbour=PT48H");
    }

    @Test
    void anInterfaceIsInOneGroup() {
        Group first = new Group(Set.of("eth0", "eth1"), GAPS);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new AnnouncementLimits(Gaps.NONE, List.of(first, new Group(Set.of("eth1"), Gaps.NONE))))
                .withMessage("interface eth1 is in two groups of announcements");
        assertThatIllegalArgumentException().isThrownBy(() -> new Group(Set.of(), GAPS));
        AnnouncementLimits limits = new AnnouncementLimits(Gaps.NONE, List.of(first));
        assertThat(limits.groupOf("eth1")).contains(first);
        assertThat(limits.groupOf("eth2")).isEmpty();
    }

    @Test
    void intervalsOfInterfaceRefreshesAreChecked() {
        assertThat(new InterfaceRefresh(Duration.ofDays(1), true).everyInterface())
                .isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InterfaceRefresh(Duration.ofMillis(999), true))
                .withMessageContaining("must be 0, or 1 s to one day: interval=PT0.999S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InterfaceRefresh(Duration.ofDays(1).plusNanos(1), true));
    }

    @Test
    void otherLimitsAreADifferenceOfNodes() {
        RouterConfig router = RouterConfig.builder("eth0", 1)
                .address(VirtualAddress.parse("192.0.2.100/24"))
                .build();
        NodeConfig before = new NodeConfig("n", List.of(router));
        NodeConfig after = new NodeConfig(
                before.name(),
                before.routers(),
                before.waitsForInterfaces(),
                before.namespace(),
                before.groups(),
                before.notification(),
                before.staticResources(),
                before.logsUnknownRouters(),
                before.linkDelays(),
                before.pauseGrace(),
                before.process(),
                before.bfdSessions(),
                new AnnouncementLimits(GAPS, List.of()));
        assertThat(NodeDifference.between(before, after).others()).containsExactly("announcementLimits");
        assertThat(NodeDifference.between(after, after.with("n", before.routers()))
                        .isNone())
                .isTrue();
    }
}
