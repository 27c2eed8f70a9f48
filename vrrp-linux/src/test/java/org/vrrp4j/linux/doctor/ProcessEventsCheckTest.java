package org.vrrp4j.linux.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.InterfaceTracker;
import org.vrrp4j.config.ProcessTracker;
import org.vrrp4j.config.TrackWeight;
import org.vrrp4j.config.Tracked;
import org.vrrp4j.linux.doctor.Finding.Level;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;

class ProcessEventsCheckTest {
    private static final Tracked PROCESS = new Tracked(
            new ProcessTracker(
                    "web",
                    "nginx",
                    List.of(),
                    ProcessTracker.ParameterMatch.NONE,
                    false,
                    1,
                    ProcessTracker.UNLIMITED,
                    Duration.ZERO,
                    Duration.ZERO),
            TrackWeight.FAULT);
    private static final Tracked LINK = new Tracked(new InterfaceTracker("eth1"), TrackWeight.FAULT);

    private final List<Finding> findings = new ArrayList<>();

    private void check(ProcessEventsCheck.Attempt attempt, Tracked... trackers) {
        new ProcessEventsCheck(findings::add, attempt).check(List.of(trackers));
    }

    @Test
    void itIsOfNoInterestWhereNoProcessIsTracked() {
        check(
                () -> {
                    throw new AssertionError("tried for nothing");
                },
                LINK);
        assertThat(findings).isEmpty();
    }

    @Test
    void whetherTheKernelTellsOfProcessesIsSaid() {
        check(() -> {}, LINK, PROCESS);
        assertThat(findings).singleElement().extracting(Finding::level).isEqualTo(Level.OK);
    }

    @Test
    void whereItDoesNotTheHintSaysWhyAndWhatFollows() {
        check(
                () -> {
                    throw new LinuxException("bind process events", Errno.EPERM.number());
                },
                PROCESS);
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.HINT);
            assertThat(finding.text()).contains("up to half a second late", "EPERM");
        });
    }
}
