package org.vrrp4j.spi;

import java.time.Duration;
import java.util.Optional;

/** The host that a node runs on: addresses, announcements and links that know of each other. */
public interface Platform extends AutoCloseable {

    /** Puts virtual addresses in place. */
    AddressBackend addresses();

    /** Announces them. */
    Announcer announcer();

    /** Follows the interfaces. */
    LinkMonitor links();

    /** Follows scripts, processes and files. */
    default TrackerBackend trackers() {
        return TrackerBackend.NONE;
    }

    /** For how long the host has been up; empty if that cannot be told. On the loop's thread. */
    default Optional<Duration> uptime() {
        return Optional.empty();
    }

    /** Closes all of them. Called on the loop's thread; may be called twice. */
    @Override
    void close();
}
