package org.vrrp4j.config;

import java.util.List;
import java.util.OptionalInt;

/**
 * How the operating system schedules the thread of a node's loop (sched(7)), and one that works for it. Threads that
 * they start have no higher priority than others, but run on the same processors. What the process may not do is left
 * undone, with a warning in the log that says how to grant it.
 *
 * @param urgent whether the thread goes before others with nice -10, if nothing else is said here, the process may do
 *     that and has no nice value of its own; that it may not is no warning
 * @param nice its nice value, -20 to 19; keepalived's {@code vrrp_priority}
 * @param realTimePriority its priority among real-time threads, 1 to 99, all of which go before any other (SCHED_RR);
 *     keepalived's {@code vrrp_rt_priority}
 * @param cpus the processors that it runs on, by number; empty for those of the process; keepalived's
 *     {@code vrrp_cpu_affinity}
 */
public record LoopScheduling(boolean urgent, OptionalInt nice, OptionalInt realTimePriority, List<Integer> cpus) {
    /** Before others if it may, and nothing else. */
    public static final LoopScheduling URGENT =
            new LoopScheduling(true, OptionalInt.empty(), OptionalInt.empty(), List.of());

    /** As any thread of the process. */
    public static final LoopScheduling AS_OTHERS =
            new LoopScheduling(false, OptionalInt.empty(), OptionalInt.empty(), List.of());

    /** The highest number of a processor. */
    public static final int MAX_CPU = 1023;

    private static final int MIN_NICE = -20;
    private static final int MAX_NICE = 19;
    private static final int MAX_REAL_TIME = 99;

    /**
     * Checks every range.
     *
     * @throws IllegalArgumentException if one is left
     */
    public LoopScheduling {
        cpus = cpus.stream().distinct().sorted().toList();
        nice.ifPresent(value -> check("nice", value, MIN_NICE, MAX_NICE));
        realTimePriority.ifPresent(value -> check("realTimePriority", value, 1, MAX_REAL_TIME));
        cpus.forEach(value -> check("cpu", value, 0, MAX_CPU));
    }

    private static void check(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + ": " + name + "=" + value);
        }
    }

    /** The same with a nice value. */
    public LoopScheduling withNice(int value) {
        return new LoopScheduling(urgent, OptionalInt.of(value), realTimePriority, cpus);
    }

    /** The same with a real-time priority; a nice value counts for nothing then. */
    public LoopScheduling withRealTimePriority(int value) {
        return new LoopScheduling(urgent, nice, OptionalInt.of(value), cpus);
    }

    /** The same on these processors. */
    public LoopScheduling onCpus(List<Integer> numbers) {
        return new LoopScheduling(urgent, nice, realTimePriority, numbers);
    }

    /** What this one says, and for what it does not say anything of, what another one does. */
    public LoopScheduling orElse(LoopScheduling other) {
        return new LoopScheduling(
                urgent && other.urgent,
                nice.isPresent() ? nice : other.nice,
                realTimePriority.isPresent() ? realTimePriority : other.realTimePriority,
                cpus.isEmpty() ? other.cpus : cpus);
    }
}
