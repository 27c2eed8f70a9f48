package org.vrrp4j.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.vrrp4j.sim.TestRouters.INTERVAL;
import static org.vrrp4j.sim.TestRouters.awaitAdvertisement;
import static org.vrrp4j.sim.TestRouters.masterDown;
import static org.vrrp4j.sim.TestRouters.router;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks that gain or lose time, and what they do to nodes. */
class HostClockTest extends ThreeHosts {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
    void theTrueTimeOfATimeIsTheFirstAtWhichTheClockShowsIt(long seed) {
        VirtualTime time = new VirtualTime(seed);
        SplittableRandom random = new SplittableRandom(seed);
        HostClock clock = new HostClock(time);
        for (int i = 0; i < 1000; i++) {
            long before = clock.nanoTime();
            clock.drift(random.nextInt(2 * HostClock.MAX_DRIFT + 1) - HostClock.MAX_DRIFT);
            assertThat(clock.nanoTime()).as("a clock never jumps").isEqualTo(before);
            long wanted = before + 1 + random.nextLong(Duration.ofDays(1).toNanos());

            long due = clock.trueTimeOf(wanted);

            time.advanceTo(due - 1);
            assertThat(clock.nanoTime() - wanted).isNegative();
            time.advanceTo(due);
            assertThat(clock.nanoTime() - wanted).isNotNegative();
            assertThat(clock.trueTimeOf(wanted)).isEqualTo(due);
        }
    }

    @Test
    void aFastBackupTakesOverEarlierAndASlowOneLater() {
        assertThat(takeOver(100_000)).isEqualTo(masterDown(100).multipliedBy(10).dividedBy(11));
        assertThat(takeOver(0)).isEqualTo(masterDown(100));
        assertThat(takeOver(-100_000))
                .isEqualTo(masterDown(100).multipliedBy(10).dividedBy(9));
    }

    private Duration takeOver(int drift) {
        build(1);
        startMasterAndBackup(Duration.ofSeconds(1));
        awaitAdvertisement(simulation, a);
        simulation.runFor(LinkConditions.IDEAL.delay());
        b.driftClock(drift);
        a.crash();
        return simulation.runUntil(b::isMaster, LIMIT);
    }

    @Test
    void aDriftThatBeginsWhileATimerRunsLetsItFireByTheClockAndNotBefore() {
        startMasterAndBackup(Duration.ofSeconds(1));
        awaitAdvertisement(simulation, a);
        a.driftClock(-100_000);

        Duration next = awaitAdvertisement(simulation, a);

        assertThat(next).isEqualTo(INTERVAL.multipliedBy(10).dividedBy(9));
    }

    @Test
    void aLeaseEndsByTheClockOfItsHost() {
        a.driftClock(100_000);
        a.start(router(255).build());
        a.crash();

        Duration left = simulation.runUntil(() -> a.addresses().isEmpty(), LIMIT);

        assertThat(left).isBetween(Duration.ofMillis(909), Duration.ofMillis(1819));
    }

    @ParameterizedTest
    @ValueSource(ints = {-20_000, -200, 200, 20_000})
    void networksSettleWhoseClocksDisagree(int drift) {
        a.driftClock(drift);
        b.driftClock(-drift);
        startMasterAndBackup(Duration.ZERO);
        simulation.settle(Duration.ofHours(1));
        assertThat(b.changes()).as("never disturbed").hasSize(1);

        a.crash();
        simulation.settle(Duration.ofSeconds(3));
        a.restart();
        simulation.settle(Duration.ofSeconds(3));
        assertThat(a.isMaster()).isTrue();
    }

    @Test
    void noClockIsThatWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> a.driftClock(100_001))
                .withMessageContaining("partsPerMillion=100001");
    }
}
