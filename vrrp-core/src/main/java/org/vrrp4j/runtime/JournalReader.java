package org.vrrp4j.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.protocol.Input;

/** Reads what {@link Journal#dump} has written. */
public final class JournalReader {
    private static final Pattern HEAD = Pattern.compile("vrrp4j journal 1, inputs=\\d+, forgotten=(\\d+), .*");

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
     * The inputs of a journal.
     *
     * @param text the journal
     * @param configs the configuration of its beginning, and each that came later
     * @throws IllegalArgumentException if it is no journal, its beginning is forgotten, or a configuration is missing
     */
    public static List<Line> read(String text, List<RouterConfig> configs) {
        String[] lines = text.split("\n");
        Matcher head = HEAD.matcher(lines[0]);
        if (!head.matches()) {
            throw new IllegalArgumentException("no journal: " + lines[0]);
        }
        if (!head.group(1).equals("0")) {
            throw new IllegalArgumentException(
                    "the first " + head.group(1) + " inputs of the journal are forgotten, so the state is unknown");
        }
        Iterator<RouterConfig> later = configs.iterator();
        RouterConfig config = later.next();
        List<Line> result = new ArrayList<>();
        // most lines say what others have said
        Map<String, Input> known = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            String line = lines[i];
            int stateStart = line.indexOf(' ') + 1;
            int inputStart = line.indexOf(' ', stateStart) + 1;
            String words = line.substring(inputStart);
            Input input = known.get(words);
            if (input == null) {
                input = JournalInput.decode(words, config, () -> next(later));
                known.put(words, input);
            }
            if (input instanceof Input.Reconfigured reconfigured) {
                config = reconfigured.config();
                known.clear();
            }
            String state = line.substring(stateStart, inputStart - 1);
            result.add(new Line(Long.parseLong(line, 0, stateStart - 1, 10), state, input));
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
