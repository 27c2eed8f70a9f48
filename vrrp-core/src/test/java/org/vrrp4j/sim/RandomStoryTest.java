package org.vrrp4j.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RandomStoryTest {

    @Test
    void sameSeedTellsTheSameStory() {
        RandomStory story = new RandomStory(7);
        story.run();
        RandomStory again = new RandomStory(7);
        again.run();
        assertThat(again.deliveries()).isEqualTo(story.deliveries()).isPositive();
        assertThat(again.elapsed()).isEqualTo(story.elapsed());
        assertThat(again.routerTime()).isEqualTo(story.routerTime()).isPositive();
    }

    @Test
    void routersAreCountedOnlyWhileTheyRun() {
        for (long seed = 0; seed < 10; seed++) {
            RandomStory story = new RandomStory(seed);
            story.run();
            assertThat(story.routerTime())
                    .as("at most five hosts of nine virtual routers each")
                    .isBetween(Duration.ofNanos(1), story.elapsed().multipliedBy(45));
        }
    }

    @Test
    void violatedInvariantIsToldWithTheSeed() {
        Invariant silence = new Invariant() {
            @Override
            public String sentence() {
                return "nobody advertises";
            }

            @Override
            public Optional<String> violation(SimulatedNetwork network, List<Occurrence> occurrences) {
                return occurrences.stream()
                        .filter(Occurrence.Advertised.class::isInstance)
                        .map(Occurrence::toString)
                        .findFirst();
            }
        };
        assertThatExceptionOfType(SimulationException.class)
                .isThrownBy(new RandomStory(7, List.of(silence))::run)
                .withMessageStartingWith("seed 7, at PT")
                .withMessageContaining("violated: nobody advertises");
    }
}
