package org.vrrp4j.config;

import java.time.Duration;
import java.util.Objects;

/**
 * A program that is run once and waited for.
 *
 * @param command the program
 * @param limit how long it may take before it is ended with its children
 */
public record LimitedCommand(Command command, Duration limit) {

    /**
     * Checks the limit.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public LimitedCommand {
        Objects.requireNonNull(command, "command");
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("limit must be positive: limit=" + limit);
        }
    }
}
