package org.vrrp4j.linux.libc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.LoopScheduling;

class ThreadUrgencyTest {
    private static final int NICE_FIELD = 16;
    private static final int REAL_TIME_FIELD = 37;
    private static final int POLICY_FIELD = 38;
    private static final int SCHED_FIFO = 1;
    private static final int SCHED_RR = 2;
    private static final String CPUS = "Cpus_allowed_list:";

    /** A thread as the kernel sees it. */
    private record State(long nice, long realTimePriority, long policy, String cpus) {
        static State now() {
            try {
                String stat = Files.readString(Path.of("/proc/thread-self/stat"));
                // behind the name, which may have spaces in it
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                return new State(
                        Long.parseLong(fields[NICE_FIELD]),
                        Long.parseLong(fields[REAL_TIME_FIELD]),
                        Long.parseLong(fields[POLICY_FIELD]),
                        Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                                .filter(line -> line.startsWith(CPUS))
                                .map(line -> line.substring(CPUS.length()).strip())
                                .findFirst()
                                .orElseThrow());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private record Outcome(List<String> refused, boolean urgent, State own, State child) {}

    /** A thread that was scheduled in these ways, one after the other, and one that it has started then. */
    private static Outcome use(LoopScheduling... ways) {
        CompletableFuture<Outcome> done = new CompletableFuture<>();
        new Thread(() -> {
                    ThreadUrgency urgency = new ThreadUrgency();
                    List<String> refused = List.of();
                    for (LoopScheduling way : ways) {
                        refused = urgency.use(way);
                    }
                    CompletableFuture<State> inner = new CompletableFuture<>();
                    new Thread(() -> inner.complete(State.now())).start();
                    done.complete(new Outcome(refused, urgency.isUrgent(), State.now(), inner.join()));
                })
                .start();
        return done.join();
    }

    @Test
    @DisplayName("the calling thread is nicer to nobody if it may be so, and what it starts is as nice as before")
    void inheritance() {
        Outcome outcome = use(LoopScheduling.URGENT);
        assertThat(outcome.refused()).isEmpty();
        assertThat(outcome.own().nice())
                .isEqualTo(outcome.urgent() ? -10 : State.now().nice());
        assertThat(outcome.child().nice()).isEqualTo(State.now().nice());
    }

    @Test
    @DisplayName("a thread that insists is a real-time one if it is urgent and may be so, and goes on as before")
    void insistence() {
        CompletableFuture<List<State>> done = new CompletableFuture<>();
        new Thread(() -> {
                    ThreadUrgency urgency = new ThreadUrgency();
                    List<State> states = new ArrayList<>();
                    urgency.insist();
                    states.add(State.now());
                    urgency.use(LoopScheduling.URGENT);
                    states.add(State.now());
                    urgency.insist();
                    states.add(State.now());
                    urgency.goOn();
                    states.add(State.now());
                    done.complete(states);
                })
                .start();
        List<State> states = done.join();
        assertThat(states.get(0)).isEqualTo(State.now());
        assertThat(states.get(3)).isEqualTo(states.get(1));
        if (states.get(1).nice() < State.now().nice()) {
            assertThat(states.get(2).policy()).isEqualTo(SCHED_FIFO);
        } else {
            assertThat(states.get(2)).isEqualTo(states.get(1));
        }
    }

    @Test
    void aThreadIsAsOthersIfItIsToBe() {
        assertThat(use(LoopScheduling.AS_OTHERS).own()).isEqualTo(State.now());
        assertThat(use(LoopScheduling.URGENT, LoopScheduling.AS_OTHERS).own()).isEqualTo(State.now());
    }

    @Test
    void itHasTheNiceValueThatIsAskedFor() {
        Outcome outcome = use(LoopScheduling.URGENT.withNice(15));
        assertThat(outcome.refused()).isEmpty();
        assertThat(outcome.own().nice()).isEqualTo(15);
    }

    @Test
    void realTimePriorityIsThereOrRefusedWithTheRemedyAndNotInherited() {
        Outcome outcome = use(LoopScheduling.URGENT.withRealTimePriority(7));
        if (outcome.refused().isEmpty()) {
            assertThat(outcome.own().policy()).isEqualTo(SCHED_RR);
            assertThat(outcome.own().realTimePriority()).isEqualTo(7);
        } else {
            assertThat(outcome.refused())
                    .singleElement()
                    .asString()
                    .startsWith("sched_setscheduler SCHED_RR 7 failed with EPERM (1)")
                    .contains("CAP_SYS_NICE", "LimitRTPRIO=7");
            assertThat(outcome.own().realTimePriority()).isZero();
        }
        assertThat(outcome.child().realTimePriority()).isZero();
        assertThat(use(LoopScheduling.URGENT.withRealTimePriority(7), LoopScheduling.AS_OTHERS)
                        .own())
                .isEqualTo(State.now());
    }

    @Test
    void itRunsOnTheProcessorsThatAreAskedForAndThenOnAllAgain() {
        String first = State.now().cpus().split("[-,]")[0];
        LoopScheduling pinned = LoopScheduling.AS_OTHERS.onCpus(List.of(Integer.parseInt(first)));
        assertThat(use(pinned).own().cpus()).isEqualTo(first);
        assertThat(use(pinned).child().cpus()).isEqualTo(first);
        assertThat(use(pinned, LoopScheduling.AS_OTHERS).own()).isEqualTo(State.now());
    }

    @Test
    void aProcessorThatIsNotThereChangesNothing() {
        Outcome outcome = use(LoopScheduling.AS_OTHERS.onCpus(List.of(LoopScheduling.MAX_CPU)));
        assertThat(outcome.refused()).singleElement().asString().startsWith("sched_setaffinity [1023] failed with");
        assertThat(outcome.own()).isEqualTo(State.now());
    }
}
