package org.vrrp4j.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vrrp4j.protocol.Rig.GREATER;
import static org.vrrp4j.protocol.Rig.LESS;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.packet.Advertisement;

/** What a backup knows of the routers it hears. */
class PeersTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Rig rig = Rig.backup(Rig.quiet());

    private static String sender(int number) {
        return "198.51.100." + number;
    }

    @Test
    @DisplayName("R9568-6.4.2-9 the better one of two masters is followed, whichever was first")
    void theMasterIsTheLastOneThatIsNotWorse() {
        rig.hear(LESS, 150);
        rig.hear(GREATER, 200);
        assertThat(rig.machine.master()).contains(Rig.address(GREATER));
        assertThat(rig.machine.masterPriority()).isEqualTo(200);
        rig.hear(LESS, 150);
        assertThat(rig.machine.master()).contains(Rig.address(LESS));
    }

    @Test
    @DisplayName("an interval that differs from the configured one is told once, and again when ours has changed")
    void intervalsAreComparedWithTheConfiguration() {
        rig.hear(GREATER, rig.advertisement(200, SECOND));
        rig.hear(GREATER, rig.advertisement(200, SECOND));
        assertThat(rig.reports(VrrpEvent.IntervalMismatch.class)).hasSize(1);
        Advertisement usual = rig.advertisement(200);
        rig.configure(Rig.quiet().advertisementInterval(SECOND.multipliedBy(2)));
        rig.hear(GREATER, usual);
        assertThat(rig.reports(VrrpEvent.IntervalMismatch.class)).hasSize(2);
    }

    @Test
    @DisplayName("of forged senders with odd intervals the last 64 are remembered")
    void rememberedIntervalsAreBounded() {
        for (int i = 1; i <= 64; i++) {
            rig.hear(sender(i), rig.advertisement(200, SECOND));
        }
        rig.hear(sender(1), rig.advertisement(200, SECOND));
        assertThat(rig.reports(VrrpEvent.IntervalMismatch.class)).hasSize(64);
        rig.hear(sender(65), rig.advertisement(200, SECOND));
        rig.hear(sender(2), rig.advertisement(200, SECOND));
        assertThat(rig.reports(VrrpEvent.IntervalMismatch.class))
                .as("the second was forgotten for the last")
                .hasSize(66);
        assertThat(Remembered.most(rig.machine)).isEqualTo(64);
    }

    @Test
    @DisplayName("of forged senders with other addresses the last 64 are remembered")
    void rememberedAddressListsAreBounded() {
        Advertisement other = new Rig(Rig.quiet().address(VirtualAddress.parse("192.0.2.101/24"))).advertisement(200);
        for (int i = 1; i <= 100; i++) {
            rig.hear(sender(i), other);
            rig.hear(sender(i), other);
        }
        assertThat(rig.reports(VrrpEvent.AddressListMismatch.class)).hasSize(100);
        assertThat(Remembered.most(rig.machine)).isEqualTo(64);
    }
}
