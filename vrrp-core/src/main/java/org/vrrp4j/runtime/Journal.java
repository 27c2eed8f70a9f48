package org.vrrp4j.runtime;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.Role;
import org.vrrp4j.packet.ReceivedAdvertisement;
import org.vrrp4j.protocol.Input;

/**
 * The last inputs of a virtual router with their times, and the changes of role that came of them. As the machine knows
 * nothing else, they tell why it did what it did, and a fresh one that is given them does the same. Keeping one costs a
 * few stores; texts are made when they are asked for. On the loop's thread.
 */
final class Journal {
    private static final int INITIAL_SIZE = 64;
    private static final String UNCHANGED = "-";

    private final int limit;
    private RouterConfig firstConfig;
    private long[] times = new long[INITIAL_SIZE];
    private Input[] inputs = new Input[INITIAL_SIZE];
    private Role[] roles = new Role[INITIAL_SIZE];
    private Cause[] causes = new Cause[INITIAL_SIZE];
    private long count;

    /** A journal of at most so many inputs. */
    Journal(RouterConfig config, int limit) {
        this.firstConfig = config;
        this.limit = limit;
    }

    /** Notes an input and the state that the machine has after it. */
    void add(long nowNanos, Input input, Role role, Cause cause) {
        if (count == times.length && count < limit) {
            int size = Math.min(limit, 2 * times.length);
            times = Arrays.copyOf(times, size);
            inputs = Arrays.copyOf(inputs, size);
            roles = Arrays.copyOf(roles, size);
            causes = Arrays.copyOf(causes, size);
        }
        int index = (int) (count % times.length);
        if (count >= times.length && inputs[index] instanceof Input.Reconfigured forgotten) {
            firstConfig = forgotten.config();
        }
        times[index] = nowNanos;
        inputs[index] = input;
        roles[index] = role;
        causes[index] = cause;
        count++;
    }

    /** What reading the {@linkplain #dump} would give, without the text of it; each input as it is. */
    List<JournalReader.Line> lines() {
        int size = (int) Math.min(count, times.length);
        int first = (int) ((count - size) % times.length);
        List<JournalReader.Line> lines = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int index = (first + i) % times.length;
            lines.add(new JournalReader.Line(times[index] - times[first], state(i, index), inputs[index]));
        }
        return lines;
    }

    /** Role and cause, if the i-th of those remembered changed one of them. */
    private String state(int i, int index) {
        boolean known = i > 0 || count > times.length;
        int before = (index + times.length - 1) % times.length;
        boolean changed = !known || i > 0 && (roles[index] != roles[before] || causes[index] != causes[before]);
        return changed ? roles[index] + "/" + causes[index] : UNCHANGED;
    }

    /**
     * One line about the journal, and one for each input, the oldest first: nanoseconds since the first of them, the
     * role and cause if it changed one of them and {@code -} if not, and the input with its values. Passwords are not
     * shown, only whether they were right.
     *
     * @param nowNanos the time of the loop
     * @param now the same by the wall clock
     */
    String dump(long nowNanos, Instant now) {
        int size = (int) Math.min(count, times.length);
        int first = (int) ((count - size) % times.length);
        long origin = size == 0 ? nowNanos : times[first];
        StringBuilder text = new StringBuilder();
        text.append("vrrp4j journal 1, inputs=")
                .append(size)
                .append(", forgotten=")
                .append(count - size);
        text.append(", from=").append(now.minusNanos(nowNanos - origin));
        text.append(", router=").append(firstConfig).append('\n');
        RouterConfig config = firstConfig;
        ReceivedAdvertisement heard = null;
        String heardText = "";
        for (int i = 0; i < size; i++) {
            int index = (first + i) % times.length;
            text.append(times[index] - origin)
                    .append(' ')
                    .append(state(i, index))
                    .append(' ');
            if (inputs[index] instanceof Input.AdvertisementHeard next) {
                // a master sends the same one for hours
                heardText = next.received() == heard ? heardText : JournalInput.encode(next, config);
                heard = next.received();
                text.append(heardText).append('\n');
            } else {
                text.append(JournalInput.encode(inputs[index], config)).append('\n');
            }
            if (inputs[index] instanceof Input.Reconfigured next) {
                heard = null;
                config = next.config();
            }
        }
        return text.toString();
    }
}
