package org.vrrp4j.keepalived;

import java.util.Locale;

/** Shows a word of the text in a message: in quotes, short, and without what would disturb a terminal. */
final class Found {
    private static final int MAX_LENGTH = 40;

    private Found() {}

    static String quote(String word) {
        StringBuilder shown = new StringBuilder("'");
        int length = Math.min(word.length(), MAX_LENGTH);
        for (int i = 0; i < length; i++) {
            char c = word.charAt(i);
            boolean printable = c >= ' ' && c != 0x7f && !Character.isISOControl(c) && !Character.isSurrogate(c);
            shown.append(printable ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04x", (int) c));
        }
        return shown.append(length < word.length() ? "..." : "").append('\'').toString();
    }
}
