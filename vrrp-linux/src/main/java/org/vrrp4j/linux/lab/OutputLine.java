package org.vrrp4j.linux.lab;

import java.time.Instant;

/**
 * One line that a process wrote.
 *
 * @param time when it arrived here, by the machine's clock; all hosts of a lab share that clock
 * @param source where the process wrote it
 * @param text the line without its end; longer lines than 16384 characters come in pieces
 */
public record OutputLine(Instant time, Source source, String text) {
    /** The two streams of a process. */
    public enum Source {
        /** Standard output. */
        OUT,
        /** Standard error. */
        ERR
    }

    /** The line as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
