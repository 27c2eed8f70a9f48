package org.vrrp4j.examples.cli;

/** What {@code vrrp} exits with: 0 when all went well, 2 for a wrong command line (picocli's own), and these. */
final class ExitCode {
    static final int FAILED = 1;
    static final int PERMISSION = 3;
    static final int INTERFACE_MISSING = 4;
    /** As {@code keepalived -t}. */
    static final int CONFIGURATION = 5;

    static final int UNAVAILABLE = 6;
    static final int UNREADABLE = 7;
    /** {@code vrrp doctor}: it would start and not work. */
    static final int UNSUITABLE = 8;

    private ExitCode() {}
}
