package org.vrrp4j.keepalived;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Lines to words and braces. A brace outside double quotes is one wherever it stands, in the middle of a word too; a
 * double quote begins a word and the next one ends it, blanks and braces between them being part of the word.
 */
final class Tokens {
    private final LogicalLines lines;
    private final Reading reading;
    private final Deque<Token> ready = new ArrayDeque<>();

    Tokens(LogicalLines lines, Reading reading) {
        this.lines = lines;
        this.reading = reading;
    }

    /** The next token, or null after the last. */
    Token next() {
        while (ready.isEmpty()) {
            SourceLine line = lines.next();
            if (line == null) {
                return null;
            }
            split(line);
        }
        return ready.poll();
    }

    static boolean isBlank(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    private void split(SourceLine line) {
        String text = line.text();
        List<String> words = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (isBlank(c)) {
                i++;
            } else if (c == '{' || c == '}') {
                flush(line, words);
                words = new ArrayList<>();
                ready.add(new Token(c == '{' ? Token.Kind.OPEN : Token.Kind.CLOSE, line.position(), List.of()));
                i++;
            } else if (c == '"') {
                int end = text.indexOf('"', i + 1);
                if (end < 0) {
                    reading.error(line.position(), "a double quote is not closed in this line");
                    end = text.length();
                }
                words.add(text.substring(i + 1, end));
                i = end + 1;
            } else {
                int end = i;
                while (end < text.length() && !endsWord(text, end)) {
                    end = isReference(text, end) ? text.indexOf('}', end) + 1 : end + 1;
                }
                words.add(text.substring(i, end));
                i = end;
            }
        }
        flush(line, words);
    }

    private static boolean endsWord(String text, int i) {
        char c = text.charAt(i);
        return isBlank(c) || c == '"' || c == '{' || c == '}';
    }

    /** Whether {@code ${NAME}} begins here: its braces belong to the word. */
    private static boolean isReference(String text, int i) {
        return text.startsWith("${", i) && text.indexOf('}', i) > 0;
    }

    private void flush(SourceLine line, List<String> words) {
        if (!words.isEmpty()) {
            ready.add(new Token(Token.Kind.WORDS, line.position(), List.copyOf(words)));
        }
    }
}
