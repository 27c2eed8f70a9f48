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

    private static List<Long> awake(long fromMillis, long untilMillis) {
        return List.of(millis(fromMillis), millis(untilMillis));
    }

    @Test
    void itComesABitBeforeTheBackupActsAndOnlyIfItsMasterStaysSilent() {
        deadline(Role.BACKUP, 360, INTERVAL);
        loop.advance(millis(340));
        deadline(Role.BACKUP, 360, INTERVAL);
        loop.advance(millis(340));
        assertThat(calledMillis).isEmpty();
        assertThat(loop.awake).isEmpty();
        loop.advance(millis(100));
        assertThat(calledMillis).containsExactly(340L + 354);
        assertThat(loop.awake).containsExactly(awake(340 + 354, 340 + 361));
    }

    @Test
    void aMasterThatAdvertisesInTimeLetsTheLoopSleep() {
        deadline(Role.BACKUP, 360, INTERVAL);
        loop.advance(millis(353));
        deadline(Role.BACKUP, 360, INTERVAL);
        loop.advance(millis(300));
        assertThat(calledMillis).isEmpty();
        assertThat(loop.awake).isEmpty();
    }

    @Test
    void whatElseHappensMeanwhileChangesNothing() {
        for (int i = 0; i < 40; i++) {
            eve.onDeadline(Role.BACKUP, loop.nanoTime(), millis(36), Duration.ofMillis(10));
            loop.advance(millis(1));
        }
        assertThat(calledMillis).containsExactly(31L);
        assertThat(loop.awake).isNotEmpty().allMatch(wish -> wish.get(1) == millis(37) && wish.get(0) >= millis(31));
    }

    @Test
    void nothingIsDoneWhereItWouldMakeTheTakeoverLate() {
        deadline(Role.BACKUP, 4, INTERVAL);
        loop.advance(millis(100));
        assertThat(calledMillis).isEmpty();
        assertThat(loop.awake).containsExactly(awake(0, 5));
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
        assertThat(loop.awake).isEmpty();
    }
}
