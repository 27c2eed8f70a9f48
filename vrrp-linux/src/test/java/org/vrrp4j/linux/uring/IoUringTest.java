package org.vrrp4j.linux.uring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vrrp4j.linux.libc.LinuxException;

/** The requests on the real kernel, where it has io_uring: timers and links. */
class IoUringTest {
    private static final long MILLISECOND = 1_000_000L;
    private static final long LATER = 60_000 * MILLISECOND;
    private static final int ETIME = -62;
    private static final int ECANCELED = -125;
    private static final int ENOENT = -2;
    private static final long GUARD = 99;
    private static final long UNKNOWN = 98;

    private record Completed(long userData, int result) {}

    private final List<Completed> completed = new ArrayList<>();
    private IoUring ring;

    @BeforeEach
    void open() throws LinuxException {
        UringAvailability.unavailability().ifPresent(reason -> {
            System.out.println("SKIPPED: this test needs io_uring: " + reason);
            Assumptions.abort(reason);
        });
        ring = IoUring.open(UringCalls.KERNEL, 64, 128);
    }

    @AfterEach
    void close() {
        if (ring != null) {
            ring.close();
            ring.close();
        }
    }

    private void submitAndReap(int expected) throws LinuxException {
        long end = System.nanoTime() + LATER;
        do {
            ring.submit();
            ring.reap((userData, result) -> completed.add(new Completed(userData, result)));
        } while (completed.size() < expected && System.nanoTime() < end);
    }

    @Test
    void aTimerThatHasRunOffLetsTheLinkHoldAndAFailureEndsIt() throws LinuxException {
        long now = System.nanoTime();
        ring.timeout(GUARD, now + LATER, false);
        ring.timeout(1, now - MILLISECOND, true);
        ring.moveTimeout(2, GUARD, now + 2 * LATER, true);
        ring.moveTimeout(3, UNKNOWN, now + LATER, true);
        ring.timeout(4, now, false);
        submitAndReap(4);

        assertThat(completed)
                .containsExactly(
                        new Completed(1, ETIME),
                        new Completed(2, 0),
                        new Completed(3, ENOENT),
                        new Completed(4, ECANCELED));
    }

    @Test
    void whatIsLateIsCancelledSinceItsGuardHasRunOff() throws LinuxException {
        long now = System.nanoTime();
        ring.timeout(GUARD, now - MILLISECOND, false);
        submitAndReap(1);
        ring.timeout(1, now - 2 * MILLISECOND, true);
        ring.moveTimeout(2, GUARD, now + LATER, true);
        ring.timeout(3, now, false);
        submitAndReap(4);

        assertThat(completed)
                .containsExactly(
                        new Completed(GUARD, ETIME),
                        new Completed(1, ETIME),
                        new Completed(2, ENOENT),
                        new Completed(3, ECANCELED));
    }

    @Test
    void aCancelledTimerCancelsAllThatIsLinkedToIt() throws LinuxException {
        long later = System.nanoTime() + LATER;
        ring.timeout(1, later, true);
        ring.timeout(2, later, true);
        ring.timeout(3, later, false);
        ring.removeTimeout(4, 1);
        submitAndReap(4);

        assertThat(completed)
                .containsExactlyInAnyOrder(
                        new Completed(4, 0),
                        new Completed(1, ECANCELED),
                        new Completed(2, ECANCELED),
                        new Completed(3, ECANCELED));
        assertThat(ring.room()).isEqualTo(64);
    }

    @Test
    void theRingGoesRoundAndLosesNothing() throws LinuxException {
        for (int i = 0; i < 1000; i++) {
            ring.timeout(i, System.nanoTime() - 1, false);
            submitAndReap(i + 1);
        }

        assertThat(completed).hasSize(1000).allMatch(each -> each.result() == ETIME);
        assertThat(completed).extracting(Completed::userData).isSorted();
    }
}
