package org.vrrp4j.config;

import java.util.Locale;
import java.util.Objects;

/**
 * Something wrong with a configuration text, and where.
 *
 * @param severity whether the text can be used all the same
 * @param file the file's name as the reader was given it
 * @param line the line in it, from 1
 * @param message what was found and what is allowed
 */
public record Problem(Severity severity, String file, int line, String message) {

    /** Checks that nothing is missing. */
    public Problem {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(message, "message");
    }

    /** As compilers write it: {@code keepalived.conf:12: error: message}. */
    @Override
    public String toString() {
        return file + ":" + line + ": " + severity.name().toLowerCase(Locale.ROOT) + ": " + message;
    }
}
