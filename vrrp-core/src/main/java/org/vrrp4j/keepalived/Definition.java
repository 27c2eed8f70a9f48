package org.vrrp4j.keepalived;

import java.util.List;

/**
 * What a name stands for.
 *
 * @param text what takes the place of the name
 * @param position where a definition of several lines begins; null for one of one line
 * @param rest the lines that then follow, if it is a definition of several lines
 */
record Definition(String text, Position position, List<SourceLine> rest) {

    static Definition of(String text) {
        return new Definition(text, null, List.of());
    }

    static Definition of(List<SourceLine> lines) {
        if (lines.isEmpty()) {
            return of("");
        }
        return new Definition(lines.get(0).text(), lines.get(0).position(), lines.subList(1, lines.size()));
    }

    /** The lines that follow, as a source. */
    LineSource source() {
        List<SourceLine> lines = rest;
        return new LineSource() {
            private int next;

            @Override
            public SourceLine next() {
                return next < lines.size() ? lines.get(next++) : null;
            }
        };
    }
}
