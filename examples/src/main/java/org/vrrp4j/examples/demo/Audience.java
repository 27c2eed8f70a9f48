package org.vrrp4j.examples.demo;

import java.time.Instant;

/** Is told what can be seen on a stage, from any thread. */
interface Audience {

    /** Something that a host says of itself, or that is said of it. */
    void onNews(Instant time, String host, String news);

    /** A host has the virtual address now, or has it no more. */
    void onHolding(Instant time, String host, boolean holds);

    /** A request of the client has ended. */
    void onReply(Reply reply);
}
