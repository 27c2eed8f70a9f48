package org.vrrp4j.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.ProcessEvent.Kind;
import org.vrrp4j.linux.testing.NeedsNamespaces;
import org.vrrp4j.linux.testing.NetworkNamespace;

/** This kernel's connector. */
@NeedsNamespaces
class ProcessEventsLiveTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void theKernelTellsOfAProcessOrWhyItDoesNot() throws Exception {
        try (ProcessEvents events = ProcessEvents.open(Duration.ofSeconds(1))) {
            Process process = new ProcessBuilder("/bin/sleep", "1000").start();
            int pid = (int) process.pid();
            awaitEvent(events, new ProcessEvent(Kind.CHANGED, pid, 0));
            process.destroyForcibly();
            awaitEvent(events, new ProcessEvent(Kind.ENDED, pid, 0));
        } catch (LinuxException e) {
            System.out.println("no events of processes here: " + e.getMessage());
            assertThat(e)
                    .message()
                    .containsAnyOf("CAP_NET_ADMIN", "in this network namespace", "first user and process namespaces");
        }
    }

    private static void awaitEvent(ProcessEvents events, ProcessEvent wanted) throws LinuxException {
        List<ProcessEvent> seen = new ArrayList<>();
        Instant end = Instant.now().plus(PATIENCE);
        while (!seen.contains(wanted)) {
            if (Instant.now().isAfter(end)) {
                fail("no %s but %s", wanted, seen);
            }
            seen.addAll(events.await(100));
        }
    }

    @Test
    void anotherNetworkNamespaceHasNone() throws Exception {
        try (NetworkNamespace other = NetworkNamespace.open()) {
            assertThatThrownBy(() -> other.call(() -> ProcessEvents.open(Duration.ofSeconds(1))))
                    .hasStackTraceContaining("there is none in this network namespace");
        }
    }
}
