package org.vrrp4j.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vrrp4j.protocol.Rig.GREATER;
import static org.vrrp4j.protocol.Rig.LESS;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrp4j.model.VrrpEvent;

/** Several rivals of one master: each has its own conflict, and no number of them is too many. */
class RivalsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Advertises so rarely that only the conflicts wake it. */
    private final Rig rig = Rig.master(Rig.quiet().advertisementInterval(Duration.ofSeconds(40)));

    private void hear(String rival, Duration interval) {
        rig.hear(rival, rig.advertisement(50, interval));
    }

    private static String sender(int number) {
        return "198.51.100." + number;
    }

    @Test
    @DisplayName("a rival is silent when as many of its own intervals have passed as a backup would wait, and one more")
    void silenceIsMeasuredInTheIntervalsOfTheRival() {
        hear(LESS, SECOND);
        assertThat(rig.untilDeadline()).isEqualTo(Duration.ofSeconds(4));
        assertThat(rig.toDeadline()).containsExactly("ConflictEnded");
    }

    @Test
    @DisplayName("a new configuration says how many intervals these are")
    void silenceFollowsTheConfiguration() {
        rig.configure(Rig.quiet().advertisementInterval(Duration.ofSeconds(40)).downTimerAdverts(7));
        hear(LESS, SECOND);
        assertThat(rig.untilDeadline()).isEqualTo(Duration.ofSeconds(8));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("each of two conflicts ends in its own time, whichever began first")
    void everyConflictEndsInItsTime(boolean shortFirst) {
        hear(shortFirst ? LESS : GREATER, shortFirst ? SECOND.dividedBy(10) : SECOND.multipliedBy(2));
        hear(shortFirst ? GREATER : LESS, shortFirst ? SECOND.multipliedBy(2) : SECOND.dividedBy(10));
        assertThat(rig.untilDeadline()).isEqualTo(SECOND);
        assertThat(rig.toDeadline()).containsExactly("ConflictEnded");
        assertThat(rig.untilDeadline()).isEqualTo(SECOND.multipliedBy(7));
        assertThat(rig.toDeadline()).containsExactly("ConflictEnded");
        assertThat(rig.reports(VrrpEvent.ConflictEnded.class))
                .extracting(VrrpEvent.ConflictEnded::rival)
                .containsExactly(Rig.address(LESS), Rig.address(GREATER));
    }

    @Test
    @DisplayName("nobody waits any more for a rival that gave up")
    void aRivalThatGaveUpIsNotWaitedFor() {
        hear(LESS, SECOND);
        rig.hear(LESS, 0);
        assertThat(rig.untilDeadline()).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    @DisplayName("nor does a router that has stopped wait for anything")
    void aStoppedRouterWaitsForNothing() {
        hear(LESS, SECOND);
        rig.step(new Input.Stopped());
        rig.released();
        assertThat(rig.machine.nextDeadlineNanos()).isEmpty();
    }

    @Test
    @DisplayName("a conflict that comes back after a minute is told again, and not before")
    void itIsToldAgainAfterAMinute() {
        hear(LESS, SECOND);
        rig.pass(MINUTE.minusNanos(1));
        hear(LESS, SECOND);
        assertThat(rig.reports(VrrpEvent.MasterConflict.class)).hasSize(1);
        rig.pass(MINUTE);
        hear(LESS, SECOND);
        assertThat(rig.reports(VrrpEvent.MasterConflict.class)).hasSize(2);
    }

    @Test
    @DisplayName("one that never ended is told again, too, when its rival is heard after a minute of silence")
    void aLongSilenceIsANewConflict() {
        rig.configure(Rig.quiet().advertisementInterval(Duration.ofSeconds(40)).downTimerAdverts(100));
        hear(LESS, SECOND);
        rig.pass(MINUTE.minusNanos(1));
        hear(LESS, SECOND);
        assertThat(rig.reports(VrrpEvent.MasterConflict.class)).hasSize(1);
        rig.pass(MINUTE);
        hear(LESS, SECOND);
        assertThat(rig.reports(VrrpEvent.MasterConflict.class)).hasSize(2);
    }

    @Test
    @DisplayName("of forged rivals the last 64 are remembered")
    void rememberedRivalsAreBounded() {
        for (int i = 1; i <= 64; i++) {
            hear(sender(i), SECOND);
        }
        hear(sender(1), SECOND);
        assertThat(rig.reports(VrrpEvent.MasterConflict.class)).hasSize(64);
        hear(sender(65), SECOND);
        rig.step(new Input.Stopped());
        assertThat(rig.reports(VrrpEvent.ConflictEnded.class))
                .extracting(VrrpEvent.ConflictEnded::rival)
                .hasSize(64)
                .doesNotContain(Rig.address(sender(2)));
        assertThat(Remembered.most(rig.machine)).isEqualTo(64);
    }
}
