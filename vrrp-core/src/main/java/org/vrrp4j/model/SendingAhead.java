package org.vrrp4j.model;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether advertisements go on while the process is paused.
 *
 * @param grace for how long they are to; zero if they are not to
 * @param unavailability why they do not although they are to, with the remedy: the loop sends each of them then
 */
public record SendingAhead(Duration grace, Optional<String> unavailability) {
    /** It is not wanted. */
    public static final SendingAhead OFF = new SendingAhead(Duration.ZERO, Optional.empty());

    /** Whether they do. */
    public boolean isActive() {
        return !grace.isZero() && unavailability.isEmpty();
    }

    /** For people, such as {@code up to 400 ms}. */
    public String text() {
        if (grace.isZero()) {
            return "off";
        }
        return unavailability.map(reason -> "not possible: " + reason).orElse("up to " + grace.toMillis() + " ms");
    }
}
