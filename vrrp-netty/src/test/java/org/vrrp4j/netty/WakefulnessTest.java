package org.vrrp4j.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Times are chosen so that they overflow. */
class WakefulnessTest {
    private static final long BEGIN = Long.MAX_VALUE - millis(3);

    private final List<String> seen = new ArrayList<>();
    private final Wakefulness wakefulness = new Wakefulness(BEGIN, new Wakefulness.Insistence() {
        @Override
        public void begin() {
            seen.add("begin");
        }

        @Override
        public void end() {
            seen.add("end");
        }
    });

    private static long millis(long count) {
        return TimeUnit.MILLISECONDS.toNanos(count);
    }

    private boolean isAwake(long afterMillis) {
        return wakefulness.isAwake(BEGIN + millis(afterMillis));
    }

    private void stayAwake(long fromMillis, long untilMillis) {
        wakefulness.stayAwake(BEGIN + millis(fromMillis), BEGIN + millis(untilMillis));
    }

    @Test
    void itIsAwakeUntilTheLatestTimeThatWasWishedForAndBeginsAndEndsOnce() {
        assertThat(isAwake(0)).isFalse();
        stayAwake(1, 3);
        stayAwake(2, 5);
        stayAwake(2, 4);
        assertThat(isAwake(4)).isTrue();
        assertThat(seen).containsExactly("begin");
        assertThat(isAwake(5)).isFalse();
        assertThat(isAwake(6)).isFalse();
        assertThat(seen).containsExactly("begin", "end");
    }

    @Test
    void aTimeThatHasPassedIsNoWish() {
        stayAwake(5, 5);
        stayAwake(5, 4);
        assertThat(isAwake(5)).isFalse();
        assertThat(seen).isEmpty();
    }

    @Test
    void whoeverWishesItAllTheTimeGetsAHundredthOfIt() {
        long awakeMillis = 0;
        for (int now = 0; now < 20_000; now++) {
            stayAwake(now, now + 2);
            awakeMillis += isAwake(now) ? 1 : 0;
        }
        assertThat(awakeMillis).isBetween(20L + 190, 20L + 200);
    }

    @Test
    void moreThanTwentyMillisecondsInARowAreRefusedWhole() {
        stayAwake(10_000, 10_021);
        assertThat(isAwake(10_001)).isFalse();
        stayAwake(10_001, 10_021);
        assertThat(isAwake(10_020)).isTrue();
        stayAwake(10_020, 10_022);
        assertThat(isAwake(10_021)).isFalse();
    }
}
