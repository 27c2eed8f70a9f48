package org.vrrp4j.config;

/**
 * Something on the host that is up or down, or has a value, and that routers and groups follow. Two routers that follow
 * an equal tracker share it: one script is run for both.
 */
public sealed interface Tracker permits InterfaceTracker, ProbedTracker, ProcessTracker, FileTracker, BfdTracker {
    /** What it is called in the configuration, in log lines and causes; unique among the trackers of its kind. */
    String name();
}
