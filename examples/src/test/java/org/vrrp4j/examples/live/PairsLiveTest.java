package org.vrrp4j.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;
import org.vrrp4j.examples.live.RouterProcess.Kind;

/**
 * The same story with keepalived and with us, and with one of each: it must end the same, and tell the same. What is
 * different on purpose is listed in docs/notify.md, and left out of the comparison.
 */
class PairsLiveTest {

    @Test
    @DisplayName("each pair of keepalived and us lives through the same story, side by side, and tells the same of it")
    void sameStory() throws InterruptedException {
        ExecutorService pairs = Executors.newCachedThreadPool();
        Map<String, Future<?>> stories = new LinkedHashMap<>();
        for (Kind first : Kind.values()) {
            for (Kind second : Kind.values()) {
                stories.put(first + " and " + second, pairs.submit(() -> {
                    PairStory.play(first, second);
                    return null;
                }));
            }
        }
        List<String> failures = new ArrayList<>();
        for (Map.Entry<String, Future<?>> story : stories.entrySet()) {
            try {
                story.getValue().get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof TestAbortedException aborted) {
                    throw aborted;
                }
                failures.add(story.getKey() + ": " + e.getCause());
            }
        }
        pairs.shutdown();
        assertThat(failures).isEmpty();
    }
}
