package org.vrrp4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReloadTimeTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    /** 11:00 in Berlin, the day before the clocks are set forward. */
    private static final Instant NOW = Instant.parse("2026-03-28T10:00:00Z");

    private static String at(String text) {
        return ReloadTime.parse(text, NOW, BERLIN).at().toString();
    }

    @Test
    @DisplayName("a time of day is the next one, here or, with Z, in UTC")
    void timeOfDay() {
        assertThat(at("11:00:01")).isEqualTo("2026-03-28T10:00:01Z");
        assertThat(at("11:00:00")).isEqualTo("2026-03-29T09:00:00Z");
        assertThat(at("10:59:59")).as("summer time by then").isEqualTo("2026-03-29T08:59:59Z");
        assertThat(at("11:00:00Z")).isEqualTo("2026-03-28T11:00:00Z");
        assertThat(at("09:59:59Z")).isEqualTo("2026-03-29T09:59:59Z");
        assertThat(ReloadTime.parse("11:00:01", NOW, BERLIN).dated()).isFalse();
    }

    @Test
    void aDateIsThatDayOnly() {
        assertThat(at("2026-03-28 12:00:00")).isEqualTo("2026-03-28T11:00:00Z");
        assertThat(at("26-12-31 23:59:59Z")).isEqualTo("2026-12-31T23:59:59Z");
        assertThat(ReloadTime.parse("26-12-31 23:59:59Z", NOW, BERLIN).dated()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "11:00",
                " 11:00:01",
                "11:00:01 ",
                "11:00:01z",
                "1:00:01",
                "24:00:00",
                "11:60:00",
                "2026-02-29 11:00:00",
                "2026-3-29 11:00:00",
                "2026-03-29  11:00:00",
                "2026-03-29T11:00:00",
                "2026-03-28 10:59:59",
                "2026-03-29 02:30:00",
                "02:30:00"
            })
    @DisplayName("another format, a time that there is not, or one in the past is none")
    void none(String text) {
        assertThatThrownBy(() -> at(text)).isInstanceOf(DateTimeException.class);
    }
}
