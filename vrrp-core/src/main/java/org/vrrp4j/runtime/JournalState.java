package org.vrrp4j.runtime;

import java.util.LinkedHashMap;
import java.util.Map;

/** The line of a journal that tells the state before its first input. */
final class JournalState {
    private static final String HEAD = "state at=";

    private JournalState() {}

    /** The state at a time that counts from the first input. */
    static String encode(long nanos, Map<String, String> state) {
        StringBuilder text = new StringBuilder(HEAD).append(nanos);
        state.forEach((name, value) -> text.append(' ').append(name).append('=').append(escape(value)));
        return text.toString();
    }

    static boolean isState(String line) {
        return line.startsWith(HEAD);
    }

    /** When it was. */
    static long nanos(String line) {
        return Long.parseLong(line.substring(HEAD.length()).split(" ", 2)[0]);
    }

    static Map<String, String> decode(String line) {
        Map<String, String> state = new LinkedHashMap<>();
        String[] words = line.substring(HEAD.length()).split(" ");
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("no value in the state of a journal: " + words[i]);
            }
            state.put(words[i].substring(0, equals), unescape(words[i].substring(equals + 1)));
        }
        return state;
    }

    private static String escape(String value) {
        return value.replace("%", "%25")
                .replace(" ", "%20")
                .replace("\n", "%0A")
                .replace("\r", "%0D");
    }

    private static String unescape(String text) {
        return text.replace("%0D", "\r")
                .replace("%0A", "\n")
                .replace("%20", " ")
                .replace("%25", "%");
    }
}
