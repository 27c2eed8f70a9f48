package org.vrrp4j.linux.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vrrp4j.config.ProcessTracker;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.ProcessEvent;
import org.vrrp4j.linux.netlink.ProcessEvent.Kind;

/** Real processes, and a kernel that tells of them what the test wants. */
class ProcessSearchTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String NAME = "vrrp4j-search";

    @TempDir
    private Path directory;

    private final Told told = new Told();
    private final Feed feed = new Feed();
    private final List<Process> started = new ArrayList<>();
    private ProcessSearch search = new ProcessSearch(() -> feed, told);
    private String program;

    /** What the search has found, in order. */
    private static final class Told implements ProcessSearch.Listener {
        private final List<Set<Integer>> sets = new CopyOnWriteArrayList<>();
        private volatile boolean endsAreTold;

        @Override
        public void onFound(ProcessTracker tracker, Set<Integer> pids, boolean ends) {
            endsAreTold = ends;
            sets.add(pids);
        }
    }

    /** Events, or an error in their place. */
    private static final class Feed implements ProcessFeed {
        private final BlockingQueue<Object> queue = new LinkedBlockingQueue<>();
        private volatile boolean closed;

        @Override
        public List<ProcessEvent> await(int timeoutMillis) throws LinuxException {
            try {
                Object next = queue.poll(timeoutMillis, TimeUnit.MILLISECONDS);
                if (next instanceof Errno errno) {
                    throw new LinuxException("recv", errno.number());
                }
                return next == null ? List.of() : List.of((ProcessEvent) next);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        void tell(Kind kind, Process process) {
            queue.add(new ProcessEvent(kind, (int) process.pid(), 0));
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @BeforeEach
    void copyProgram() throws IOException {
        program = Files.copy(Path.of("/bin/sh"), directory.resolve(NAME)).toString();
    }

    @AfterEach
    void close() {
        search.close();
        started.forEach(Process::destroyForcibly);
    }

    private Process start() throws IOException {
        Process process = new ProcessBuilder(program, "-c", "read line; exec sleep 1000").start();
        started.add(process);
        awaitName(process, NAME);
        return process;
    }

    private static void awaitName(Process process, String name) {
        await().atMost(LIMIT)
                .until(() -> Files.readString(Path.of("/proc/" + process.pid() + "/comm"))
                        .strip()
                        .equals(name));
    }

    private void lookForIt() {
        search.lookFor(List.of(new ProcessTracker(
                "it",
                program,
                List.of(),
                ProcessTracker.ParameterMatch.NONE,
                false,
                1,
                ProcessTracker.UNLIMITED,
                Duration.ZERO,
                Duration.ZERO)));
    }

    private static Set<Integer> pids(Process... processes) {
        return Set.copyOf(
                List.of(processes).stream().map(process -> (int) process.pid()).toList());
    }

    private void awaitTold(List<Set<Integer>> sets) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(told.sets).isEqualTo(sets));
    }

    @Test
    void whatTheKernelTellsOfIsLookedAt() throws Exception {
        Process first = start();
        lookForIt();
        awaitTold(List.of(pids(first)));
        Process second = start();
        feed.tell(Kind.CHANGED, second);
        awaitTold(List.of(pids(first), pids(first, second)));
        assertThat(told.endsAreTold).isTrue();

        second.destroyForcibly().waitFor();
        feed.tell(Kind.ENDED, second);
        awaitTold(List.of(pids(first), pids(first, second), pids(first)));
    }

    @Test
    void aProcessThatRunsAnotherProgramDoesNotCountAnyMore() throws Exception {
        Process first = start();
        lookForIt();
        awaitTold(List.of(pids(first)));
        first.getOutputStream().write('\n');
        first.getOutputStream().flush();
        awaitName(first, "sleep");
        feed.tell(Kind.CHANGED, first);
        awaitTold(List.of(pids(first), Set.of()));
    }

    @Test
    void aChildIsLookedAtIfItsParentCounts() throws Exception {
        Process parent = start();
        lookForIt();
        awaitTold(List.of(pids(parent)));
        Process child = start();
        Process stranger = start();
        feed.queue.add(new ProcessEvent(Kind.FORKED, (int) stranger.pid(), 1));
        feed.queue.add(new ProcessEvent(Kind.FORKED, (int) child.pid(), (int) parent.pid()));
        awaitTold(List.of(pids(parent), pids(parent, child)));
    }

    @Test
    void afterLostEventsEverythingIsLookedAt() throws Exception {
        lookForIt();
        awaitTold(List.of(Set.of()));
        Process first = start();
        feed.queue.add(Errno.ENOBUFS);
        awaitTold(List.of(Set.of(), pids(first)));
        assertThat(told.endsAreTold).isTrue();
        assertThat(feed.closed).isFalse();
    }

    @Test
    void whoeverAsksAgainIsAnsweredAgain() {
        lookForIt();
        awaitTold(List.of(Set.of()));
        lookForIt();
        awaitTold(List.of(Set.of(), Set.of()));
    }

    @Test
    void withAFeedThatFailsItGoesOnWithoutOne() throws Exception {
        lookForIt();
        awaitTold(List.of(Set.of()));
        feed.queue.add(Errno.EBADF);
        Process first = start();
        await().atMost(LIMIT).until(() -> told.sets.contains(pids(first)));
        assertThat(told.endsAreTold).isFalse();
        assertThat(feed.closed).isTrue();
    }

    @Test
    void withoutAFeedProcessesAreFoundAllTheSame() throws Exception {
        search = new ProcessSearch(
                () -> {
                    throw new LinuxException("bind", Errno.EPERM.number());
                },
                told);
        lookForIt();
        await().atMost(LIMIT).until(() -> told.sets.contains(Set.<Integer>of()));
        Process first = start();
        await().atMost(LIMIT).until(() -> told.sets.contains(pids(first)));
        assertThat(told.endsAreTold).isFalse();
    }
}
