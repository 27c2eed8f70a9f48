package org.vrrp4j.examples.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import org.vrrp4j.sim.RandomStory;

/**
 * Tells the stories of consecutive seeds on some threads, until there were enough, one failed, or it is told to end. No
 * story is broken off.
 */
final class StoryRun {

    /**
     * What has been simulated.
     *
     * @param stories that were told to their end
     * @param routerTime of all virtual routers together
     * @param deliveries packets that arrived at hosts
     */
    record Tally(long stories, Duration routerTime, long deliveries) {
        static final Tally NOTHING = new Tally(0, Duration.ZERO, 0);

        Tally plus(Tally other) {
            return new Tally(stories + other.stories, routerTime.plus(other.routerTime), deliveries + other.deliveries);
        }
    }

    /** A story that went wrong. */
    record Failure(long seed, Throwable cause) {}

    private final LongFunction<RandomStory> stories;
    private final long firstSeed;
    private final long maxStories;
    private final Duration wanted;
    private final AtomicLong begun = new AtomicLong();
    private final AtomicReference<Tally> tally = new AtomicReference<>(Tally.NOTHING);
    private final AtomicReference<Failure> failure = new AtomicReference<>();
    private volatile boolean ended;

    /**
     * A run.
     *
     * @param stories the story of a seed
     * @param wanted the router time that is enough
     */
    StoryRun(LongFunction<RandomStory> stories, long firstSeed, long maxStories, Duration wanted) {
        this.stories = stories;
        this.firstSeed = firstSeed;
        this.maxStories = maxStories;
        this.wanted = wanted;
    }

    /** Runs to the end; {@code onProgress} is called on this thread, once in each period. */
    void run(int threads, Duration period, Runnable onProgress) throws InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            for (int i = 0; i < threads; i++) {
                workers.execute(this::tellStories);
            }
            workers.shutdown();
            while (!workers.awaitTermination(period.toNanos(), TimeUnit.NANOSECONDS)) {
                onProgress.run();
            }
        } finally {
            end();
        }
    }

    /** Lets it end with the stories that have begun. Any thread. */
    void end() {
        ended = true;
    }

    /** What has been simulated so far. Any thread. */
    Tally tally() {
        return tally.get();
    }

    /** The story that failed first. Any thread. */
    Optional<Failure> failure() {
        return Optional.ofNullable(failure.get());
    }

    private void tellStories() {
        while (!ended && tally().routerTime().compareTo(wanted) < 0) {
            long index = begun.getAndIncrement();
            if (index >= maxStories) {
                return;
            }
            long seed = firstSeed + index;
            // catches an Error as well: without its seed nobody could repeat it
            CompletableFuture.completedFuture(seed)
                    .thenApply(this::tell)
                    .whenComplete((told, wrapped) -> onEnd(seed, told, wrapped));
        }
    }

    private Tally tell(long seed) {
        RandomStory story = stories.apply(seed);
        story.run();
        return new Tally(1, story.routerTime(), story.deliveries());
    }

    private void onEnd(long seed, Tally told, Throwable wrapped) {
        if (wrapped == null) {
            tally.accumulateAndGet(told, Tally::plus);
        } else {
            failure.compareAndSet(null, new Failure(seed, wrapped.getCause()));
            end();
        }
    }
}
