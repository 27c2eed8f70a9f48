package org.vrrp4j.config;

import java.time.Duration;

/**
 * What keeps a router from becoming master at once, beside the timers of the standards.
 *
 * @param startup how long after its start it takes no part
 * @param afterBoot until how long after the boot of the host it takes no part
 * @param preemption how long it bears a working master of lower priority
 */
public record ElectionDelays(Duration startup, Duration afterBoot, Duration preemption) {
    /** The longest delay, as in keepalived. */
    public static final Duration MAX = Duration.ofSeconds(1000);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a delay is negative or longer than {@link #MAX}
     */
    public ElectionDelays {
        check("startupDelay", startup);
        check("delayAfterBoot", afterBoot);
        check("preemptDelay", preemption);
    }

    private static void check(String name, Duration delay) {
        if (delay.isNegative() || delay.compareTo(MAX) > 0) {
            throw new IllegalArgumentException(
                    name + " must be 0 to " + MAX.toSeconds() + " s: " + name + "=" + delay.toMillis() + " ms");
        }
    }
}
