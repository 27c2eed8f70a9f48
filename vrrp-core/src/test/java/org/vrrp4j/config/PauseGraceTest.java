package org.vrrp4j.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PauseGraceTest {
    private static RouterConfig router(Duration interval, int downTimerAdverts) {
        return RouterConfig.builder("eth0", 51)
                .name("web")
                .advertisementInterval(interval)
                .downTimerAdverts(downTimerAdverts)
                .address(VirtualAddress.parse("192.0.2.100/24"))
                .build();
    }

    @Test
    void everyRouterCanLiveWithTheDefault() {
        for (int centiseconds = 1; centiseconds <= 4095; centiseconds++) {
            RouterConfig router = router(Duration.ofMillis(10L * centiseconds), 3);
            assertThatCode(() -> PauseGrace.DEFAULT.check(router)).doesNotThrowAnyException();
        }
    }

    @Test
    void aGraceThatOutlastsTheLeaseIsRefusedWithAllItsTimes() {
        RouterConfig router = router(Duration.ofMillis(100), 3);
        PauseGrace grace = new PauseGrace(Duration.ofMillis(800));

        assertThatThrownBy(() -> new NodeConfig("n", List.of(router)).with(grace))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("pauseGrace must be shorter than what is left of the lease")
                .hasMessageContaining("addresses of web")
                .hasMessageEndingWith("pauseGrace=800 ms queues up to 900 ms, the lease is 1000 ms and 700 ms of it are"
                        + " left before it is renewed");
    }

    @Test
    void aLongerLeaseAllowsALongerGrace() {
        RouterConfig router = router(Duration.ofMillis(100), 40);

        assertThat(new NodeConfig("n", List.of(router))
                        .with(new PauseGrace(Duration.ofMillis(2400)))
                        .pauseGrace()
                        .covers(router))
                .isTrue();
    }

    @Test
    void aNodeThatAdvertisesTooOftenDoesWithout() {
        List<RouterConfig> fast = Collections.nCopies(5, router(Duration.ofMillis(10), 3));
        List<RouterConfig> more = new ArrayList<>(fast);
        more.add(router(Duration.ofSeconds(1), 3));
        assertThat(PauseGrace.DEFAULT.excess(more))
                .as("one that is not covered does not count")
                .isEmpty();
        more.add(router(Duration.ofMillis(400), 3));
        assertThat(PauseGrace.DEFAULT.excess(more))
                .contains("its routers advertise 503 times a second, and up to 500 a second are sent ahead: spread them"
                        + " over several nodes");
        assertThat(PauseGrace.NONE.excess(more)).isEmpty();
    }

    @Test
    void aRouterWhoseIntervalIsLongerThanTheGraceDoesWithout() {
        assertThat(PauseGrace.DEFAULT.covers(router(Duration.ofMillis(400), 3))).isTrue();
        assertThat(PauseGrace.DEFAULT.covers(router(Duration.ofMillis(410), 3))).isFalse();
        assertThat(PauseGrace.NONE.covers(router(Duration.ofMillis(10), 3))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1, 9, 60_001})
    void aGraceOutOfRangeIsRefused(long millis) {
        assertThatThrownBy(() -> new PauseGrace(Duration.ofMillis(millis)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10 ms to 1 min, or zero for none: pauseGrace=" + millis + " ms");
    }

    @Test
    void whatIsLeftOfALeaseIsCountedToTheNextRenewal() {
        assertThat(LeaseRenewal.shortestLease(router(Duration.ofMillis(10), 3))).hasMillis(750);
        assertThat(LeaseRenewal.shortestLease(router(Duration.ofMillis(240), 3)))
                .hasMillis(520);
        assertThat(LeaseRenewal.shortestLease(router(Duration.ofMillis(600), 3)))
                .hasMillis(700);
        assertThat(LeaseRenewal.shortestLease(router(Duration.ofSeconds(1), 3))).hasMillis(1000);
        assertThat(Optional.of(PauseGrace.DEFAULT.reserve())).contains(Duration.ofMillis(50));
    }
}
