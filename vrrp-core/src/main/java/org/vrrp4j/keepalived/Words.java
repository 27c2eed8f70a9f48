package org.vrrp4j.keepalived;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Splits a line into words, in the two ways that keepalived has.
 *
 * @param list the words
 * @param complete whether each quote is closed; if not, the last word ends with the line
 */
record Words(List<String> list, boolean complete) {
    private static final String ESCAPES = "abEfnrtv";
    private static final String ESCAPED = "\u0007\b\u001b\f\n\r\t\u000b";

    /**
     * The usual way: a double quote begins a word and the next one ends it, blanks between them being part of the word.
     */
    static Words plain(String text) {
        List<String> words = new ArrayList<>();
        boolean complete = true;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (isBlank(c)) {
                i++;
            } else if (c == '"') {
                int end = text.indexOf('"', i + 1);
                complete &= end >= 0;
                end = end < 0 ? text.length() : end;
                words.add(text.substring(i + 1, end));
                i = end + 1;
            } else {
                int end = i;
                while (end < text.length() && !isBlank(text.charAt(end)) && text.charAt(end) != '"') {
                    end++;
                }
                words.add(text.substring(i, end));
                i = end;
            }
        }
        return new Words(List.copyOf(words), complete);
    }

    /** The way of lines with a command: single and double quotes may begin and end anywhere in a word. */
    static Words quoted(String text) {
        return new CommandSplitter(text, false).split();
    }

    /** The way of the command itself: as {@link #quoted}, and a backslash makes a character of what follows. */
    static Words command(String text) {
        return new CommandSplitter(text, true).split();
    }

    static boolean isBlank(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    /** One command on its way. */
    private static final class CommandSplitter {
        private final String text;
        private final List<String> words = new ArrayList<>();
        private int at;
        private char quote;
        private final boolean escapes;
        private boolean complete = true;

        CommandSplitter(String text, boolean escapes) {
            this.text = text;
            this.escapes = escapes;
        }

        Words split() {
            while (skipBlanks()) {
                words.add(word());
            }
            return new Words(List.copyOf(words), complete && quote == 0);
        }

        private boolean skipBlanks() {
            while (at < text.length() && isBlank(text.charAt(at))) {
                at++;
            }
            return at < text.length();
        }

        private String word() {
            StringBuilder word = new StringBuilder();
            while (at < text.length() && (quote != 0 || !isBlank(text.charAt(at)))) {
                char c = text.charAt(at++);
                if (c == '\\' && !escapes && at < text.length()) {
                    word.append(c).append(text.charAt(at++));
                } else if (c == '\\') {
                    escape().ifPresent(word::append);
                } else if (quote == c) {
                    quote = 0;
                } else if (quote == 0 && (c == '"' || c == '\'')) {
                    quote = c;
                } else {
                    word.append(c);
                }
            }
            return word.toString();
        }

        private Optional<Character> escape() {
            if (at == text.length()) {
                complete = false;
                return Optional.empty();
            }
            char c = text.charAt(at++);
            if (c == 'x' && at < text.length() && Character.digit(text.charAt(at), 16) >= 0) {
                return Optional.of(number(16, 2));
            }
            if (c == 'c' && at < text.length()) {
                return Optional.of((char) (text.charAt(at++) & 0x1f));
            }
            if (Character.digit(c, 8) >= 0) {
                at--;
                return Optional.of(number(8, 3));
            }
            int known = ESCAPES.indexOf(c);
            return Optional.of(known < 0 ? c : ESCAPED.charAt(known));
        }

        private char number(int radix, int maxDigits) {
            int value = 0;
            for (int digits = 0; digits < maxDigits && at < text.length(); digits++) {
                int digit = Character.digit(text.charAt(at), radix);
                if (digit < 0) {
                    break;
                }
                value = value * radix + digit;
                at++;
            }
            return (char) (value & 0xff);
        }
    }
}
