package org.vrrp4j.examples.demo;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Plays the acts on a stage, each once the client has its answers again from the host that should have the address. */
final class Story {
    /** What happens to the first host, which is master when it can be. */
    static final List<Happening> HAPPENINGS = List.of(
            Happening.NOTHING,
            Happening.KILL,
            Happening.RETURN,
            Happening.HAND_OVER,
            Happening.RETURN,
            Happening.CUT,
            Happening.HEAL);

    private final Stage stage;
    private final Recording recording;
    private final Timeline timeline;
    private final Pace pace;
    private final List<Act> acts = new ArrayList<>();

    /**
     * How fast it goes.
     *
     * @param patience how long to wait for answers before it counts as a failure
     * @param quiet how long to leave everybody alone after the answers are there
     */
    record Pace(Duration patience, Duration quiet) {
        static final Pace DEMO = new Pace(Duration.ofSeconds(15), Duration.ofMillis(900));
    }

    Story(Stage stage, Recording recording, Timeline timeline, Pace pace) {
        this.stage = stage;
        this.recording = recording;
        this.timeline = timeline;
        this.pace = pace;
    }

    /**
     * Plays until the end, or until an act after which the right host does not answer the client, or does not have the
     * address alone.
     *
     * @return whether it came to its end
     */
    boolean play() throws IOException, InterruptedException {
        stage.open();
        if (!settle(Settings.FIRST, Instant.MIN)) {
            return false;
        }
        for (Happening happening : HAPPENINGS) {
            Act act = new Act(happening, Settings.FIRST, Instant.now());
            acts.add(act);
            timeline.tell(act.time(), "*** " + act.news());
            perform(act);
            if (!settle(act.expectedHolder(), act.time())) {
                return false;
            }
        }
        return true;
    }

    private void perform(Act act) throws IOException, InterruptedException {
        switch (act.happening()) {
            case NOTHING -> Thread.sleep(pace.quiet().toMillis());
            case KILL -> stage.kill(act.host());
            case RETURN -> stage.start(act.host());
            case HAND_OVER -> stage.handOver(act.host());
            case CUT -> stage.unplug(act.host());
            case HEAL -> stage.plug(act.host());
            default -> throw new IllegalStateException("nobody knows how to play " + act.happening());
        }
    }

    private boolean settle(String host, Instant after) throws InterruptedException {
        if (!recording.awaitAnswer(host, after, pace.patience())) {
            timeline.tell(
                    Instant.now(),
                    "client: no answer from " + host + " within "
                            + pace.patience().toSeconds() + " s");
            return false;
        }
        if (!recording.awaitOnlyHolder(host, pace.patience())) {
            timeline.tell(Instant.now(), "the address is not on " + host + " alone");
            return false;
        }
        Thread.sleep(pace.quiet().toMillis());
        return true;
    }

    /** The acts played so far, in order. */
    List<Act> acts() {
        return List.copyOf(acts);
    }
}
