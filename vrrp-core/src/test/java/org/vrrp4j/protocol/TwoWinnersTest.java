package org.vrrp4j.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vrrp4j.protocol.Rig.LESS;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.model.VrrpVersion;

/** Two masters that each believe to win, as when something between them rewrites what they send. */
class TwoWinnersTest {
    private static final int SECONDS = 20;
    private static final int STORM = 1000;
    private static final String ADVERTISEMENT = "ADV 100";

    /** Hands advertisements over as those of a loser, without any delay, until neither has more to say. */
    private static int exchange(Rig from, Rig to, List<String> effects) {
        Rig speaker = from;
        Rig hearer = to;
        int all = 0;
        int said = Collections.frequency(effects, ADVERTISEMENT);
        while (said > 0 && all < STORM) {
            all += said;
            int answers = 0;
            for (int i = 0; i < said; i++) {
                answers += Collections.frequency(hearer.hear(LESS, 50), ADVERTISEMENT);
            }
            Rig next = speaker;
            speaker = hearer;
            hearer = next;
            said = answers;
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource(VrrpVersion.class)
    @DisplayName("OPEN-1 R9568-6.4.3-12 they do not answer each other without end, and the conflict is told once")
    void noStorm(VrrpVersion version) {
        Rig one = Rig.master(Rig.fast().version(version).advertisementInterval(Duration.ofSeconds(1)));
        Rig other = Rig.master(Rig.fast().version(version).advertisementInterval(Duration.ofSeconds(1)));
        other.passMillis(300);
        one.take();
        other.take();
        int advertisements = 0;
        for (int millis = 0; millis < SECONDS * 1000; millis++) {
            List<String> ofOne = one.passMillis(1);
            List<String> ofOther = other.passMillis(1);
            advertisements += exchange(one, other, ofOne) + exchange(other, one, ofOther);
        }

        // each once an interval, and one answer an interval
        assertThat(advertisements).isBetween(2 * SECONDS, 2 * 2 * SECONDS);
        for (Rig rig : List.of(one, other)) {
            assertThat(rig.machine.role()).isEqualTo(Role.MASTER);
            assertThat(rig.reports(VrrpEvent.MasterConflict.class)).hasSize(1);
            assertThat(Collections.frequency(rig.take(), "ANNOUNCE")).isBetween(2, 5 * SECONDS);
        }
    }
}
