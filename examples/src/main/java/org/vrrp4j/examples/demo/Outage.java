package org.vrrp4j.examples.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the client noticed of an act.
 *
 * @param act the act
 * @param longest the longest time without an answer between the act and the next one, beyond the probing interval; it
 *     may have begun just before the act. Empty if no answer came at all
 * @param lost how many requests made between the act and the next one were never answered
 */
record Outage(Act act, Optional<Duration> longest, int lost) {

    /** One for each act, in their order. */
    static List<Outage> of(List<Act> acts, List<Reply> replies, Settings settings) {
        List<Gap> gaps = Gap.of(replies);
        List<Outage> outages = new ArrayList<>();
        for (int i = 0; i < acts.size(); i++) {
            Instant from = acts.get(i).time();
            Instant until = i + 1 < acts.size() ? acts.get(i + 1).time() : Instant.MAX;
            Optional<Duration> longest = gaps.stream()
                    .filter(gap -> isIn(gap.until(), from, until))
                    .map(gap -> gap.outage(settings))
                    .max(Comparator.naturalOrder());
            long lost = replies.stream()
                    .filter(reply -> !reply.isAnswer() && isIn(reply.time(), from, until))
                    .count();
            outages.add(new Outage(acts.get(i), longest, Math.toIntExact(lost)));
        }
        return outages;
    }

    private static boolean isIn(Instant time, Instant from, Instant until) {
        return !time.isBefore(from) && time.isBefore(until);
    }
}
