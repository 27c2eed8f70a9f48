package org.vrrp4j.linux.uring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.socket.PreparedMessage;
import org.vrrp4j.linux.socket.PreparedMessages;
import org.vrrp4j.linux.testing.ManualLoop;
import org.vrrp4j.linux.uring.FakeUring.Sent;
import org.vrrp4j.spi.AdvertisementQueue;
import org.vrrp4j.spi.QueuedTimes;

/** What is under way and what has been sent, whatever a kernel answers. No kernel is asked. */
class KernelQueueTest {
    private static final long MILLISECOND = 1_000_000L;
    private static final long INTERVAL = 10 * MILLISECOND;
    private static final long VALID = 20 * MILLISECOND;
    private static final long GRACE = 400 * MILLISECOND;
    private static final long RESERVE = GRACE / 8;

    private final ManualLoop loop = new ManualLoop();
    private final FakeUring kernel = new FakeUring();
    private final List<Long> news = new ArrayList<>();

    private QueueRing ring() throws IOException {
        return new QueueRing(loop, kernel, 0);
    }

    private KernelQueue open(QueueRing ring, int... sockets) {
        List<PreparedMessage> messages = new ArrayList<>();
        for (int socket : sockets) {
            messages.add(PreparedMessages.of(socket));
        }
        QueuedTimes times = new QueuedTimes(kernel.now() + INTERVAL, INTERVAL, VALID, RESERVE);
        return ring.open(messages, times, () -> news.add(kernel.now()));
    }

    private void extend(AdvertisementQueue queue) {
        queue.extend(kernel.now() + GRACE);
        loop.turn();
    }

    /** As a loop that is never paused does. */
    private void run(AdvertisementQueue queue, int intervals) {
        for (int i = 0; i < intervals; i++) {
            kernel.advance(INTERVAL);
            loop.turn();
            extend(queue);
        }
    }

    private List<Long> times() {
        return kernel.sent().stream().map(Sent::nanos).toList();
    }

    private static List<Long> multiples(int count) {
        List<Long> times = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            times.add(i * INTERVAL);
        }
        return times;
    }

    @Test
    void eachIsSentAtItsTimeAndCountedOnceForHours() throws IOException {
        KernelQueue queue = open(ring(), 1);
        extend(queue);
        run(queue, 10_000);

        assertThat(times()).isEqualTo(multiples(10_000));
        assertThat(queue.sent()).isEqualTo(10_000);
        assertThat(queue.isOver()).isFalse();
        assertThat(kernel.timers())
                .as("one of a chain runs at a time, and the guard")
                .isLessThan(15);
    }

    @Test
    void whatIsQueuedIsSentInAPauseAndNoMore() throws IOException {
        KernelQueue queue = open(ring(), 1);
        extend(queue);
        kernel.advance(10 * GRACE);

        int most = (int) ((GRACE + RESERVE) / INTERVAL);
        assertThat(times()).isEqualTo(multiples(most));
        loop.turn();
        assertThat(queue.sent()).isEqualTo(most);
        assertThat(queue.isOver()).isTrue();
        assertThat(news).as("told in one turn").hasSize(1);
    }

    @Test
    void allMessagesOfATimeAreOneAdvertisement() throws IOException {
        KernelQueue queue = open(ring(), 1, 2, 3);
        extend(queue);
        run(queue, 100);

        assertThat(queue.sent()).isEqualTo(100);
        assertThat(kernel.sent().stream().map(Sent::fd).limit(6)).containsExactly(1, 2, 3, 1, 2, 3);
        assertThat(kernel.sent()).hasSize(300);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 100})
    void aSubmissionThatTheKernelCutsShortEndsTheRingBeforeAnythingIsSentTooEarly(int taken) throws IOException {
        QueueRing ring = ring();
        KernelQueue queue = open(ring, 1);
        KernelQueue other = open(ring, 2);
        kernel.takeAtMost(taken);
        extend(queue);

        assertThat(kernel.sent()).as("before its time").isEmpty();
        assertThat(queue.isOver()).isTrue();
        assertThat(other.isOver()).isTrue();
        assertThat(news).as("one for each queue").hasSize(2);
        assertThat(kernel.held()).as("the ring was given back").isZero();
        assertThat(ring.hasFailed()).isTrue();
        kernel.advance(GRACE);
        assertThat(kernel.sent()).isEmpty();
        queue.close();
        other.close();
        ring.close();
        ring.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"EINTR", "EAGAIN", "EBUSY"})
    void whatTheKernelCannotTakeJustNowIsSubmittedAgain(Errno errno) throws IOException {
        KernelQueue queue = open(ring(), 1);
        kernel.refuseSubmissions(errno, 3);
        extend(queue);
        run(queue, 10);

        assertThat(times()).isEqualTo(multiples(10));
        assertThat(queue.sent()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({"EBUSY, 1000", "ENOMEM, 1", "EBADF, 1"})
    void whatTheKernelDoesNotTakeEndsTheRingAndNoLoopWaitsForIt(Errno errno, int times) throws IOException {
        QueueRing ring = ring();
        KernelQueue queue = open(ring, 1);
        extend(queue);
        run(queue, 10);
        kernel.refuseSubmissions(errno, times);
        news.clear();
        run(queue, 5);

        assertThat(queue.isOver()).isTrue();
        assertThat(queue.sent())
                .as("of which the kernel has told")
                .isEqualTo(kernel.sent().size());
        assertThat(news).isNotEmpty();
        assertThat(kernel.held()).isZero();
        assertThat(kernel.enters()).isLessThan(500);
        assertThat(loop.watches()).isZero();
        queue.extend(kernel.now() + GRACE);
        queue.close();
    }

    @Test
    void whatHasNoPlaceInTheCompletionQueueIsCountedToo() throws IOException {
        kernel.holdCompletions(16);
        KernelQueue queue = open(ring(), 1);
        extend(queue);
        run(queue, 5);
        kernel.advance(300 * MILLISECOND);
        assertThat(times()).as("a hundred completions").isEqualTo(multiples(35));
        loop.turn();
        assertThat(queue.sent()).isEqualTo(35);

        extend(queue);
        run(queue, 100);
        assertThat(times()).isEqualTo(multiples(135));
        assertThat(queue.sent()).isEqualTo(135);
        queue.close();
        kernel.advance(GRACE);
        assertThat(times()).hasSize(135);
        assertThat(kernel.timers()).isZero();
    }

    @Test
    void aClosedQueueSendsNothingAndLeavesNothingBehind() throws IOException {
        QueueRing ring = ring();
        KernelQueue queue = open(ring, 1);
        KernelQueue other = open(ring, 2);
        extend(queue);
        extend(other);
        run(queue, 10);
        long before = kernel.sent().stream().filter(each -> each.fd() == 1).count();
        queue.close();
        queue.close();
        kernel.advance(2 * GRACE);
        loop.turn();

        assertThat(kernel.sent().stream().filter(each -> each.fd() == 1)).hasSize((int) before);
        assertThat(queue.sent()).isEqualTo(before);
        assertThat(other.sent())
                .as("that of another one goes on")
                .isEqualTo(kernel.sent().stream().filter(each -> each.fd() == 2).count());
        assertThat(kernel.timers()).isZero();
        ring.close();
        assertThat(kernel.held()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void aTimerThatRunsOffAsItIsRemovedIsAccountedFor(int races) throws IOException {
        QueueRing ring = ring();
        KernelQueue queue = open(ring, 1);
        extend(queue);
        run(queue, 3);
        kernel.race(races, true);
        queue.close();

        assertThat(queue.sent()).isEqualTo(kernel.sent().size());
        assertThat(kernel.timers()).isZero();
        assertThat(ring.hasFailed()).isFalse();
        long before = kernel.sent().size();
        kernel.advance(2 * GRACE);
        assertThat(kernel.sent()).hasSize((int) before);
    }

    @Test
    void oneThatHasEndedByItselfIsClosedThoughThereIsNothingToCancel() throws IOException {
        QueueRing ring = ring();
        KernelQueue queue = open(ring, 1);
        extend(queue);
        kernel.advance(GRACE + RESERVE);
        // ENOENT for all, if it asks: what ran has completed, and nobody has read it
        queue.close();

        assertThat(queue.sent()).isEqualTo((GRACE + RESERVE) / INTERVAL);
        assertThat(kernel.timers()).isZero();
        assertThat(ring.hasFailed()).isFalse();
    }

    @Test
    void aKernelThatNeverCancelsLosesItsRing() throws IOException {
        QueueRing ring = ring();
        KernelQueue queue = open(ring, 1);
        KernelQueue other = open(ring, 2);
        extend(queue);
        extend(other);
        kernel.race(Integer.MAX_VALUE, false);
        news.clear();
        queue.close();
        loop.turn();

        assertThat(kernel.held()).as("which ends what is queued").isZero();
        assertThat(other.isOver()).isTrue();
        assertThat(news).as("the other one goes on without").hasSize(1);
        kernel.advance(GRACE);
        assertThat(kernel.sent()).isEmpty();
    }

    @Test
    void whatCannotBeSentBreaksTheQueueAndNothingFollows() throws IOException {
        QueueRing ring = ring();
        KernelQueue queue = open(ring, 1);
        extend(queue);
        run(queue, 4);
        kernel.sendResult(-Errno.EPERM.number());
        news.clear();
        kernel.advance(INTERVAL);
        loop.turn();

        assertThat(queue.isOver()).isTrue();
        assertThat(news).hasSize(1);
        assertThat(queue.sent()).isEqualTo(4);
        kernel.sendResult(1);
        queue.extend(kernel.now() + GRACE);
        kernel.advance(GRACE);
        assertThat(kernel.sent()).hasSize(4);
        queue.close();
        assertThat(kernel.timers()).isZero();
    }

    @Test
    void aProcessThatWasStoppedSendsNothingThatIsTooLate() throws IOException {
        KernelQueue queue = open(ring(), 1);
        extend(queue);
        run(queue, 4);
        kernel.stop();
        kernel.advance(INTERVAL + VALID + 1);
        kernel.goOn();
        kernel.advance(GRACE);
        loop.turn();

        assertThat(kernel.sent()).hasSize(4);
        assertThat(queue.isOver()).isTrue();
        assertThat(queue.sent()).isEqualTo(4);
    }

    @Test
    void aProcessThatWasStoppedForLessSendsWhatPeersStillWaitFor() throws IOException {
        KernelQueue queue = open(ring(), 1);
        extend(queue);
        run(queue, 4);
        kernel.stop();
        kernel.advance(INTERVAL + VALID - 1);
        kernel.goOn();
        kernel.advance(1 + INTERVAL);
        loop.turn();

        assertThat(times())
                .startsWith(multiples(4).toArray(Long[]::new))
                .hasSize(8)
                .isSorted();
        assertThat(queue.sent()).isEqualTo(8);
        assertThat(queue.isOver()).isFalse();
    }

    @Test
    void theLongestAdvertisementFillsARing() throws IOException {
        KernelQueue queue = open(ring(), new int[253]);
        extend(queue);
        run(queue, 20);

        assertThat(queue.sent()).isEqualTo(20);
    }

    @Test
    void placesOfClosedQueuesAreUsedAgainAndBelongToOneOnly() throws IOException {
        QueueRing ring = ring();
        KernelQueue lasting = open(ring, 1);
        extend(lasting);
        for (int i = 0; i < 300; i++) {
            KernelQueue queue = open(ring, 2);
            extend(queue);
            kernel.advance(3 * INTERVAL);
            queue.close();
            assertThat(queue.sent()).isEqualTo(3);
            loop.turn();
            extend(lasting);
        }

        assertThat(lasting.sent()).isEqualTo(900);
        assertThat(ring.take(lasting)).as("the next free place").isLessThan(64);
    }
}
