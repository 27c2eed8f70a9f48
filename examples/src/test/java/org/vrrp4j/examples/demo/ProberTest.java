package org.vrrp4j.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProberTest {
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00.123456Z");

    @Test
    void linesOfAProberAreRead() {
        assertThat(Prober.parse("answer 1767225600123456 lb01")).isEqualTo(Reply.answer(TIME, "lb01"));
        assertThat(Prober.parse("lost 1767225600123456")).isEqualTo(Reply.lost(TIME));
    }

    @Test
    void anyOtherLineIsRefusedWithItsText() {
        for (String line : new String[] {"", "answer 1", "lost", "lost x", "Exception in thread main"}) {
            assertThatThrownBy(() -> Prober.parse(line))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(line.replace("lost ", ""));
        }
    }
}
