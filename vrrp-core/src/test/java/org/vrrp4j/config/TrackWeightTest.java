package org.vrrp4j.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What the state of something tracked does. */
class TrackWeightTest {

    @Test
    void withoutWeightARouterIsInFaultWhileItIsDown() {
        assertThat(TrackWeight.FAULT.faults(false)).isTrue();
        assertThat(TrackWeight.FAULT.faults(true)).isFalse();
        assertThat(new TrackWeight(0, true).faults(true)).isTrue();
        assertThat(TrackWeight.FAULT.added(true)).isZero();
        assertThat(TrackWeight.FAULT.added(false)).isZero();
    }

    @Test
    void positiveWeightIsAddedWhileUpAndNegativeWhileDown() {
        assertThat(new TrackWeight(10, false).added(true)).isEqualTo(10);
        assertThat(new TrackWeight(10, false).added(false)).isZero();
        assertThat(new TrackWeight(-10, false).added(true)).isZero();
        assertThat(new TrackWeight(-10, false).added(false)).isEqualTo(-10);
        assertThat(new TrackWeight(-10, false).faults(false)).isFalse();
    }

    @Test
    void reversedWeightHasTheOtherSign() {
        assertThat(new TrackWeight(10, true).added(true)).isEqualTo(-10);
        assertThat(new TrackWeight(-10, true).added(false)).isEqualTo(10);
    }

    @Test
    void weightHasBounds() {
        assertThatThrownBy(() -> new TrackWeight(255, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weight must be -254 to 254: weight=255");
    }
}
