package org.vrrp4j.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PauseTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1700000000123ms] Safepoint \"G1CollectForAllocation\", Time since last: 51034116 ns,"
                        + " Reaching safepoint: 12345 ns, At safepoint: 2345678 ns, Total: 2358023 ns",
                "[1700000000123ms] Safepoint \"G1CollectForAllocation\", Time since last: 51034116 ns, Reaching"
                        + " safepoint: 12345 ns, Cleanup: 10 ns, At safepoint: 2345678 ns, Leaving safepoint: 3 ns,"
                        + " Total: 2358023 ns, Threads: 1 runnable, 14 total"
            })
    @DisplayName("the log of JDK 17 and that of later ones give the end and the length of a pause")
    void line(String line) {
        assertThat(Pause.parse(line)).contains(new Pause(1_700_000_000_123_000L, 2358));
    }

    @Test
    @DisplayName("other lines tell of no pause")
    void others() {
        assertThat(Pause.parse("[1700000000123ms] Entering safepoint region: G1CollectForAllocation"))
                .isEqualTo(Optional.empty());
    }

    @Test
    @DisplayName("a pause explains what happens from its beginning until its effects are over")
    void explains() {
        Pause pause = new Pause(1_000_000, 400_000);

        assertThat(pause.explains(598_000, 30_000)).isFalse();
        assertThat(pause.explains(640_000, 30_000)).isTrue();
        assertThat(pause.explains(1_030_000, 30_000)).isTrue();
        assertThat(pause.explains(1_032_000, 30_000)).isFalse();
    }
}
