package org.vrrp4j.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.FileTracker;
import org.vrrp4j.config.InterfaceTracker;
import org.vrrp4j.config.TrackWeight;
import org.vrrp4j.config.Tracked;
import org.vrrp4j.config.Tracker;
import org.vrrp4j.model.Priority;
import org.vrrp4j.model.TrackerState;

class StandingTest {
    private static final Tracker LINK = new InterfaceTracker("eth1");
    private static final Tracker OTHER = new InterfaceTracker("eth2");
    private static final Tracker FILE = new FileTracker("switch", "/run/switch", OptionalInt.empty(), false);
    private static final Reading UP = new Reading(TrackerState.UP, 0, "");
    private static final Reading DOWN = new Reading(TrackerState.DOWN, 0, "broken");

    private static Standing standing(Map<Tracker, Reading> readings, Tracked... followed) {
        return Standing.of(Arrays.asList(followed), readings::get);
    }

    private static Standing link(Reading reading, int weight, boolean reversed) {
        return standing(Map.of(LINK, reading), new Tracked(LINK, new TrackWeight(weight, reversed)));
    }

    private static Standing file(int number, int weight, boolean reversed) {
        Reading reading = new Reading(number == 0 ? TrackerState.UP : TrackerState.DOWN, number, "it says " + number);
        return standing(Map.of(FILE, reading), new Tracked(FILE, new TrackWeight(weight, reversed)));
    }

    @Test
    void weight0IsFaultWhileDownAndReversedWhileUp() {
        assertThat(link(UP, 0, false)).isEqualTo(Standing.UNTRACKED);
        assertThat(link(DOWN, 0, false).fault()).isEqualTo("interface eth1 is down (broken)");
        assertThat(link(UP, 0, true).fault()).isEqualTo("interface eth1 is up");
        assertThat(link(DOWN, 0, true)).isEqualTo(Standing.UNTRACKED);
    }

    @Test
    void aPositiveWeightIsAddedWhileUpAndANegativeOneWhileDown() {
        assertThat(link(UP, 20, false).adjustment()).isEqualTo(20);
        assertThat(link(DOWN, 20, false).adjustment()).isZero();
        assertThat(link(UP, -20, false).adjustment()).isZero();
        assertThat(link(DOWN, -20, false).adjustment()).isEqualTo(-20);
        assertThat(link(UP, 20, true).adjustment()).isEqualTo(-20);
        assertThat(link(DOWN, -20, true).adjustment()).isEqualTo(20);
        assertThat(link(DOWN, -254, false).fault()).isEmpty();
    }

    @Test
    void whatIsNotKnownYetDoesNothing() {
        for (int weight : new int[] {0, 20, -20}) {
            for (boolean reversed : new boolean[] {false, true}) {
                assertThat(link(Reading.UNKNOWN, weight, reversed)).isEqualTo(new Standing(false, "", 0));
            }
        }
    }

    @Test
    void aFileWithWeight0IsFaultUnlessItSays0() {
        assertThat(file(0, 0, false)).isEqualTo(Standing.UNTRACKED);
        assertThat(file(7, 0, false).fault()).isEqualTo("file switch is down (it says 7)");
        assertThat(file(-1, 0, false).fault()).isNotEmpty();
        assertThat(file(0, 0, true).fault()).isNotEmpty();
        assertThat(file(7, 0, true).fault()).isEmpty();
    }

    @Test
    void aFilesNumberIsMultipliedAndTooLowIsFault() {
        assertThat(file(5, -10, false).adjustment()).isEqualTo(-50);
        assertThat(file(5, 10, true).adjustment()).isEqualTo(-50);
        assertThat(file(-5, 10, false).adjustment()).isEqualTo(-50);
        assertThat(file(-253, 1, false)).isEqualTo(new Standing(true, "", -253));
        assertThat(file(-254, 1, false)).isEqualTo(new Standing(true, "file switch is down (it says -254)", 0));
        assertThat(file(Integer.MIN_VALUE, 254, false).fault()).isNotEmpty();
        assertThat(Priority.adjusted(100, file(Integer.MAX_VALUE, 254, false).adjustment()))
                .isEqualTo(254);
    }

    @Test
    void everythingIsAddedUpAndEveryFaultNamed() {
        Map<Tracker, Reading> readings = Map.of(LINK, DOWN, OTHER, DOWN);
        assertThat(standing(
                        readings,
                        new Tracked(LINK, new TrackWeight(-20, false)),
                        new Tracked(OTHER, new TrackWeight(-30, false))))
                .isEqualTo(new Standing(true, "", -50));
        assertThat(standing(readings, new Tracked(LINK, TrackWeight.FAULT), new Tracked(OTHER, TrackWeight.FAULT))
                        .fault())
                .isEqualTo("interface eth1 is down (broken); interface eth2 is down (broken)");
        assertThat(Standing.of(List.of(), tracker -> null)).isEqualTo(Standing.UNTRACKED);
    }

    @Test
    void theEffectivePriorityIsBoundedAndTheOwnersDoesNotChange() {
        assertThat(Priority.adjusted(200, -200)).isEqualTo(1);
        assertThat(Priority.adjusted(200, 100)).isEqualTo(254);
        assertThat(Priority.adjusted(100, -30)).isEqualTo(70);
        assertThat(Priority.adjusted(255, -30)).isEqualTo(255);
        assertThat(Priority.adjusted(1, Integer.MAX_VALUE)).isEqualTo(254);
    }
}
