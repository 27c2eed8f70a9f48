package org.vrrp4j.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProberTest {
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00.123456Z");

    @Test
    void linesOfAProberAreRead() {
        assertThat(Prober.parse("answer 1767225600123456 lb01")).contains(Reply.answer(TIME, "lb01"));
        assertThat(Prober.parse("lost 1767225600123456")).contains(Reply.lost(TIME));
    }

    @Test
    void anyOtherLineIsNone() {
        for (String line : new String[] {"", "answer 1", "lost", "[0.002s][warning][perf] Cannot use a file"}) {
            assertThat(Prober.parse(line)).isEmpty();
        }
    }
}
