package org.vrrp4j.spi;

/** The host that a node runs on: addresses, announcements and links that know of each other. */
public interface Platform extends AutoCloseable {

    /** Puts virtual addresses in place. */
    AddressBackend addresses();

    /** Announces them. */
    Announcer announcer();

    /** Follows the interfaces. */
    LinkMonitor links();

    /** Closes all three. Called on the loop's thread; may be called twice. */
    @Override
    void close();
}
