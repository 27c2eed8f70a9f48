package org.vrrp4j.keepalived;

import java.util.function.IntSupplier;

/**
 * How many opening braces a text has more than closing ones. It tells a misplaced keyword from a forgotten brace: only
 * where braces are missing is it worth guessing where. They are counted when something looks misplaced: a text without
 * mistakes is read once.
 */
final class BraceBalance {
    private final IntSupplier count;
    private boolean counted;
    private int missingClosers;

    private BraceBalance(IntSupplier count) {
        this.count = count;
    }

    /** What else is wrong with the text is left to its reading. */
    static BraceBalance of(String file, String text, ConfigHost host) {
        return new BraceBalance(() -> {
            Tokens tokens = new Tokens(new LogicalLines(file, text, host, new Reading()));
            int open = 0;
            for (Token token = tokens.next(); token != null; token = tokens.next()) {
                open += token.kind() == Token.Kind.OPEN ? 1 : token.kind() == Token.Kind.CLOSE ? -1 : 0;
            }
            return open;
        });
    }

    private int missingClosers() {
        if (!counted) {
            counted = true;
            missingClosers += count.getAsInt();
        }
        return missingClosers;
    }

    boolean lacksClosers() {
        return missingClosers() > 0;
    }

    boolean lacksOpeners() {
        return missingClosers() < 0;
    }

    /** A missing closing brace was found, or an opening one too many. */
    void closerFound() {
        missingClosers--;
    }

    /** A missing opening brace was found, or a closing one too many. */
    void openerFound() {
        missingClosers++;
    }
}
