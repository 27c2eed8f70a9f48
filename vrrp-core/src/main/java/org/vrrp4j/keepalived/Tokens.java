package org.vrrp4j.keepalived;

import java.util.ArrayDeque;
import java.util.Deque;

/** Lines to texts and braces. A brace outside double quotes is one wherever it stands, in the middle of a word too. */
final class Tokens {
    private final LogicalLines lines;
    private final Deque<Token> ready = new ArrayDeque<>();

    Tokens(LogicalLines lines) {
        this.lines = lines;
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

    private void split(SourceLine line) {
        String text = line.text();
        int start = 0;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '"') {
                int end = text.indexOf('"', i + 1);
                i = end < 0 ? text.length() : end + 1;
            } else if (c == '$' && isReference(text, i)) {
                i = text.indexOf('}', i) + 1;
            } else if (c == '{' || c == '}') {
                addText(line, text.substring(start, i));
                ready.add(new Token(c == '{' ? Token.Kind.OPEN : Token.Kind.CLOSE, line.position(), ""));
                start = ++i;
            } else {
                i++;
            }
        }
        addText(line, text.substring(start));
    }

    /** Whether an undefined {@code ${NAME}} begins here, which was reported: its braces are none. */
    private static boolean isReference(String text, int i) {
        return text.startsWith("${", i) && Reference.at(text, i) != null;
    }

    private void addText(SourceLine line, String text) {
        if (!text.isBlank()) {
            ready.add(new Token(Token.Kind.TEXT, line.position(), text));
        }
    }
}
