package org.vrrp4j.examples.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Keeps what was seen, tells the timeline, and lets the story wait for something to be seen. Thread-safe. */
final class Recording implements Audience {
    private final Timeline timeline;
    private final Settings settings;
    private final List<Reply> replies = new ArrayList<>();
    private final List<Holding> ended = new ArrayList<>();
    private final Map<String, Instant> held = new HashMap<>();
    private final Map<String, Instant> lastAnswers = new HashMap<>();
    private Reply last;

    Recording(Timeline timeline, Settings settings) {
        this.timeline = timeline;
        this.settings = settings;
    }

    @Override
    public void onNews(Instant time, String host, String news) {
        timeline.tell(time, host + " " + news);
    }

    @Override
    public synchronized void onHolding(Instant time, String host, boolean holds) {
        if (holds) {
            held.putIfAbsent(host, time);
        } else {
            Optional.ofNullable(held.remove(host)).ifPresent(from -> ended.add(new Holding(host, from, time)));
        }
        notifyAll();
    }

    @Override
    public synchronized void onReply(Reply reply) {
        replies.add(reply);
        reply.host().ifPresent(host -> {
            tell(reply, host);
            lastAnswers.put(host, reply.time());
            last = reply;
            notifyAll();
        });
    }

    private void tell(Reply answer, String host) {
        if (last == null) {
            timeline.tell(answer.time(), "client: answers from " + host);
            return;
        }
        Gap gap = new Gap(last, answer);
        if (gap.isNoticeable(settings)) {
            String pause = ResultTable.millis(gap.outage(settings));
            timeline.tell(answer.time(), "client: answers again from " + host + " after " + pause + " without");
        } else if (!gap.isOneHost()) {
            timeline.tell(answer.time(), "client: answers from " + host + ", without a pause");
        }
    }

    /** Waits for a host to answer the client after a time; false if it does not in time. */
    synchronized boolean awaitAnswer(String host, Instant after, Duration patience) throws InterruptedException {
        return await(() -> lastAnswers.getOrDefault(host, Instant.MIN).isAfter(after), patience);
    }

    /** Waits until a host has the address alone; false if it does not in time. */
    synchronized boolean awaitOnlyHolder(String host, Duration patience) throws InterruptedException {
        return await(() -> held.keySet().equals(Set.of(host)), patience);
    }

    private boolean await(BooleanSupplier condition, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            wait(left / 1_000_000 + 1);
        }
        return true;
    }

    /** How every request ended so far. */
    synchronized List<Reply> replies() {
        return List.copyOf(replies);
    }

    /** Who had the address when, by the time it began; what lasts still is taken to end at the time given. */
    synchronized List<Holding> holdings(Instant end) {
        List<Holding> all = new ArrayList<>(ended);
        held.forEach((host, from) -> all.add(new Holding(host, from, end)));
        all.sort(Comparator.comparing(Holding::from));
        return all;
    }
}
