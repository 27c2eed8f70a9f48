package org.vrrp4j.keepalived;

/** Lines one after the other: of files, of a definition of several lines, or one line repeated. */
interface LineSource {
    /** The next line, or null after the last. */
    SourceLine next();

    /** The file that the last line was in; null if the lines are an expansion, and free of comments. */
    default String file() {
        return null;
    }
}
