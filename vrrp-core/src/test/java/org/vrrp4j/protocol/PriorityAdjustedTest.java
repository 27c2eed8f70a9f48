package org.vrrp4j.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vrrp4j.model.VrrpEvent;

/** A router whose priority its trackers change. */
class PriorityAdjustedTest {
    private static Input adjusted(int adjustment) {
        return new Input.PriorityAdjusted(adjustment);
    }

    @Test
    void aMasterTellsItsPeersAtOnce() {
        Rig rig = Rig.master(Rig.quiet());
        rig.effects.clear();
        rig.step(adjusted(-30));
        assertThat(rig.machine.priority()).isEqualTo(70);
        assertThat(rig.effects)
                .filteredOn(Effect.SendAdvertisement.class::isInstance)
                .singleElement()
                .satisfies(sent -> assertThat(((Effect.SendAdvertisement) sent)
                                .advertisement()
                                .priority())
                        .isEqualTo(70));
        assertThat(rig.effects).contains(new Effect.Report(new VrrpEvent.PriorityChanged(rig.config.id(), 70, 100)));
    }

    @Test
    void theSameAgainIsNoNews() {
        Rig rig = Rig.master(Rig.quiet());
        rig.step(adjusted(-30));
        assertThat(rig.step(adjusted(-30))).isEmpty();
        assertThat(rig.step(adjusted(-300))).isNotEmpty();
        assertThat(rig.step(adjusted(-400))).as("1 is the lowest").isEmpty();
        assertThat(rig.machine.priority()).isEqualTo(1);
    }

    @Test
    void aBackupsTimerMovesByTheSkew() {
        Rig rig = Rig.backup(Rig.quiet());
        Duration before = rig.untilDeadline();
        rig.step(adjusted(-50));
        assertThat(rig.untilDeadline().minus(before))
                .isEqualTo(Duration.ofMillis(100).multipliedBy(50).dividedBy(256));
        rig.step(adjusted(0));
        assertThat(rig.untilDeadline()).isEqualTo(before);
    }

    @Test
    void itOutlastsANewConfigurationAndAddsToThat() {
        Rig rig = Rig.master(Rig.quiet());
        rig.step(adjusted(-30));
        rig.configure(Rig.quiet().priority(200));
        assertThat(rig.machine.priority()).isEqualTo(170);
        rig.configure(Rig.quiet().priority(255));
        assertThat(rig.machine.priority()).isEqualTo(255);
    }

    @Test
    void itIsPartOfTheState() {
        Rig rig = Rig.backup(Rig.quiet());
        rig.step(adjusted(-30));
        Map<String, String> state = rig.machine.state(0);
        RouterMachine twin = RouterMachine.inState(rig.config, 0, state);
        assertThat(twin.priority()).isEqualTo(70);
        assertThat(twin.state(0)).isEqualTo(state);
    }
}
