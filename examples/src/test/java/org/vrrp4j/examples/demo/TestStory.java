package org.vrrp4j.examples.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A made-up sequence of replies and acts, with times in milliseconds. */
final class TestStory {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    final List<Reply> replies = new ArrayList<>();
    final List<Act> acts = new ArrayList<>();

    static Instant at(long millis) {
        return START.plusMillis(millis);
    }

    /** A host answers every request made from one time to another. */
    TestStory answers(String host, long from, long until) {
        for (long millis = from; millis <= until; millis += 5) {
            replies.add(Reply.answer(at(millis), host));
        }
        return this;
    }

    TestStory lost(long from, long until) {
        for (long millis = from; millis <= until; millis += 5) {
            replies.add(Reply.lost(at(millis)));
        }
        return this;
    }

    TestStory act(Happening happening, long millis) {
        acts.add(new Act(happening, "lb01", at(millis)));
        return this;
    }

    List<Outage> outages() {
        return Outage.of(acts, replies, Settings.DEMO);
    }
}
