package org.vrrp4j.examples.bench;

import java.util.List;

/**
 * What a client saw around one event.
 *
 * @param contender whose
 * @param event what happened, at time 0
 * @param answers when answers came, in milliseconds before or after the event, in order
 * @param successor for each answer whether it came from the host that should have the address after the event
 * @param gapFrom the last answer before the longest time without one
 * @param gapUntil the answer that ended it
 */
record Outage(
        Contender contender,
        String event,
        List<Double> answers,
        List<Boolean> successor,
        double gapFrom,
        double gapUntil) {}
