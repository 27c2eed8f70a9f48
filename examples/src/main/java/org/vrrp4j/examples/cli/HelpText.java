package org.vrrp4j.examples.cli;

/** What the help of several commands has in common. */
final class HelpText {
    static final String EXAMPLES = "%nExamples:%n";
    static final String EXIT_CODES = "%nExit codes:%n";

    static final String OK = "0:all went well";
    static final String FAILED = "1:failed unexpectedly";
    static final String USAGE = "2:wrong command line";
    static final String PERMISSION = "3:a right is missing; the message says which and how to grant it";
    static final String INTERFACE_MISSING = "4:an interface does not exist";
    static final String CONFIGURATION = "5:the configuration has errors";
    static final String UNAVAILABLE = "6:not possible on this host; the message says why";
    static final String UNREADABLE = "7:a file cannot be read, or not to its end";

    private HelpText() {}
}
