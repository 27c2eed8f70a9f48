package org.vrrp4j.runtime;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.protocol.Input;
import org.vrrp4j.protocol.RouterMachine;

/** Reads what {@link Journal#dump} has written. */
public final class JournalReader {
    private static final Pattern HEAD =
            Pattern.compile("vrrp4j journal 1, inputs=\\d+, forgotten=(\\d+), configuration=(\\d+), .*");

    private JournalReader() {}

    /**
     * One line of a journal.
     *
     * @param nanos the time since the first input
     * @param state role and cause after it, or {@code -} if the input changed neither
     * @param input the input
     */
    public record Line(long nanos, String state, Input input) {}

    /**
     * What a journal tells.
     *
     * @param machine makes a machine in the state before the first line
     * @param fromStart whether that is the state of a router that has not been started
     * @param lines the inputs
     */
    public record Recording(Supplier<RouterMachine> machine, boolean fromStart, List<Line> lines) {}

    /**
     * Reads a journal.
     *
     * @param text the journal
     * @param configs the configuration that the router was started with, and each that it was given later
     * @throws IllegalArgumentException if it is no journal, or a configuration is missing
     */
    public static Recording read(String text, List<RouterConfig> configs) {
        String[] lines = text.split("\n");
        Matcher head = HEAD.matcher(lines[0]);
        if (!head.matches()) {
            throw new IllegalArgumentException("no journal: " + lines[0]);
        }
        int known = Integer.parseInt(head.group(2));
        Iterator<RouterConfig> later = configs.iterator();
        RouterConfig first = next(later);
        for (int i = 0; i < known; i++) {
            first = next(later);
        }
        boolean fromStart = head.group(1).equals("0");
        if (fromStart) {
            RouterConfig config = first;
            return new Recording(() -> new RouterMachine(config), true, inputs(lines, 1, config, later));
        }
        if (lines.length < 2 || !JournalState.isState(lines[1])) {
            throw new IllegalArgumentException("the first " + head.group(1)
                    + " inputs of the journal are forgotten, and it has no line with the state after them");
        }
        return new Recording(machine(first, lines[1]), false, inputs(lines, 2, first, later));
    }

    private static Supplier<RouterMachine> machine(RouterConfig config, String state) {
        return () -> RouterMachine.inState(config, JournalState.nanos(state), JournalState.decode(state));
    }

    private static List<Line> inputs(String[] lines, int from, RouterConfig first, Iterator<RouterConfig> later) {
        RouterConfig config = first;
        List<Line> result = new ArrayList<>();
        for (int i = from; i < lines.length; i++) {
            String[] words = lines[i].split(" ", 3);
            Input input = JournalInput.decode(words[2], config, () -> next(later));
            if (input instanceof Input.Reconfigured reconfigured) {
                config = reconfigured.config();
            }
            result.add(new Line(Long.parseLong(words[0]), words[1], input));
        }
        return result;
    }

    private static RouterConfig next(Iterator<RouterConfig> configs) {
        if (!configs.hasNext()) {
            throw new IllegalArgumentException("the journal has more changes of configuration than were given");
        }
        return configs.next();
    }
}
