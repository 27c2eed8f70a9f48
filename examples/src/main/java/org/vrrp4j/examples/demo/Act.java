package org.vrrp4j.examples.demo;

import java.time.Instant;

/** One happening of the story, at the time just before it. */
record Act(Happening happening, String host, Instant time) {

    /** Who should have the address after it. */
    String expectedHolder() {
        return happening.isLoss() ? Settings.other(host) : host;
    }

    /** What happens, and to whom. */
    String news() {
        return happening == Happening.NOTHING ? happening.news() : host + " " + happening.news();
    }
}
