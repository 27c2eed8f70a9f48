package org.vrrp4j.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vrrp4j.protocol.Rig.GREATER;
import static org.vrrp4j.protocol.Rig.LESS;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.vrrp4j.model.ConflictOutcome;
import org.vrrp4j.model.VrrpEvent;

/** Two masters at once: from the first to the last that is heard of the other one. */
class ConflictTest {
    private final Rig rig = Rig.master(Rig.quiet());

    private void hearFor(int millis) {
        for (int i = 0; i < millis; i += 100) {
            rig.hear(LESS, 50);
            rig.passMillis(100);
        }
    }

    private VrrpEvent.ConflictEnded ended() {
        assertThat(rig.reports(VrrpEvent.ConflictEnded.class)).hasSize(1);
        return rig.reports(VrrpEvent.ConflictEnded.class).get(0);
    }

    @Test
    void endsWhenTheRivalIsSilent() {
        hearFor(500);
        rig.passMillis(899);
        assertThat(rig.reports(VrrpEvent.ConflictEnded.class)).isEmpty();
        rig.passMillis(1);
        assertThat(ended().outcome()).isEqualTo(ConflictOutcome.RIVAL_SILENT);
        assertThat(ended().duration()).as("to its last advertisement").isEqualTo(Duration.ofMillis(400));
        assertThat(ended().rival()).isEqualTo(Rig.address(LESS));
        assertThat(ended().text()).endsWith("ended after 400 ms: the other one fell silent");
    }

    @Test
    void endsWhenTheRivalGivesUp() {
        hearFor(500);
        assertThat(rig.hear(LESS, 0)).containsExactly("ADV 100", "ConflictEnded");
        assertThat(ended().outcome()).isEqualTo(ConflictOutcome.RIVAL_GAVE_UP);
        assertThat(ended().duration()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void endsWhenThisRouterYields() {
        hearFor(500);
        rig.hear(GREATER, 200);
        assertThat(ended().outcome()).isEqualTo(ConflictOutcome.YIELDED);
    }

    @Test
    void endsWhenThisRouterStops() {
        hearFor(500);
        rig.step(new Input.Stopped());
        assertThat(ended().outcome()).isEqualTo(ConflictOutcome.LEFT);
        assertThat(rig.passMillis(5000)).doesNotContain("ConflictEnded");
    }

    @Test
    void oneThatComesBackWithinAMinuteIsNotToldAgain() {
        hearFor(100);
        rig.passMillis(30_000);
        hearFor(100);
        rig.passMillis(30_000);
        assertThat(rig.reports(VrrpEvent.MasterConflict.class)).hasSize(1);
        assertThat(rig.reports(VrrpEvent.ConflictEnded.class)).hasSize(1);
        rig.passMillis(31_000);
        hearFor(100);
        assertThat(rig.reports(VrrpEvent.MasterConflict.class)).hasSize(2);
    }
}
