package org.vrrp4j.protocol;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeded random inputs in random order, answers that nobody asked for among them; what must always hold does. */
class RandomWalkTest {
    private static final int STORIES = 20;
    private static final int MAX_BYTES = 5_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    @DisplayName("R9568-7.1-9 what is told is a chain, acquires and releases are answered one by one,"
            + " only a master advertises, and a rejected packet has no effect")
    void invariantsHold(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < STORIES; i++) {
            byte[] story = new byte[random.nextInt(MAX_BYTES)];
            random.nextBytes(story);
            MachineStory.tell(story);
        }
    }
}
