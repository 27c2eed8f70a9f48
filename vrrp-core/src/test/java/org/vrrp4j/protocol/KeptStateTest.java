package org.vrrp4j.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.Role;

/** A machine that begins in the state of another one: short random lives, and a second machine from many points on. */
class KeptStateTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    @DisplayName("it takes the same roles for the same causes, and asks for the same addresses")
    void twinsAreAlike(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 10; i++) {
            byte[] story = new byte[200 + random.nextInt(200)];
            random.nextBytes(story);
            MachineStory.tellWithTwins(story);
        }
    }

    @Test
    @DisplayName("times are kept as distances, so that another clock may go on")
    void timesAreKeptAsDistances() {
        RouterConfig config = Rig.quiet().build();
        RouterMachine first = new RouterMachine(config);
        first.step(1_000, new Input.SourceChanged(Rig.address(Rig.SOURCE)));
        first.step(1_000, new Input.Started());
        long deadline = first.nextDeadlineNanos().getAsLong();
        RouterMachine second = RouterMachine.inState(config, -7, first.state(1_000));
        assertThat(second.role()).isEqualTo(Role.BACKUP);
        assertThat(second.nextDeadlineNanos().getAsLong() + 7)
                .isEqualTo(deadline - 1_000)
                .isGreaterThan(Duration.ofMillis(300).toNanos());
    }

    @Test
    @DisplayName("what is no state is refused")
    void nonsenseIsRefused() {
        RouterConfig config = Rig.quiet().build();
        Map<String, String> wrongRole = Map.of("role", "KING");
        assertThatThrownBy(() -> RouterMachine.inState(config, 0, wrongRole))
                .isInstanceOf(IllegalArgumentException.class);
        Map<String, String> wrongSource = Map.of("source", "nowhere");
        assertThatThrownBy(() -> RouterMachine.inState(config, 0, wrongSource))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not an IP address: nowhere");
    }
}
