package org.vrrp4j.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.protocol.RouterMachine;
import org.vrrp4j.runtime.JournalReader;

/**
 * Gives another machine what the journal of a virtual router says that it was given ({@code VrrpNode.journal}). The
 * machine depends on nothing else, so it changes its role at the same times and for the same causes; where it does not,
 * another version of it wrote the journal, or the configuration was another one.
 *
 * <pre>{@code
 * Replay replay = Replay.of(List.of(config), Files.readString(path));
 * replay.replayed().forEach(System.out::println);
 * }</pre>
 */
public final class Replay {

    /**
     * A change of role or cause.
     *
     * @param time since the first input
     * @param state the role and the cause, such as {@code MASTER/MASTER_DOWN}
     */
    public record Transition(Duration time, String state) {}

    private final List<Transition> recorded = new ArrayList<>();
    private final List<Transition> replayed = new ArrayList<>();

    private Replay() {}

    /**
     * Replays a journal. If its beginning is forgotten, it begins with the state that the router had then.
     *
     * @param configs the configuration that the router was started with, and each that it was given later
     * @param journal the text of the journal
     * @throws IllegalArgumentException if it is no journal, or a configuration is missing
     */
    public static Replay of(List<RouterConfig> configs, String journal) {
        Replay replay = new Replay();
        JournalReader.Recording recording = JournalReader.read(journal, configs);
        RouterMachine machine = recording.machine().get();
        String state = recording.fromStart() ? "" : machine.role() + "/" + machine.cause();
        for (JournalReader.Line line : recording.lines()) {
            Duration time = Duration.ofNanos(line.nanos());
            machine.step(line.nanos(), line.input());
            String now = machine.role() + "/" + machine.cause();
            if (!line.state().equals("-")) {
                replay.recorded.add(new Transition(time, line.state()));
            }
            if (!now.equals(state)) {
                replay.replayed.add(new Transition(time, now));
                state = now;
            }
        }
        return replay;
    }

    /** What changed then, according to the journal. */
    public List<Transition> recorded() {
        return List.copyOf(recorded);
    }

    /** What changed now. */
    public List<Transition> replayed() {
        return List.copyOf(replayed);
    }

    /** Whether both are the same. */
    public boolean isFaithful() {
        return recorded.equals(replayed);
    }
}
