package org.vrrp4j.runtime;

import java.util.Arrays;
import java.util.Map;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.Role;
import org.vrrp4j.protocol.Input;

/** A stretch of a journal, and what it began with. Keeping an input costs a few stores. */
final class JournalChunk {
    private static final int INITIAL_SIZE = 64;
    private static final Role[] ROLES = Role.values();
    private static final Cause[] CAUSES = Cause.values();

    /** How many inputs and configurations there were before it. */
    final long inputsBefore;

    final int configsBefore;
    final RouterConfig config;

    /** The state of the machine before the first input, and when it was; empty for the router's start. */
    final Map<String, String> state;

    final long stateNanos;

    private long[] times = new long[INITIAL_SIZE];
    private Input[] inputs = new Input[INITIAL_SIZE];
    /** By number: a node remembers a thousand inputs of each router, and there may be thousands of these. */
    private byte[] roles = new byte[INITIAL_SIZE];

    private byte[] causes = new byte[INITIAL_SIZE];
    private int size;

    JournalChunk(
            long inputsBefore, int configsBefore, RouterConfig config, Map<String, String> state, long stateNanos) {
        this.inputsBefore = inputsBefore;
        this.configsBefore = configsBefore;
        this.config = config;
        this.state = state;
        this.stateNanos = stateNanos;
    }

    /** Uses the memory of a chunk that nobody reads any more. */
    void writeOver(JournalChunk forgotten) {
        times = forgotten.times;
        inputs = forgotten.inputs;
        roles = forgotten.roles;
        causes = forgotten.causes;
    }

    void add(long nanos, Input input, Role role, Cause cause) {
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            inputs = Arrays.copyOf(inputs, 2 * size);
            roles = Arrays.copyOf(roles, 2 * size);
            causes = Arrays.copyOf(causes, 2 * size);
        }
        times[size] = nanos;
        inputs[size] = input;
        roles[size] = (byte) role.ordinal();
        causes[size] = (byte) cause.ordinal();
        size++;
    }

    int size() {
        return size;
    }

    long nanos(int index) {
        return times[index];
    }

    Input input(int index) {
        return inputs[index];
    }

    /** Role and cause after an input. */
    String state(int index) {
        return ROLES[roles[index]] + "/" + CAUSES[causes[index]];
    }
}
