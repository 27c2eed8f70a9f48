package org.vrrp4j.sim;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hosts whose world falls apart at random: the invariants hold after each event, and once nobody interferes any more
 * the network settles. {@code -Dvrrp4j.seed=N} runs one seed, {@code -Dvrrp4j.seeds=N} that many fixed ones.
 */
class RandomFaultsTest {
    private static final int FIXED_SEEDS = 300;
    private static final int FRESH_SEEDS = 20;

    /**
     * What once failed: an address left behind that was no longer configured when its lease ended; an answer that a
     * stalled process had not read when it gave up waiting for it; a listener that such a process did not tell its end.
     */
    private static final long[] FOUND_SEEDS = {434, 101899, 114471};

    static LongStream seeds() {
        Long only = Long.getLong("vrrp4j.seed");
        if (only != null) {
            return LongStream.of(only);
        }
        LongStream fresh = new SplittableRandom().longs(FRESH_SEEDS, 0, 1_000_000_000_000L);
        LongStream fixed = LongStream.range(0, Integer.getInteger("vrrp4j.seeds", FIXED_SEEDS));
        return LongStream.concat(LongStream.concat(LongStream.of(FOUND_SEEDS), fixed), fresh);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void networkSettlesAfterRandomFaults(long seed) {
        try {
            new RandomStory(seed).run();
        } catch (RuntimeException e) {
            throw new AssertionError(
                    e + "\nrepeat with: mvn test -pl vrrp-core -Dtest=RandomFaultsTest -Dvrrp4j.seed=" + seed, e);
        }
    }
}
