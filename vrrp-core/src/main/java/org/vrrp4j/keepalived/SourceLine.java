package org.vrrp4j.keepalived;

/** A line as it is in the file, without its end. */
record SourceLine(Position position, String text) {

    SourceLine withText(String other) {
        return new SourceLine(position, other);
    }
}
