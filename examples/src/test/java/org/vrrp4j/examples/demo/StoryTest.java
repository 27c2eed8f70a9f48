package org.vrrp4j.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoryTest {
    private static final Story.Pace FAST = new Story.Pace(Duration.ofMillis(200), Duration.ZERO);

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final List<String> done = new ArrayList<>();
    private boolean secondWorks = true;

    @Test
    void everyHappeningIsPlayedInItsOrder() throws IOException, InterruptedException {
        assertThat(play()).isTrue();
        assertThat(done)
                .containsExactly(
                        "open", "kill lb01", "start lb01", "handOver lb01", "start lb01", "unplug lb01", "plug lb01");
        assertThat(printed.toString())
                .contains("*** lb01 killed with SIGKILL", "client: answers from lb02, without a pause");
    }

    @Test
    void itEndsWhenTheClientGetsNoAnswersAnyMore() throws IOException, InterruptedException {
        secondWorks = false;
        assertThat(play()).isFalse();
        assertThat(done).containsExactly("open", "kill lb01");
        assertThat(printed.toString()).contains("client: no answer from lb02 within");
    }

    private boolean play() throws IOException, InterruptedException {
        try (Timeline timeline = new Timeline(new PrintStream(printed, true), Instant.now())) {
            Recording recording = new Recording(timeline, Settings.DEMO);
            return new Story(new ScriptedStage(recording), recording, timeline, FAST).play();
        }
    }

    /** Whatever is done, the right host has the address and answers at once, for a time to come. */
    private final class ScriptedStage implements Stage {
        private final Audience audience;

        ScriptedStage(Audience audience) {
            this.audience = audience;
        }

        private void work(String what, String holder) {
            done.add(what);
            if (holder.equals(Settings.SECOND) && !secondWorks) {
                return;
            }
            Instant later = Instant.now().plusSeconds(60);
            audience.onHolding(later, Settings.other(holder), false);
            audience.onHolding(later, holder, true);
            audience.onReply(Reply.answer(later, holder));
        }

        @Override
        public String description() {
            return "a script";
        }

        @Override
        public void open() {
            work("open", Settings.FIRST);
        }

        @Override
        public void start(String host) {
            work("start " + host, host);
        }

        @Override
        public void kill(String host) {
            work("kill " + host, Settings.other(host));
        }

        @Override
        public void handOver(String host) {
            work("handOver " + host, Settings.other(host));
        }

        @Override
        public void unplug(String host) {
            work("unplug " + host, Settings.other(host));
        }

        @Override
        public void plug(String host) {
            work("plug " + host, host);
        }

        @Override
        public void close() {
            done.add("close");
        }
    }
}
