package org.vrrp4j.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.vrrp4j.keepalived.KeepalivedConf;

class SettingsTest {
    private static final Duration SKEW = Duration.ofNanos(60_937_500);

    @Test
    void limitsFollowFromIntervalAndPriority() {
        assertThat(Arrays.stream(Happening.values())
                        .map(happening ->
                                happening + " " + happening.limit(Settings.DEMO).toNanos()))
                .containsExactly(
                        "NOTHING 0",
                        "KILL " + SKEW.plusMillis(300).toNanos(),
                        "RETURN 0",
                        "HAND_OVER " + SKEW.toNanos(),
                        "CUT " + SKEW.plusMillis(300).toNanos(),
                        "HEAL 0");
    }

    @Test
    void aHigherPriorityOfTheBackupShortensTheLimits() {
        Settings settings = new Settings(Duration.ofSeconds(1), 255, 254, Duration.ofMillis(5));
        assertThat(Happening.HAND_OVER.limit(settings)).isEqualTo(Duration.ofNanos(7_812_500));
        assertThat(Happening.KILL.limit(settings)).isEqualTo(Duration.ofNanos(3_007_812_500L));
    }

    @Test
    void configurationsSayWhatTheSettingsSay() {
        for (String host : Settings.HOSTS) {
            KeepalivedConf conf = KeepalivedConf.parse("vrrp.conf", Settings.DEMO.configuration(host));
            assertThat(conf.problems()).isEmpty();
            assertThat(conf.nodeConfig().routers()).singleElement().satisfies(router -> {
                assertThat(router.priority()).isEqualTo(Settings.DEMO.priority(host));
                assertThat(router.advertisementInterval()).isEqualTo(Settings.DEMO.interval());
                assertThat(router.addresses().toString()).contains(Settings.ADDRESS + "/24");
            });
        }
    }
}
