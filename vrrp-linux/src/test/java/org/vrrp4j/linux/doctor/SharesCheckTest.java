package org.vrrp4j.linux.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vrrp4j.linux.doctor.Finding.Level;

class SharesCheckTest {
    @TempDir
    private Path root;

    private final List<Finding> findings = new ArrayList<>();

    @BeforeEach
    void sessionsShare() throws IOException {
        Hosts.write(root, "proc/sys/kernel/sched_autogroup_enabled", "1");
        Hosts.write(root, "proc/self/autogroup", "/autogroup-17 nice 0");
        Hosts.write(root, "proc/self/cgroup", "1:cpu,cpuacct:/\n0::/user.slice/session-1.scope");
    }

    private List<Finding> findings() {
        findings.clear();
        new SharesCheck(new HostFiles(root), findings::add).check();
        return findings;
    }

    @Test
    @DisplayName("a session that shares the processor with others is a hint with what to do")
    void shared() {
        assertThat(findings()).extracting(Finding::level).containsExactly(Level.HINT);
        assertThat(findings().get(0).remedy().orElseThrow()).contains("CPUWeight", "/proc/PID/autogroup");
    }

    @Test
    @DisplayName("a kernel without autogroups, one that has them switched off and a session that goes first are fine")
    void notShared() throws IOException {
        Hosts.write(root, "proc/self/autogroup", "/autogroup-17 nice -10");
        assertThat(findings()).isEmpty();
        Hosts.write(root, "proc/self/autogroup", "");
        assertThat(findings()).isEmpty();
        Hosts.write(root, "proc/self/autogroup", "/autogroup-17 nice 0");
        Hosts.write(root, "proc/sys/kernel/sched_autogroup_enabled", "0");
        assertThat(findings()).isEmpty();
    }

    @Test
    @DisplayName("in a control group that has a share of its own there are no autogroups")
    void controlGroups() throws IOException {
        Hosts.write(root, "proc/self/cgroup", "4:cpu,cpuacct:/vrrp\n0::/");
        assertThat(findings()).isEmpty();
        Hosts.write(root, "proc/self/cgroup", "0::/system.slice/vrrp.service");
        assertThat(findings()).hasSize(1);
        Hosts.write(root, "sys/fs/cgroup/system.slice/cpu.weight", "100");
        assertThat(findings()).isEmpty();
    }
}
