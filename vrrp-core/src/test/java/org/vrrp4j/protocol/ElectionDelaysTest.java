package org.vrrp4j.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vrrp4j.protocol.Rig.LESS;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.LearnedIntervals;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.VrrpEvent;

/** In no RFC: when a router joins, how long it bears a lower priority, which intervals it believes. */
class ElectionDelaysTest {
    private static final Duration DELAY = Duration.ofSeconds(2);

    /** Hears a lower priority every 100 ms, until the router takes over; answers how long that took. */
    private static Duration untilPreemption(Rig rig) {
        Duration start = rig.time();
        while (rig.machine.role() == Role.BACKUP && rig.time().compareTo(start.plusSeconds(20)) < 0) {
            rig.hear(LESS, 50);
            rig.passMillis(100);
        }
        return rig.time().minus(start);
    }

    @Test
    @DisplayName("OPEN-6 the preempt delay counts from the first lower priority")
    void preemptDelayCountsFromTheFirstLowerPriority() {
        Rig rig = Rig.backup(Rig.quiet().preemptDelay(DELAY));
        rig.passMillis(200);

        Duration taken = untilPreemption(rig);

        assertThat(rig.machine.cause()).isEqualTo(Cause.PREEMPTION);
        assertThat(taken).as("the delay, then a Master_Down_Interval").isEqualTo(DELAY.plusMillis(300));
    }

    @Test
    void preemptDelayStartsAnewAfterAnEqualPriority() {
        Rig rig = Rig.backup(Rig.quiet().preemptDelay(DELAY));
        rig.hear(LESS, 50);
        for (int i = 0; i < 19; i++) {
            rig.passMillis(100);
            rig.hear(LESS, 50);
        }
        rig.hear(LESS, 100);
        assertThat(untilPreemption(rig)).isGreaterThan(DELAY);
    }

    @Test
    void preemptDelayDoesNotDelayTheEndOfASilentMaster() {
        Rig rig = Rig.backup(Rig.quiet().preemptDelay(DELAY));
        rig.hear(LESS, 50);
        rig.passMillis(361);
        assertThat(rig.machine.cause()).isEqualTo(Cause.MASTER_DOWN);
    }

    @Test
    void startupDelayComesBeforeEveryTimerAndPacket() {
        Rig rig = new Rig(Rig.quiet().startupDelay(DELAY));
        rig.source(Rig.SOURCE);
        assertThat(rig.step(new Input.Started())).isEmpty();
        rig.passMillis(1900);
        assertThat(rig.hear(LESS, 0)).as("thrown away").isEmpty();
        assertThat(rig.passMillis(100)).containsExactly("INIT>BACKUP STARTUP");
        assertThat(rig.untilDeadline()).isBetween(Duration.ofMillis(360), Duration.ofMillis(361));
    }

    @Test
    void theLaterEndOfTheDelaysCounts() {
        for (int host : new int[] {0, 1, 2, 7}) {
            Rig rig = new Rig(Rig.quiet().startupDelay(DELAY));
            rig.source(Rig.SOURCE);
            rig.step(new Input.Started(Duration.ofSeconds(host)));
            assertThat(rig.untilDeadline()).hasSeconds(Math.max(2, host));
            assertThat(rig.toDeadline()).containsExactly("INIT>BACKUP STARTUP");
        }
    }

    @Test
    void startupDelayHoldsForTheOwnerAndForAFault() {
        Rig owner = new Rig(Rig.quiet().startupDelay(DELAY).priority(255));
        owner.source(Rig.SOURCE);
        owner.step(new Input.Started());
        assertThat(owner.pass(DELAY)).containsExactly("ADV 255", "ACQUIRE");
        Rig faulty = new Rig(Rig.quiet().startupDelay(DELAY));
        faulty.step(new Input.Started());
        assertThat(faulty.fault(Fault.LINK_DOWN)).isEmpty();
        assertThat(faulty.pass(DELAY)).containsExactly("INIT>FAULT LINK_DOWN");
    }

    @Test
    void aRouterStoppedDuringItsStartupDelayStays() {
        Rig rig = new Rig(Rig.quiet().startupDelay(DELAY));
        rig.source(Rig.SOURCE);
        rig.step(new Input.Started());
        assertThat(rig.step(new Input.Stopped())).isEmpty();
        assertThat(rig.machine.nextDeadlineNanos()).isEmpty();
        assertThat(rig.machine.isAtRest()).isTrue();
    }

    @Test
    void aDelayThatAReconfigurationTookAwayEndsAtTheNextStart() {
        Rig rig = new Rig(Rig.quiet().startupDelay(DELAY));
        rig.source(Rig.SOURCE);
        rig.step(new Input.Started());
        rig.step(new Input.Reconfigured(Rig.quiet().build()));
        assertThat(rig.step(new Input.Started())).containsExactly("INIT>BACKUP STARTUP");
        rig.pass(DELAY);
        assertThat(rig.machine.role()).as("the first delay ends").isEqualTo(Role.MASTER);
    }

    @Test
    @DisplayName("OPEN-3 a learned interval outside of the bounds is taken as the nearest, and told")
    void aLearnedIntervalOutsideOfTheBoundsIsTakenAsTheNearest() {
        Rig rig = Rig.backup(
                Rig.quiet().learnedIntervals(new LearnedIntervals(Duration.ofMillis(50), Duration.ofSeconds(1))));
        rig.hear(LESS, rig.advertisement(200, Duration.ofMillis(10)));
        assertThat(rig.untilDeadline()).isBetween(Duration.ofMillis(180), Duration.ofMillis(181));
        rig.hear(LESS, rig.advertisement(200, Duration.ofMillis(40_950)));
        assertThat(rig.untilDeadline()).isBetween(Duration.ofMillis(3609), Duration.ofMillis(3610));
        rig.hear(LESS, rig.advertisement(200, Duration.ofMillis(40_950)));
        assertThat(rig.reports(VrrpEvent.IntervalBounded.class))
                .extracting(VrrpEvent.IntervalBounded::used)
                .containsExactly(Duration.ofMillis(50), Duration.ofSeconds(1));
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(
                        () -> Rig.fast().preemptDelay(Duration.ofSeconds(1001)).build())
                .hasMessage("preemptDelay must be 0 to 1000 s: preemptDelay=1001000 ms");
        assertThatThrownBy(() -> Rig.fast().startupDelay(Duration.ofMillis(-1)).build())
                .hasMessageContaining("startupDelay=-1 ms");
        assertThatThrownBy(() -> new LearnedIntervals(Duration.ZERO, Duration.ofSeconds(1)))
                .hasMessage("floor must be positive: floor=0 ms");
        assertThatThrownBy(() -> new LearnedIntervals(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageContaining("ceiling=1000 ms");
    }
}
