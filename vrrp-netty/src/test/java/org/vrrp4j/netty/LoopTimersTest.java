package org.vrrp4j.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vrrp4j.spi.EventLoop;

/** Times are chosen so that they overflow. */
class LoopTimersTest {
    private static final long BEGIN = Long.MAX_VALUE - 500;

    private final LoopTimers timers = new LoopTimers();
    private final List<String> seen = new ArrayList<>();
    private int done;

    private void runDue(long now) {
        timers.runDue(now, () -> done++);
    }

    private EventLoop.Timer timer(String name) {
        return timers.newTimer(() -> seen.add(name));
    }

    @Test
    void whatIsDueRunsInTheOrderOfItsTimesAndThenOfItsArmings() {
        timers.schedule(BEGIN + 20, () -> seen.add("second"));
        timers.schedule(BEGIN + 20, () -> seen.add("third"));
        timers.schedule(BEGIN + 10, () -> seen.add("first"));
        timers.schedule(BEGIN + 1000, () -> seen.add("overflown"));
        runDue(BEGIN + 19);
        assertThat(seen).containsExactly("first");
        assertThat(timers.nearestNanos()).isEqualTo(BEGIN + 20);
        runDue(BEGIN + 999);
        assertThat(seen).containsExactly("first", "second", "third");
        runDue(BEGIN + 1000);
        assertThat(seen).endsWith("overflown");
        assertThat(timers.isEmpty()).isTrue();
    }

    @Test
    void somethingIsDoneAfterEach() {
        timers.schedule(BEGIN, () -> assertThat(done).isZero());
        timers.schedule(BEGIN, () -> assertThat(done).isOne());
        runDue(BEGIN);
        assertThat(done).isEqualTo(2);
    }

    @Test
    void aTimerRunsAtTheLastTimeItWasArmedForAndOnce() {
        EventLoop.Timer timer = timer("moved");
        timer.arm(BEGIN + 10);
        timer.arm(BEGIN + 30);
        assertThat(timers.nearestNanos()).isEqualTo(BEGIN + 30);
        timer.arm(BEGIN + 20);
        assertThat(timers.nearestNanos()).isEqualTo(BEGIN + 20);
        runDue(BEGIN + 19);
        assertThat(seen).isEmpty();
        runDue(BEGIN + 40);
        runDue(BEGIN + 40);
        assertThat(seen).containsExactly("moved");
        timer.arm(BEGIN + 50);
        runDue(BEGIN + 50);
        assertThat(seen).containsExactly("moved", "moved");
    }

    @Test
    void ofTheSameTimeTheOneThatWasMovedThereLastIsLast() {
        EventLoop.Timer moved = timer("moved");
        moved.arm(BEGIN + 10);
        timer("there").arm(BEGIN + 20);
        moved.arm(BEGIN + 20);
        runDue(BEGIN + 20);
        assertThat(seen).containsExactly("there", "moved");
    }

    @Test
    void aCancelledTimerDoesNotRunEvenIfItIsDueAlready() {
        EventLoop.Timer second = timer("second");
        timers.schedule(BEGIN + 10, second::cancel);
        second.arm(BEGIN + 10);
        EventLoop.Timer third = timer("third");
        third.arm(BEGIN + 10);
        third.cancel();
        third.cancel();
        runDue(BEGIN + 10);
        assertThat(seen).isEmpty();
        assertThat(timers.isEmpty()).isTrue();
    }

    @Test
    void whatIsArmedWhileOthersRunWaitsForTheNextTurn() {
        EventLoop.Timer later = timer("later");
        EventLoop.Timer due = timer("due");
        timers.schedule(BEGIN + 10, () -> {
            later.arm(BEGIN);
            due.arm(BEGIN + 10);
        });
        due.arm(BEGIN + 10);
        runDue(BEGIN + 10);
        assertThat(seen).isEmpty();
        runDue(BEGIN + 10);
        assertThat(seen).containsExactly("later", "due");
    }

    @Test
    void aTimerRunsEarlyTogetherWithAnotherOneAndNeverAlone() {
        timer("early").arm(BEGIN + 10, BEGIN + 30);
        timer("too early").arm(BEGIN + 25, BEGIN + 40);
        runDue(BEGIN + 15);
        assertThat(seen).isEmpty();
        assertThat(timers.nearestNanos()).isEqualTo(BEGIN + 30);
        timer("due").arm(BEGIN + 20);
        runDue(BEGIN + 20);
        assertThat(seen).containsExactly("due", "early");
        runDue(BEGIN + 39);
        assertThat(seen).hasSize(2);
        runDue(BEGIN + 40);
        assertThat(seen).endsWith("too early");
    }

    @Test
    void aTaskThatFailsKeepsNoOtherOneFromRunning() {
        timers.schedule(BEGIN, () -> {
            throw new IllegalStateException("thrown by the test");
        });
        timers.schedule(BEGIN, () -> seen.add("next"));
        runDue(BEGIN);
        assertThat(seen).containsExactly("next");
    }

    @Test
    void afterAnErrorTheOthersRunInTheNextTurn() {
        timers.schedule(BEGIN, () -> {
            throw new AssertionError("thrown by the test");
        });
        timers.schedule(BEGIN, () -> seen.add("next"));
        EventLoop.Scheduled cancelled = timers.schedule(BEGIN, () -> seen.add("cancelled"));
        assertThatThrownBy(() -> runDue(BEGIN)).isInstanceOf(AssertionError.class);
        cancelled.cancel();
        runDue(BEGIN);
        assertThat(seen).containsExactly("next");
    }

    @Test
    void forgottenTimersDoNotRunUnlessArmedAgain() {
        List<EventLoop.Timer> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(timer("forgotten"));
            many.get(i).arm(BEGIN + i % 7);
        }
        timers.clear();
        runDue(BEGIN + 100);
        assertThat(seen).isEmpty();
        many.get(3).arm(BEGIN + 101);
        runDue(BEGIN + 101);
        assertThat(seen).hasSize(1);
    }

    /** Against a table in the order of the armings, which is searched from one end to the other. */
    @Test
    void behavesLikeATableOfTimes() {
        Random random = new Random(42);
        Map<Integer, Long> table = new LinkedHashMap<>();
        List<EventLoop.Timer> all = new ArrayList<>();
        List<Integer> ran = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int number = i;
            all.add(timers.newTimer(() -> ran.add(number)));
        }
        long now = BEGIN;
        for (int step = 0; step < 20_000; step++) {
            int number = random.nextInt(50);
            table.remove(number);
            if (random.nextInt(10) == 0) {
                all.get(number).cancel();
            } else {
                long deadline = now + random.nextInt(2000);
                all.get(number).arm(deadline);
                table.put(number, deadline);
            }
            now += random.nextInt(30);
            long until = now;
            List<Integer> due = table.keySet().stream()
                    .filter(each -> table.get(each) - until <= 0)
                    .sorted(Comparator.comparingLong(each -> table.get(each) - until))
                    .toList();
            table.keySet().removeAll(due);
            ran.clear();
            runDue(now);
            assertThat(ran).isEqualTo(due);
            assertThat(timers.isEmpty()).isEqualTo(table.isEmpty());
        }
    }
}
