package org.vrrp4j.examples.watch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Lines of a file that may be anything, also one endless line: what is too long is cut. */
public final class BoundedLines {
    private static final int MAX_LENGTH = 65_536;

    private final InputStream in;

    /** Reads byte by byte; any byte is a character. */
    public BoundedLines(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /**
     * The next line without its end; of a longer one the first 65536 characters.
     *
     * @return empty at the end of the file
     */
    public Optional<String> next() throws IOException {
        StringBuilder line = new StringBuilder();
        int c = in.read();
        if (c < 0) {
            return Optional.empty();
        }
        for (; c >= 0 && c != '\n'; c = in.read()) {
            if (line.length() < MAX_LENGTH && c != '\r') {
                line.append((char) c);
            }
        }
        return Optional.of(line.toString());
    }
}
