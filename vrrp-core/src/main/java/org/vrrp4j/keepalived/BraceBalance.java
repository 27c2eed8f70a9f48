package org.vrrp4j.keepalived;

/**
 * How many opening braces a text has more than closing ones. It tells a misplaced keyword from a forgotten brace: only
 * where braces are missing is it worth guessing where.
 */
final class BraceBalance {
    private int missingClosers;

    private BraceBalance(int missingClosers) {
        this.missingClosers = missingClosers;
    }

    /** Counts; what else is wrong with the text is left to its reading. */
    static BraceBalance of(String file, String text, ConfigHost host) {
        Tokens tokens = new Tokens(new LogicalLines(file, text, host, new Reading()));
        int open = 0;
        for (Token token = tokens.next(); token != null; token = tokens.next()) {
            open += token.kind() == Token.Kind.OPEN ? 1 : token.kind() == Token.Kind.CLOSE ? -1 : 0;
        }
        return new BraceBalance(open);
    }

    boolean lacksClosers() {
        return missingClosers > 0;
    }

    boolean lacksOpeners() {
        return missingClosers < 0;
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
