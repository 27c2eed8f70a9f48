package org.vrrp4j.examples.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Prints what happens as it happens, in the order of time. News of one moment reach this JVM by different ways, so each
 * waits a little for those that are older.
 */
final class Timeline implements AutoCloseable {
    private static final Duration HOLD_BACK = Duration.ofMillis(100);
    private static final Duration PRINT_EVERY = Duration.ofMillis(50);

    private final PrintStream out;
    private final Instant start;
    private final PriorityQueue<Entry> waiting =
            new PriorityQueue<>(Comparator.comparing(Entry::time).thenComparing(Entry::number));
    private final ScheduledExecutorService printer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "timeline");
        thread.setDaemon(true);
        return thread;
    });
    private int entries;

    private record Entry(Instant time, int number, String text) {}

    Timeline(PrintStream out, Instant start) {
        this.out = out;
        this.start = start;
        printer.scheduleAtFixedRate(
                () -> print(Instant.now().minus(HOLD_BACK)),
                PRINT_EVERY.toNanos(),
                PRINT_EVERY.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    synchronized void tell(Instant time, String text) {
        waiting.add(new Entry(time, entries++, text));
    }

    private synchronized void print(Instant until) {
        while (!waiting.isEmpty() && !waiting.peek().time().isAfter(until)) {
            Entry entry = waiting.remove();
            double seconds = Duration.between(start, entry.time()).toNanos() / 1e9;
            out.printf(Locale.ROOT, "+%7.3f s  %s%n", seconds, entry.text());
        }
        out.flush();
    }

    /** Prints what is left. */
    @Override
    public void close() {
        printer.shutdownNow();
        print(Instant.MAX);
    }
}
