package org.vrrp4j.keepalived;

/**
 * The lines of one file. A line ends with LF or CR LF. One that is longer than keepalived reads, or holds a NUL, is
 * reported and left out.
 */
final class SourceLines implements LineSource {
    static final int MAX_LENGTH = 1024;

    /** So many lines with a NUL are no accident: the file is no text. */
    private static final int MAX_NUL_LINES = 3;

    private final String file;
    private final String text;
    private final Reading reading;
    private int next;
    private int nextNul;
    private int line;
    private int nulLines;

    SourceLines(String file, String text, Reading reading) {
        this.file = file;
        this.text = text;
        this.reading = reading;
        this.nextNul = text.indexOf('\0');
    }

    @Override
    public String file() {
        return file;
    }

    /** The next line that can be read, or null after the last. */
    @Override
    public SourceLine next() {
        while (next < text.length() && !reading.isStopped()) {
            int start = next;
            int end = text.indexOf('\n', start);
            next = end < 0 ? text.length() : end + 1;
            end = end < 0 ? text.length() : end;
            while (end > start && text.charAt(end - 1) == '\r') {
                end--;
            }
            Position position = new Position(file, ++line);
            if (nextNul >= 0 && nextNul < start) {
                nextNul = text.indexOf('\0', start);
            }
            if (nextNul >= 0 && nextNul < end) {
                onNul(position);
            } else if (end - start > MAX_LENGTH) {
                reading.markIncomplete();
                reading.error(
                        position,
                        "line must have at most " + MAX_LENGTH + " characters: " + (end - start) + "; it is skipped");
            } else {
                return new SourceLine(position, text.substring(start, end));
            }
        }
        return null;
    }

    private void onNul(Position position) {
        reading.markIncomplete();
        if (++nulLines < MAX_NUL_LINES) {
            reading.error(position, "line holds a NUL character; it is skipped");
        } else {
            reading.error(position, "another line holds a NUL character; this is no text file and is not read further");
            reading.stop();
        }
    }
}
