package org.vrrp4j.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.Role;
import org.vrrp4j.protocol.RouterMachine;
import org.vrrp4j.runtime.JournalReader;

/**
 * Gives a fresh machine what the journal of a virtual router says that it was given ({@code VrrpNode.journal}). The
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
     * Replays a whole journal.
     *
     * @param configs the configuration that the router was started with, and each that it was given later
     * @param journal the text of the journal, from the router's start on
     * @throws IllegalArgumentException if it is no journal, its beginning is forgotten, or a configuration is missing
     */
    public static Replay of(List<RouterConfig> configs, String journal) {
        return of(configs.get(0), JournalReader.read(journal, configs));
    }

    static Replay of(RouterConfig first, List<JournalReader.Line> journal) {
        Replay replay = new Replay();
        RouterMachine machine = new RouterMachine(first);
        Role role = null;
        Cause cause = null;
        for (JournalReader.Line line : journal) {
            machine.step(line.nanos(), line.input());
            if (!line.state().equals("-")) {
                replay.recorded.add(new Transition(Duration.ofNanos(line.nanos()), line.state()));
            }
            if (machine.role() != role || machine.cause() != cause) {
                role = machine.role();
                cause = machine.cause();
                replay.replayed.add(new Transition(Duration.ofNanos(line.nanos()), role + "/" + cause));
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
