package org.vrrp4j.keepalived;

/**
 * The lines with their comments gone and their directives carried out. A comment runs from {@code #} or {@code !} to
 * the end of the line, but not from within double quotes; after a backslash the two are ordinary characters.
 */
final class LogicalLines {
    private final SourceLines source;
    private final Directives directives;

    LogicalLines(SourceLines source, Reading reading) {
        this.source = source;
        this.directives = new Directives(source, reading);
    }

    /** The next line with something in it, or null after the last. */
    SourceLine next() {
        for (SourceLine line = source.next(); line != null; line = source.next()) {
            String text = withoutComment(line.text());
            SourceLine expanded = text.isBlank() ? null : directives.apply(line.withText(text));
            if (expanded != null && !expanded.text().isBlank()) {
                return expanded;
            }
        }
        return null;
    }

    private static String withoutComment(String text) {
        if (text.indexOf('#') < 0 && text.indexOf('!') < 0) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length());
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escaped = c == '\\' && i + 1 < text.length() && isCommentStart(text.charAt(i + 1));
            if (!quoted && escaped) {
                kept.append(text.charAt(++i));
                continue;
            }
            if (!quoted && isCommentStart(c)) {
                break;
            }
            quoted ^= c == '"';
            kept.append(c);
        }
        return kept.toString();
    }

    private static boolean isCommentStart(char c) {
        return c == '#' || c == '!';
    }
}
