package org.vrrp4j.keepalived;

/**
 * Takes comments away. A comment runs from {@code #} or {@code !} to the end of the line, but not from within double
 * quotes; after a backslash the two are ordinary characters. A backslash at the very end, which continues a definition,
 * stays.
 */
final class Comments {

    private Comments() {}

    /** The line without its comment and without blanks around it; a double quote that is not closed is reported. */
    static SourceLine strip(SourceLine line, Reading reading) {
        String text = line.text();
        if (isPlain(text)) {
            return line.withText(strip(text));
        }
        StringBuilder kept = new StringBuilder(text.length());
        boolean quoted = false;
        int i = 0;
        while (i < text.length() && (quoted || !isStart(text.charAt(i)))) {
            char c = text.charAt(i++);
            if (c == '\\' && i < text.length()) {
                char escaped = text.charAt(i++);
                if (quoted || !isStart(escaped)) {
                    kept.append(c);
                }
                kept.append(escaped);
            } else {
                quoted ^= c == '"';
                kept.append(c);
            }
        }
        if (quoted) {
            reading.error(line.position(), "a double quote is not closed in this line");
        }
        return line.withText(strip(kept.toString()));
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isStart(c) || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && Words.isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && Words.isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isStart(char c) {
        return c == '#' || c == '!';
    }
}
