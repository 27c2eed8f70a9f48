package org.vrrp4j.linux.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The last lines of a process, filled by one reader thread per stream. */
final class OutputLog {
    static final int MAX_LINES = 20_000;
    static final int MAX_LINE_LENGTH = 16_384;

    private final Deque<OutputLine> lines = new ArrayDeque<>();
    private final List<Consumer<OutputLine>> listeners = new CopyOnWriteArrayList<>();
    private int openStreams;

    Thread read(String name, InputStream stream, OutputLine.Source source) {
        synchronized (this) {
            openStreams++;
        }
        Thread thread = new Thread(() -> copy(stream, source), name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void copy(InputStream stream, OutputLine.Source source) {
        try (Reader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            StringBuilder line = new StringBuilder();
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                if (c != '\n') {
                    line.append((char) c);
                }
                if (c == '\n' || line.length() == MAX_LINE_LENGTH) {
                    add(new OutputLine(Instant.now(), source, line.toString()));
                    line.setLength(0);
                }
            }
            if (!line.isEmpty()) {
                add(new OutputLine(Instant.now(), source, line.toString()));
            }
        } catch (IOException e) {
            // The JDK closes the stream under a reader when the process is destroyed: that is its end, too.
            add(new OutputLine(Instant.now(), source, "(output ended: " + e.getMessage() + ")"));
        } finally {
            streamEnded();
        }
    }

    private synchronized void streamEnded() {
        openStreams--;
        notifyAll();
    }

    private void add(OutputLine line) {
        synchronized (this) {
            if (lines.size() == MAX_LINES) {
                lines.removeFirst();
            }
            lines.addLast(line);
            notifyAll();
        }
        listeners.forEach(listener -> listener.accept(line));
    }

    void listen(Consumer<OutputLine> listener) {
        listeners.add(listener);
    }

    synchronized List<OutputLine> lines() {
        return List.copyOf(lines);
    }

    /** The first kept line that fits, waiting for it until the deadline or the end of both streams. */
    synchronized Optional<OutputLine> await(Predicate<OutputLine> wanted, Deadline deadline)
            throws InterruptedException {
        OutputLine last = null;
        while (true) {
            Optional<OutputLine> found = firstAfter(last, wanted);
            if (found.isPresent() || openStreams == 0 || deadline.isOver()) {
                return found;
            }
            last = lines.peekLast();
            deadline.await(this);
        }
    }

    private Optional<OutputLine> firstAfter(OutputLine last, Predicate<OutputLine> wanted) {
        List<OutputLine> all = List.copyOf(lines);
        int start = 0;
        for (int i = all.size() - 1; last != null && i >= 0; i--) {
            if (all.get(i) == last) {
                start = i + 1;
                break;
            }
        }
        return all.subList(start, all.size()).stream().filter(wanted).findFirst();
    }

    /** Waits until both streams ended; a descendant that holds them open makes this last until the deadline. */
    synchronized void awaitEnd(Deadline deadline) throws InterruptedException {
        while (openStreams > 0 && !deadline.isOver()) {
            deadline.await(this);
        }
    }

    synchronized String text(OutputLine.Source source) {
        return lines.stream()
                .filter(line -> line.source() == source)
                .map(line -> line.text() + "\n")
                .collect(Collectors.joining());
    }

    synchronized String tail(int count) {
        return lines.stream()
                .skip(Math.max(0, lines.size() - count))
                .map(line -> "\n  " + line.text())
                .collect(Collectors.joining());
    }
}
