package org.vrrp4j.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AnnouncementScheduleTest {

    private static List<Duration> millis(long... values) {
        return LongStream.of(values).mapToObj(Duration::ofMillis).toList();
    }

    @Test
    @DisplayName("the default announces at once and four times more")
    void defaultSchedule() {
        assertThat(AnnouncementSchedule.DEFAULT.offsets()).isEqualTo(millis(0, 100, 500, 1100, 2500));
        assertThat(AnnouncementSchedule.DEFAULT.refresh()).isEqualTo(Duration.ZERO);
    }

    @Test
    @DisplayName("bursts come at once and after the delay")
    void burstsComeAtOnceAndAfterTheDelay() {
        AnnouncementSchedule schedule =
                AnnouncementSchedule.bursts(5, Duration.ZERO, Duration.ofSeconds(5), Duration.ofHours(1));
        assertThat(schedule.offsets()).isEqualTo(millis(0, 0, 0, 0, 0, 5000, 5000, 5000, 5000, 5000));
        assertThat(schedule.refresh()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    @DisplayName("without a delay there is one burst")
    void withoutADelayThereIsOneBurst() {
        assertThat(AnnouncementSchedule.bursts(2, Duration.ofMillis(10), Duration.ZERO, Duration.ZERO)
                        .offsets())
                .isEqualTo(millis(0, 10));
    }

    @Test
    @DisplayName("bursts that overlap are put in order")
    void overlappingBurstsAreInOrder() {
        assertThat(AnnouncementSchedule.bursts(3, Duration.ofMillis(40), Duration.ofMillis(50), Duration.ZERO)
                        .offsets())
                .isEqualTo(millis(0, 40, 50, 80, 90, 130));
    }

    @Test
    @DisplayName("no repeats are no announcements")
    void noRepeatsAreNoAnnouncements() {
        assertThat(AnnouncementSchedule.bursts(0, Duration.ZERO, Duration.ofSeconds(5), Duration.ZERO)
                        .offsets())
                .isEmpty();
    }

    @Test
    @DisplayName("offsets ascend from zero to a day")
    void offsetsAscend() {
        refused(millis(100, 99), Duration.ZERO, "offsets must ascend from 0 to one day: offset=PT0.099S");
        refused(millis(-1), Duration.ZERO, "offsets must ascend from 0 to one day: offset=PT-0.001S");
        refused(millis(86_400_001), Duration.ZERO, "offsets must ascend from 0 to one day: offset=PT24H0.001S");
    }

    @Test
    @DisplayName("the refresh is zero to a day")
    void refreshLimits() {
        refused(millis(), Duration.ofMillis(-1), "refresh must be 0 to one day: refresh=PT-0.001S");
        refused(millis(), Duration.ofDays(2), "refresh must be 0 to one day: refresh=PT48H");
    }

    @Test
    @DisplayName("there are at most a thousand announcements")
    void atMostAThousand() {
        refused(Collections.nCopies(1001, Duration.ZERO), Duration.ZERO, "at most 1000 announcements: offsets=1001");
        assertThat(new AnnouncementSchedule(Collections.nCopies(1000, Duration.ZERO), Duration.ZERO).offsets())
                .hasSize(1000);
    }

    private static void refused(List<Duration> offsets, Duration refresh, String message) {
        assertThatThrownBy(() -> new AnnouncementSchedule(offsets, refresh))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
