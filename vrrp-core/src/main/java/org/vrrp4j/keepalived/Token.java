package org.vrrp4j.keepalived;

import java.util.List;

/**
 * A brace, or the words between two braces or line ends.
 *
 * @param words not empty for {@link Kind#WORDS}, otherwise empty
 */
record Token(Kind kind, Position position, List<String> words) {

    enum Kind {
        WORDS,
        OPEN,
        CLOSE
    }
}
