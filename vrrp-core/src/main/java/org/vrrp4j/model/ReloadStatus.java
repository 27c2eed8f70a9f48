package org.vrrp4j.model;

import java.time.Instant;
import java.util.Objects;

/**
 * How the last reload of a node went.
 *
 * @param time when it was done or refused
 * @param done whether the node runs with the new configuration; if not, everything is as before
 * @param text what has changed, or why it was refused; of several problems each is a line
 */
public record ReloadStatus(Instant time, boolean done, String text) {

    /** Checks that nothing is missing. */
    public ReloadStatus {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(text, "text");
    }
}
