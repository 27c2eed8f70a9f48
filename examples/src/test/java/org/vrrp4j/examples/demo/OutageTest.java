package org.vrrp4j.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutageTest {

    @Test
    void answersWithoutAPauseAreNoOutage() {
        TestStory story = new TestStory()
                .answers("lb01", 0, 1000)
                .answers("lb02", 1005, 2000)
                .act(Happening.HAND_OVER, 1001);
        assertThat(story.outages()).singleElement().satisfies(outage -> {
            assertThat(outage.longest()).contains(Duration.ZERO);
            assertThat(outage.lost()).isZero();
        });
    }

    @Test
    void outageIsTheGapBeyondTheProbingInterval() {
        TestStory story = new TestStory()
                .answers("lb01", 0, 1000)
                .lost(1005, 1345)
                .answers("lb02", 1350, 2000)
                .act(Happening.CUT, 1002);
        assertThat(story.outages()).singleElement().satisfies(outage -> {
            assertThat(outage.longest()).contains(Duration.ofMillis(345));
            assertThat(outage.lost()).isEqualTo(69);
        });
    }

    @Test
    void theLongestOfSeveralGapsCounts() {
        TestStory story = new TestStory()
                .answers("lb01", 0, 1000)
                .answers("lb02", 1030, 1200)
                .answers("lb02", 1300, 1400)
                .answers("lb02", 1450, 1500)
                .act(Happening.KILL, 1000);
        assertThat(story.outages().get(0).longest()).contains(Duration.ofMillis(95));
    }

    @Test
    void eachGapBelongsToTheActBeforeItsEnd() {
        TestStory story = new TestStory()
                .answers("lb01", 0, 1000)
                .answers("lb02", 1100, 2000)
                .answers("lb01", 2050, 3000)
                .act(Happening.NOTHING, 500)
                .act(Happening.KILL, 1003)
                .act(Happening.RETURN, 2001);
        assertThat(story.outages())
                .extracting(outage -> outage.longest().orElseThrow().toMillis())
                .containsExactly(0L, 95L, 45L);
    }

    @Test
    void answersOfBothHostsAreAllAnswers() {
        TestStory story = new TestStory().act(Happening.KILL, 0);
        for (int millis = 0; millis < 100; millis += 10) {
            story.answers("lb01", millis, millis).answers("lb02", millis + 5, millis + 5);
        }
        assertThat(story.outages().get(0).longest()).contains(Duration.ZERO);
    }

    @Test
    void noAnswerAfterAnActIsAnOutageWithoutEnd() {
        TestStory story =
                new TestStory().answers("lb01", 0, 1000).lost(1005, 3000).act(Happening.CUT, 1002);
        assertThat(story.outages().get(0).longest()).isEmpty();
    }

    @Test
    void aShortPauseIsWorthALineOnlyWhereAnotherHostAnswers() {
        Reply first = Reply.answer(TestStory.at(0), "lb01");
        assertThat(new Gap(first, Reply.answer(TestStory.at(60), "lb01")).isNoticeable(Settings.DEMO))
                .isFalse();
        assertThat(new Gap(first, Reply.answer(TestStory.at(60), "lb02")).isNoticeable(Settings.DEMO))
                .isTrue();
        assertThat(new Gap(first, Reply.answer(TestStory.at(10), "lb02")).isNoticeable(Settings.DEMO))
                .isFalse();
        assertThat(new Gap(first, Reply.answer(TestStory.at(105), "lb01")).isNoticeable(Settings.DEMO))
                .isTrue();
    }
}
