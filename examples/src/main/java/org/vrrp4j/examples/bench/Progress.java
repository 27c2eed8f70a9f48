package org.vrrp4j.examples.bench;

import java.io.PrintStream;
import java.util.Locale;

/** Says on a stream what is being done, with the time since the start. */
final class Progress {
    private final PrintStream out;
    private final long startNanos = System.nanoTime();

    Progress(PrintStream out) {
        this.out = out;
    }

    void say(String text) {
        out.printf(Locale.ROOT, "%7.1f s  %s%n", (System.nanoTime() - startNanos) / 1e9, text);
        out.flush();
    }
}
