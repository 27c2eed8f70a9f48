package org.vrrp4j.linux.guard;

import org.vrrp4j.linux.libc.LinuxException;

/** A guard process that runs, as the loop's thread sees it. */
interface GuardConnection {

    /** The number of the process. */
    long pid();

    /**
     * Tells it something; never waits.
     *
     * @param line a line of {@link GuardScript}, with its end
     * @throws LinuxException if it does not read, or has gone
     */
    void send(String line) throws LinuxException;

    /** Ends it without letting it do anything. May be called twice. */
    void kill();
}
