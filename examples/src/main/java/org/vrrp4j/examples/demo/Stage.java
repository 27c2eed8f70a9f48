package org.vrrp4j.examples.demo;

import java.io.IOException;

/**
 * Where the story plays: two hosts with a VRRP process and a server each, and a client that asks the server behind the
 * virtual address all the time. Driven by one thread; what it sees it tells its {@link Audience} on threads of its own.
 */
interface Stage extends AutoCloseable {

    /** What it is, to be said to the user. */
    String description();

    /** Sets everything up and starts it, both VRRP processes included, the first host's first. */
    void open() throws IOException, InterruptedException;

    /** Starts the VRRP process of a host again. */
    void start(String host) throws IOException, InterruptedException;

    /** Ends the VRRP process of a host without giving it a chance to say anything. */
    void kill(String host) throws IOException, InterruptedException;

    /** Asks the VRRP process of a host to hand over and end. */
    void handOver(String host) throws IOException, InterruptedException;

    /** Pulls the cable of a host. */
    void unplug(String host) throws IOException, InterruptedException;

    /** Plugs the cable of a host in again. */
    void plug(String host) throws IOException, InterruptedException;

    /** Ends everything. */
    @Override
    void close() throws IOException;
}
