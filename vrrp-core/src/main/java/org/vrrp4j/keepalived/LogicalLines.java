package org.vrrp4j.keepalived;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/**
 * The lines as they are meant: comments gone, included files put in, definitions remembered and put in where they are
 * used, conditional lines chosen, repeated lines repeated. A line of an expansion stands where its text does: in a
 * definition of several lines at the line of the definition.
 */
final class LogicalLines {
    /** keepalived has no bound. So many levels are no configuration any more, or one that expands for ever. */
    static final int MAX_DEPTH = 64;

    private final Deque<LineSource> sources = new ArrayDeque<>();
    private final ConfigHost host;
    private final Reading reading;
    private final Definitions definitions;
    private final Includes includes;

    /** The lines of a text, and what they include. */
    LogicalLines(String fileName, String text, ConfigHost host, Reading reading) {
        this.host = host;
        this.reading = reading;
        this.definitions = new Definitions(host, reading);
        this.includes = new Includes(host.files(), reading);
        reading.onRandomSeed(definitions::seed);
        sources.push(new SourceLines(fileName, text, reading));
    }

    /** The next line with something in it, or null after the last. */
    SourceLine next() {
        for (SourceLine line = pull(); line != null; line = pull()) {
            SourceLine done = carryOut(line);
            if (done != null && !done.text().isEmpty()) {
                return done;
            }
        }
        return null;
    }

    /** The next line of the innermost source, without its comment. */
    private SourceLine pull() {
        while (!sources.isEmpty() && !reading.isStopped()) {
            LineSource source = sources.peek();
            SourceLine line = source.next();
            if (line == null) {
                sources.pop();
            } else if (sources.size() == 1
                    || reading.spend(line.position(), line.text().length())) {
                return source.file() == null ? line : Comments.strip(line, reading);
            }
        }
        return null;
    }

    /** What is left of a line, or null if nothing. */
    private SourceLine carryOut(SourceLine read) {
        SourceLine line = read.text().startsWith("@") ? wanted(read) : read;
        if (line == null || define(line)) {
            return null;
        }
        if (!Repetition.isOne(line.text())) {
            line = expand(line);
        }
        if (line != null && Repetition.isOne(line.text())) {
            repeat(line);
            return null;
        }
        if (line != null && Includes.isOne(line.text())) {
            include(line);
            return null;
        }
        return line;
    }

    /** The rest of a conditional line if it is for this host. */
    private SourceLine wanted(SourceLine line) {
        String text = line.text();
        boolean reversed = text.startsWith("^", 1);
        int end = 1;
        while (end < text.length() && !Words.isBlank(text.charAt(end))) {
            end++;
        }
        boolean same = text.substring(reversed ? 2 : 1, end).equals(host.id());
        return same == reversed ? null : line.withText(text.substring(end).stripLeading());
    }

    /** Remembers what {@code $NAME=VALUE} says; false if the line is no definition. */
    private boolean define(SourceLine line) {
        String text = line.text();
        int end = text.startsWith("$") ? Reference.nameEnd(text, 1) : 0;
        if (end < 2 || !text.startsWith("=", end)) {
            return false;
        }
        String name = text.substring(1, end);
        String value = text.substring(end + 1).stripLeading();
        definitions.define(
                name, value.endsWith("\\") ? Definition.of(severalLines(line.withText(value))) : Definition.of(value));
        return true;
    }

    /** All lines but the last end with a backslash, which is no part of them. */
    private List<SourceLine> severalLines(SourceLine first) {
        List<SourceLine> lines = new ArrayList<>();
        SourceLine line = first;
        while (line != null && line.text().endsWith("\\")) {
            String text = line.text();
            String kept = text.substring(0, text.length() - 1).strip();
            if (!kept.isEmpty()) {
                lines.add(line.withText(kept));
            }
            line = pull();
        }
        if (line != null && !line.text().isEmpty()) {
            lines.add(line);
        }
        return lines;
    }

    private SourceLine expand(SourceLine line) {
        if (line.text().indexOf('$') < 0) {
            return line;
        }
        Definitions.Expansion expansion = definitions.expand(line, directory());
        expansion.following().forEach(source -> push(line, source));
        return expansion.line() == null ? null : Comments.strip(expansion.line(), reading);
    }

    private void repeat(SourceLine line) {
        Repetition.of(line, definitions, directory()).ifPresentOrElse(source -> push(line, source), () -> {
            reading.markIncomplete();
            reading.error(
                    line.position(),
                    Found.quote(line.text()) + " must be ~SEQ(NAME, [START, [STEP,]] END) TEXT or"
                            + " ~LST(NAME, VALUE, ...) TEXT; the line is skipped");
        });
    }

    private void include(SourceLine line) {
        List<String> open =
                sources.stream().map(LineSource::file).filter(Objects::nonNull).toList();
        push(line, includes.open(line, directory(), open));
    }

    private void push(SourceLine line, LineSource source) {
        if (sources.size() > MAX_DEPTH) {
            reading.error(
                    line.position(),
                    "included files and definitions are nested deeper than " + MAX_DEPTH
                            + "; the file is not read further");
            reading.stop();
        } else {
            sources.push(source);
        }
    }

    /** That of the innermost file, with a slash at its end; empty if it has none. */
    private String directory() {
        return sources.stream()
                .map(LineSource::file)
                .filter(Objects::nonNull)
                .findFirst()
                .map(file -> file.substring(0, file.lastIndexOf('/') + 1))
                .orElse("");
    }
}
