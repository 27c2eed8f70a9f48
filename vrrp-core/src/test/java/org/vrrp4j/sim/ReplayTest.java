package org.vrrp4j.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vrrp4j.sim.TestRouters.router;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.RouterConfig;

/** A journal that is played again; {@link RandomFaultsTest} does it with each of its nodes. */
class ReplayTest {
    private static final String HEAD =
            "vrrp4j journal 1, inputs=3, forgotten=0, configuration=0, from=2026-01-01T00:00:00Z, router=r\n";
    private final RouterConfig config = router(100).build();

    @Test
    void showsWhatChangedAndWhen() {
        Simulation simulation = new Simulation(1);
        SimulatedHost host = simulation.network().host("a");
        host.start(config);
        simulation.runFor(Duration.ofSeconds(2));

        Replay replay = host.replay();

        assertThat(replay.isFaithful()).isTrue();
        assertThat(replay.replayed())
                .extracting(Replay.Transition::state)
                .containsExactly("INIT/SHUTDOWN", "BACKUP/STARTUP", "MASTER/MASTER_DOWN");
        assertThat(replay.replayed()
                        .get(2)
                        .time()
                        .minus(replay.replayed().get(1).time()))
                .isEqualTo(TestRouters.masterDown(100));
    }

    @Test
    void aJournalOfAnotherMachineIsToldApart() {
        String journal = HEAD + "0 INIT/SHUTDOWN SourceChanged source=192.0.2.1\n"
                + "10 BACKUP/STARTUP Started\n20 MASTER/MASTER_DOWN TimePassed\n";
        Replay replay = Replay.of(List.of(config), journal);
        assertThat(replay.isFaithful()).isFalse();
        assertThat(replay.recorded()).hasSize(3);
        assertThat(replay.replayed()).hasSize(2);
    }

    @Test
    void whatIsNoWholeJournalIsRefused() {
        List<RouterConfig> configs = List.of(config);
        assertThatThrownBy(() -> Replay.of(configs, "hello")).hasMessage("no journal: hello");
        assertThatThrownBy(() -> Replay.of(configs, HEAD.replace("forgotten=0", "forgotten=7")))
                .hasMessageContaining("the first 7 inputs of the journal are forgotten");
        assertThatThrownBy(() -> Replay.of(configs, HEAD.replace("configuration=0", "configuration=1")))
                .hasMessageContaining("more changes of configuration than were given");
        assertThatThrownBy(() -> Replay.of(configs, HEAD + "0 - Surprised\n"))
                .hasMessage("no input of a journal: Surprised");
        assertThatThrownBy(() -> Replay.of(configs, HEAD + "0 - Reconfigured detail=r\n"))
                .hasMessageContaining("more changes of configuration than were given");
    }
}
