package org.vrrp4j.examples.bench;

import java.io.IOException;

/** One thing that is measured: builds what it needs, measures its contenders in turns, and takes it down again. */
interface Scenario {

    /** One word, as for {@code --only}. */
    String name();

    /** What is done, in some words for people. */
    String title();

    /**
     * Measures, for a bounded time.
     *
     * @throws IOException if something did not happen in time; what has been measured until then is kept
     */
    void run(Session session) throws IOException, InterruptedException;
}
