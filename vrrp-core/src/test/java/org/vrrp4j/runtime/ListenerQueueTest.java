package org.vrrp4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(30)
class ListenerQueueTest {
    private static final long LONG = Duration.ofSeconds(20).toNanos();

    private static final Logger LOG = (Logger) LoggerFactory.getLogger("org.vrrp4j");

    private final List<Integer> told = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void silenceExpectedErrors() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void restoreLevel() {
        LOG.setLevel(null);
    }

    @Test
    @DisplayName("everything is told in order, one at a time, on however many threads")
    void orderIsKept() throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try {
            ListenerQueue queue = new ListenerQueue("a", executor);
            IntStream.range(0, 10_000).forEach(i -> queue.add(() -> told.add(i)));
            assertThat(queue.awaitEmpty(LONG)).isTrue();
            assertThat(told).isEqualTo(IntStream.range(0, 10_000).boxed().toList());
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    @DisplayName("adding does not wait for a slow listener, and waiting has an end")
    void addingDoesNotWait() throws InterruptedException {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        CountDownLatch slow = new CountDownLatch(1);
        try {
            ListenerQueue queue = new ListenerQueue("a", executor);
            queue.add(() -> await(slow));
            queue.add(() -> told.add(2));
            assertThat(queue.awaitEmpty(1_000_000)).isFalse();
            assertThat(told).isEmpty();
            slow.countDown();
            assertThat(queue.awaitEmpty(LONG)).isTrue();
            assertThat(told).containsExactly(2);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    @DisplayName("whatever a listener throws stops nothing")
    void throwingListenerStopsNothing() throws InterruptedException {
        ListenerQueue queue = new ListenerQueue("a", Runnable::run);
        List<Throwable> thrown = List.of(
                new IllegalStateException("expected"),
                new AssertionError("expected"),
                new NoClassDefFoundError("expected"),
                new StackOverflowError("expected"),
                new Exception("expected"));
        for (int i = 0; i < thrown.size(); i++) {
            Throwable throwable = thrown.get(i);
            int number = i;
            queue.add(() -> ListenerQueueTest.<RuntimeException>sneak(throwable));
            queue.add(() -> told.add(number));
        }
        assertThat(queue.awaitEmpty(LONG)).isTrue();
        assertThat(told).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    @DisplayName("an executor that refuses is gone round on a thread of the queue's own")
    void refusingExecutorIsGoneRound() throws InterruptedException {
        ListenerQueue queue = new ListenerQueue("a", task -> {
            throw new RejectedExecutionException("expected");
        });
        List<String> threads = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 3; i++) {
            int number = i;
            queue.add(() -> {
                told.add(number);
                threads.add(Thread.currentThread().getName());
            });
        }
        assertThat(queue.awaitEmpty(LONG)).isTrue();
        assertThat(told).containsExactly(0, 1, 2);
        assertThat(threads).containsOnly("vrrp-listener-a");
    }

    @Test
    @DisplayName("an executor that fails in another way is gone round too")
    void failingExecutorIsGoneRound() throws InterruptedException {
        ListenerQueue queue = new ListenerQueue("a", task -> {
            throw new IllegalStateException("expected");
        });
        queue.add(() -> told.add(1));
        assertThat(queue.awaitEmpty(LONG)).isTrue();
        assertThat(told).containsExactly(1);
    }

    @Test
    @DisplayName("a listener that adds is told after itself, and does not wait for itself")
    void listenerMayAdd() throws InterruptedException {
        ListenerQueue queue = new ListenerQueue("a", Runnable::run);
        queue.add(() -> {
            queue.add(() -> told.add(2));
            told.add(1);
            assertThat(awaitEmpty(queue)).isFalse();
        });
        assertThat(told).containsExactly(1, 2);
        assertThat(queue.awaitEmpty(0)).isTrue();
    }

    @Test
    @DisplayName("an empty queue asks the executor for nothing, a filled one once")
    void executorIsAskedOnce() {
        Queue<Runnable> asked = new ArrayDeque<>();
        ListenerQueue queue = new ListenerQueue("a", asked::add);
        assertThat(asked).isEmpty();
        queue.add(() -> told.add(1));
        queue.add(() -> told.add(2));
        assertThat(asked).hasSize(1);
        asked.remove().run();
        assertThat(told).containsExactly(1, 2);
        queue.add(() -> told.add(3));
        assertThat(asked).hasSize(1);
    }

    private static boolean awaitEmpty(ListenerQueue queue) {
        try {
            return queue.awaitEmpty(LONG);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable throwable) throws T {
        throw (T) throwable;
    }
}
