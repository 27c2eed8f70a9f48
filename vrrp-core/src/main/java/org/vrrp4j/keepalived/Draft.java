package org.vrrp4j.keepalived;

import java.util.HashMap;
import java.util.Map;

/** What a block says, as far as it has been read. */
class Draft {
    private final Position position;
    private final Map<String, Position> given = new HashMap<>();
    private boolean damaged;

    /** A block whose keyword stands there. */
    Draft(Position position) {
        this.position = position;
    }

    Position position() {
        return position;
    }

    /** Notes a keyword, or the one that was probably meant, and returns where it was before, or null. */
    Position noteGiven(String keyword, Position at) {
        return given.putIfAbsent(keyword, at);
    }

    /** Where a keyword was given first, rightly or wrongly; null if nowhere. */
    Position given(String keyword) {
        return given.get(keyword);
    }

    /** Parts of the block may have been lost: that something is missing proves nothing. */
    void markDamaged() {
        damaged = true;
    }

    boolean isDamaged() {
        return damaged;
    }
}
