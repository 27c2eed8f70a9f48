package org.vrrp4j.keepalived;

import java.util.List;

/**
 * A use of a definition: {@code $NAME} before a blank, a comma, a closing parenthesis or the end of the line, or
 * {@code ${NAME}} anywhere, which may have parameters.
 *
 * @param end where the text after it begins
 */
record Reference(String name, List<String> parameters, int end, boolean braced) {

    /** The one that begins with the dollar sign there, or null if none does. */
    static Reference at(CharSequence text, int dollar) {
        boolean braced = dollar + 1 < text.length() && text.charAt(dollar + 1) == '{';
        int start = braced ? dollar + 2 : dollar + 1;
        int end = nameEnd(text, start);
        if (end == start) {
            return null;
        }
        String name = text.subSequence(start, end).toString();
        if (!braced) {
            boolean ends = end == text.length() || " \t,)".indexOf(text.charAt(end)) >= 0;
            return ends ? new Reference(name, List.of(), end, false) : null;
        }
        int close = end;
        while (close < text.length() && (isBlank(text.charAt(close)) || isNamePart(text.charAt(close)))) {
            close++;
        }
        boolean closed = close < text.length() && text.charAt(close) == '}' && !isBlank(text.charAt(close - 1));
        if (!closed) {
            return null;
        }
        return new Reference(
                name, Words.plain(text.subSequence(end, close).toString()).list(), close + 1, true);
    }

    /** Where a name that begins there ends; the same place if none does. */
    static int nameEnd(CharSequence text, int start) {
        int end = start;
        while (end < text.length() && isNamePart(text.charAt(end))) {
            end++;
        }
        return end > start && Character.isDigit(text.charAt(start)) ? start : end;
    }

    private static boolean isNamePart(char c) {
        return c == '_' || c < 128 && Character.isLetterOrDigit(c);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
