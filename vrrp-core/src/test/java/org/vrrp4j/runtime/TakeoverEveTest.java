package org.vrrp4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrp4j.model.Role;

class TakeoverEveTest {
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private final FakeHost loop = new FakeHost();
    private final List<Long> calledMillis = new ArrayList<>();
    private final TakeoverEve eve = new TakeoverEve(loop, this::call);

    private void call() {
        calledMillis.add(Duration.ofNanos(loop.nanoTime()).toMillis());
    }

    private void deadline(Role role, long inMillis, Duration interval) {
        eve.onDeadline(role, loop.nanoTime(), loop.nanoTime() + millis(inMillis), interval);
    }

    private static long millis(long count) {
        return Duration.ofMillis(count).toNanos();
    }

    @Test
    void itComesABitBeforeTheBackupActsAndOnlyIfItsMasterStaysSilent() {
        deadline(Role.BACKUP, 360, INTERVAL);
        loop.advance(millis(340));
        deadline(Role.BACKUP, 360, INTERVAL);
        loop.advance(millis(340));
        assertThat(calledMillis).isEmpty();
        loop.advance(millis(100));
        assertThat(calledMillis).containsExactly(340L + 347);
    }

    @Test
    void longIntervalsLeaveNoMoreThanIsNeeded() {
        deadline(Role.BACKUP, 3600, Duration.ofSeconds(1));
        loop.advance(millis(4000));
        assertThat(calledMillis).containsExactly(3580L);
    }

    @Test
    void itIsLeftOutWhereItWouldMakeTheTakeoverLate() {
        deadline(Role.BACKUP, 36, Duration.ofMillis(10));
        loop.advance(millis(100));
        deadline(Role.BACKUP, 5, INTERVAL);
        loop.advance(millis(100));
        assertThat(calledMillis).isEmpty();
    }

    @Test
    void onlyABackupTakesOver() {
        deadline(Role.BACKUP, 360, INTERVAL);
        deadline(Role.MASTER, 100, INTERVAL);
        loop.advance(millis(1000));
        deadline(Role.INIT, 1000, INTERVAL);
        loop.advance(millis(2000));
        deadline(Role.BACKUP, 360, INTERVAL);
        eve.cancel();
        eve.cancel();
        loop.advance(millis(1000));
        assertThat(calledMillis).isEmpty();
    }
}
