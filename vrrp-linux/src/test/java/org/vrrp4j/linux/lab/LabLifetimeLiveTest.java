package org.vrrp4j.linux.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing of a lab may outlive it. */
class LabLifetimeLiveTest {
    private static final String PIDS = "pids ";

    /** A program that opens a lab with running and stopped processes and then waits to be killed. */
    static final class Owner {
        private Owner() {}

        public static void main(String[] args) throws IOException, InterruptedException {
            Lab lab = Lab.open();
            LabHost a = lab.addHost("a", "192.0.2.1/24");
            LabProcess running = a.start("sleep", "1000");
            LabProcess stopped = a.start("sh", "-c", "sleep 1000; true");
            lab.watchAddresses();
            running.pid();
            stopped.signalTree("STOP");
            List<Long> pids = ProcessHandle.current()
                    .descendants()
                    .map(ProcessHandle::pid)
                    .toList();
            System.out.println(PIDS + pids.toString().replaceAll("[\\[\\],]", ""));
            Thread.sleep(Duration.ofMinutes(1).toMillis());
            lab.close();
        }
    }

    private static List<ProcessHandle> handles(OutputLine line) {
        return Arrays.stream(line.text().substring(PIDS.length()).split(" "))
                .map(Long::parseLong)
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .toList();
    }

    @Test
    void killedJvmLeavesNoProcessBehind() throws IOException, InterruptedException {
        LiveTests.openLab().close();
        String java = ProcessHandle.current().info().command().orElse("java");
        Process owner =
                new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), Owner.class.getName()).start();
        LabProcess output = new LabProcess("owner", owner);
        List<ProcessHandle> descendants = handles(output.awaitLine("^" + PIDS, Duration.ofSeconds(20)));
        assertThat(descendants).hasSizeGreaterThan(6).allMatch(ProcessHandle::isAlive);

        owner.destroyForcibly();
        assertThat(owner.waitFor(10, TimeUnit.SECONDS)).isTrue();

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(descendants).noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void closingEndsRunningAndStoppedProcessesAndTheirChildren() throws IOException, InterruptedException {
        List<ProcessHandle> before;
        LabProcess running;
        LabProcess stopped;
        LabProcess detached;
        try (Lab lab = LiveTests.openLab()) {
            LabHost a = lab.addHost("a");
            running = a.start("sleep", "1000");
            stopped = a.start("sh", "-c", "sleep 1000; true");
            stopped.signalTree("STOP");
            detached = a.start("sh", "-c", "sleep 1000 >/dev/null 2>&1 & sleep 1000 >/dev/null 2>&1 & echo done");
            detached.awaitLine("done", Duration.ofSeconds(10));
            before = Stream.concat(
                            ProcessHandle.current().descendants(),
                            Stream.of(ProcessHandle.of(running.pid()).orElseThrow()))
                    .toList();
        }
        assertThat(running.exitCode()).hasValue(128 + 9);
        assertThat(stopped.exitCode()).hasValue(128 + 9);
        assertThat(detached.exitCode()).hasValue(0);
        assertThat(before).noneMatch(ProcessHandle::isAlive);
    }
}
