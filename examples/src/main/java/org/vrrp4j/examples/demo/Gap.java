package org.vrrp4j.examples.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The time between an answer and the next one. */
record Gap(Reply last, Reply next) {

    /** All of them, in the order of time. */
    static List<Gap> of(List<Reply> replies) {
        List<Reply> answers = replies.stream()
                .filter(Reply::isAnswer)
                .sorted(Comparator.comparing(Reply::time))
                .toList();
        List<Gap> gaps = new ArrayList<>();
        for (int i = 1; i < answers.size(); i++) {
            gaps.add(new Gap(answers.get(i - 1), answers.get(i)));
        }
        return gaps;
    }

    Instant from() {
        return last.time();
    }

    Instant until() {
        return next.time();
    }

    /** How much longer it was than the time between two requests. */
    Duration outage(Settings settings) {
        Duration beyond = Duration.between(from(), until()).minus(settings.probeInterval());
        return beyond.isNegative() ? Duration.ZERO : beyond;
    }

    boolean isOneHost() {
        return last.host().equals(next.host());
    }

    /**
     * Whether it is worth a line or a red mark. A busy machine makes short pauses by itself, also where no host has
     * taken over from another.
     */
    boolean isNoticeable(Settings settings) {
        Duration least = isOneHost() ? settings.interval() : Settings.NOTICEABLE;
        return outage(settings).compareTo(least) >= 0;
    }
}
