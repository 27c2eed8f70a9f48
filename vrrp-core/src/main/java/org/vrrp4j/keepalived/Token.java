package org.vrrp4j.keepalived;

/**
 * A brace, or the text between two braces or line ends.
 *
 * @param text not blank for {@link Kind#TEXT}, otherwise empty
 */
record Token(Kind kind, Position position, String text) {

    enum Kind {
        TEXT,
        OPEN,
        CLOSE
    }
}
