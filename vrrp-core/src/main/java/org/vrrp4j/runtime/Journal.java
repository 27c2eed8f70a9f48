package org.vrrp4j.runtime;

import java.time.Instant;
import java.util.Map;
import java.util.function.LongFunction;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.Role;
import org.vrrp4j.protocol.Input;

/**
 * The last inputs of a virtual router with their times, and the changes of role that came of them. As the machine knows
 * nothing else, they tell why it did what it did, and a fresh one that is given them does the same. They are kept in
 * two chunks, the older of which goes when the newer is full; each begins with the state that the machine had then, so
 * that a journal whose beginning is forgotten can be played again too. Texts are made when they are asked for. On the
 * loop's thread.
 */
final class Journal {
    private final int limit;
    private final LongFunction<Map<String, String>> state;
    private JournalChunk older;
    private JournalChunk newer;
    private RouterConfig config;
    private int configs;

    /**
     * An empty journal.
     *
     * @param limit so many inputs are kept at least, and twice as many at most
     * @param state tells the state of the machine at a time
     */
    Journal(RouterConfig config, int limit, LongFunction<Map<String, String>> state) {
        this.config = config;
        this.limit = limit;
        this.state = state;
        this.newer = new JournalChunk(0, 0, config, Map.of(), 0);
    }

    /** Notes an input and the state that the machine has after it. */
    void add(long nowNanos, Input input, Role role, Cause cause) {
        newer.add(nowNanos, input, role, cause);
        if (input instanceof Input.Reconfigured reconfigured) {
            config = reconfigured.config();
            configs++;
        }
        if (newer.size() == limit) {
            JournalChunk forgotten = older;
            older = newer;
            newer = new JournalChunk(
                    older.inputsBefore + older.size(), configs, config, state.apply(nowNanos), nowNanos);
            if (forgotten != null) {
                newer.writeOver(forgotten);
            }
        }
    }

    /**
     * A line about the journal, one about the state before if the beginning is forgotten, and one for each input, the
     * oldest first: nanoseconds since the first of them, the role and cause if it changed one of them and {@code -} if
     * not, and the input with its values. Passwords are not shown, only whether they were right.
     *
     * @param nowNanos the time of the loop
     * @param now the same by the wall clock
     */
    String dump(long nowNanos, Instant now) {
        JournalChunk first = older == null ? newer : older;
        long origin = first.size() == 0 ? nowNanos : first.nanos(0);
        StringBuilder text = new StringBuilder("vrrp4j journal 1, inputs=");
        text.append(first == newer ? newer.size() : older.size() + newer.size());
        text.append(", forgotten=").append(first.inputsBefore);
        text.append(", configuration=").append(first.configsBefore);
        text.append(", from=").append(now.minusNanos(nowNanos - origin));
        text.append(", router=").append(first.config).append('\n');
        String before = "";
        if (!first.state.isEmpty()) {
            text.append(JournalState.encode(first.stateNanos - origin, first.state))
                    .append('\n');
            before = first.state.get("role") + "/" + first.state.get("cause");
        }
        before = append(first, origin, before, text);
        if (first != newer) {
            append(newer, origin, before, text);
        }
        return text.toString();
    }

    /** Appends a line for each input; returns role and cause after the last. */
    private static String append(JournalChunk chunk, long origin, String stateBefore, StringBuilder text) {
        String before = stateBefore;
        RouterConfig config = chunk.config;
        for (int i = 0; i < chunk.size(); i++) {
            String after = chunk.state(i);
            text.append(chunk.nanos(i) - origin).append(' ');
            text.append(after.equals(before) ? "-" : after).append(' ');
            text.append(JournalInput.encode(chunk.input(i), config)).append('\n');
            before = after;
            if (chunk.input(i) instanceof Input.Reconfigured next) {
                config = next.config();
            }
        }
        return before;
    }
}
