package org.vrrp4j.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ProcessSettingsTest {

    @Test
    void whatOneDoesNotSayIsWhatTheOtherSays() {
        LoopScheduling file = LoopScheduling.URGENT.withNice(-5).onCpus(List.of(3, 1, 3));
        LoopScheduling application =
                LoopScheduling.AS_OTHERS.withNice(7).withRealTimePriority(20).onCpus(List.of(0));
        assertThat(file.orElse(application))
                .isEqualTo(new LoopScheduling(false, OptionalInt.of(-5), OptionalInt.of(20), List.of(1, 3)));
        assertThat(LoopScheduling.URGENT.orElse(application)).isEqualTo(application);

        LimitedCommand command =
                new LimitedCommand(new Command(List.of("/bin/true"), Optional.empty()), Duration.ofSeconds(1));
        ProcessSettings first = new ProcessSettings(
                Optional.of(command), Optional.empty(), Optional.empty(), Optional.of("/t"), true, false, file);
        ProcessSettings second = new ProcessSettings(
                Optional.empty(), Optional.of(command), Optional.of("/m"), Optional.of("/u"), false, true, application);
        assertThat(first.orElse(second))
                .isEqualTo(new ProcessSettings(
                        Optional.of(command),
                        Optional.of(command),
                        Optional.of("/m"),
                        Optional.of("/t"),
                        true,
                        true,
                        file.orElse(application)));
    }

    @Test
    void rangesAreChecked() {
        assertThatThrownBy(() -> LoopScheduling.URGENT.withNice(20)).hasMessage("nice must be -20 to 19: nice=20");
        assertThatThrownBy(() -> LoopScheduling.URGENT.withRealTimePriority(0))
                .hasMessage("realTimePriority must be 1 to 99: realTimePriority=0");
        assertThatThrownBy(() -> LoopScheduling.URGENT.onCpus(List.of(1024)))
                .hasMessage("cpu must be 0 to 1023: cpu=1024");
        assertThatThrownBy(() -> new LimitedCommand(new Command(List.of("/bin/true"), Optional.empty()), Duration.ZERO))
                .hasMessage("limit must be positive: limit=PT0S");
    }
}
