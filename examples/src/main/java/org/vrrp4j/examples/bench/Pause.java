package org.vrrp4j.examples.bench;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time in which a JVM let none of its threads run Java code, from the moment it asked them to stop.
 *
 * @param endMicros when it was over, by the wall clock, in microseconds that are whole milliseconds
 * @param micros how long it took
 */
record Pause(long endMicros, long micros) {
    private static final Pattern LINE = Pattern.compile("\\[(\\d+)ms].*\\bTotal: +(\\d+) ns\\b.*");

    /** The option of a JVM that writes all of its pauses to a file. */
    static String option(String file) {
        return "-Xlog:safepoint:file=" + file + ":timemillis:filecount=0";
    }

    /** All pauses in the text of such a file. */
    static List<Pause> read(String text) {
        return text.lines().map(Pause::parse).flatMap(Optional::stream).toList();
    }

    /** A line of the file; nothing if it tells of something else. */
    static Optional<Pause> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new Pause(1000 * Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)) / 1000));
    }

    /** Whether it may have caused what happened at a time, if its effects are over so much later at the latest. */
    boolean explains(long atMicros, long afterMicros) {
        return endMicros - micros - 1000 <= atMicros && atMicros <= endMicros + 1000 + afterMicros;
    }
}
