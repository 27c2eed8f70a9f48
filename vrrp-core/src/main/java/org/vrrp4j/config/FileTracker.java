package org.vrrp4j.config;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * A file that holds a number; keepalived's {@code track_file}. A file that is missing, unreadable or empty counts as 0.
 * With {@link TrackWeight#isFault weight 0} any other number than 0 means FAULT; with another weight the priority
 * changes by number times weight, and -254 or less means FAULT.
 *
 * @param name what the configuration calls it
 * @param path the file
 * @param initial what is written into the file at the start; empty to leave it alone
 * @param overwrite whether that is done although the file exists
 */
public record FileTracker(String name, String path, OptionalInt initial, boolean overwrite) implements Tracker {

    /** Checks that nothing is missing. */
    public FileTracker {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(initial, "initial");
    }

    /** Such as {@code file switch}. */
    @Override
    public String toString() {
        return "file " + name;
    }
}
