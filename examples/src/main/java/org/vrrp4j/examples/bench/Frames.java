package org.vrrp4j.examples.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What has passed the wire, oldest first; filled by one thread and asked by another. */
final class Frames {
    /** Some ten minutes of a scenario with probes. */
    private static final int MAX_FRAMES = 2_000_000;

    private final List<Frame> frames = new ArrayList<>();

    synchronized void add(Frame frame) {
        if (frames.size() == MAX_FRAMES) {
            frames.subList(0, MAX_FRAMES / 2).clear();
        }
        frames.add(frame);
        notifyAll();
    }

    /** The wall clock in the unit of {@link Frame#micros}. */
    static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /** All frames since a time that fit. */
    synchronized List<Frame> since(long micros, Predicate<Frame> wanted) {
        return frames.subList(indexOf(micros), frames.size()).stream()
                .filter(wanted)
                .toList();
    }

    /** The last one that fits. */
    synchronized Optional<Frame> last(Predicate<Frame> wanted) {
        for (int i = frames.size() - 1; i >= 0; i--) {
            if (wanted.test(frames.get(i))) {
                return Optional.of(frames.get(i));
            }
        }
        return Optional.empty();
    }

    /**
     * Waits for the first frame at a time or later that fits.
     *
     * @throws IOException if none comes in time
     */
    synchronized Frame await(String what, long micros, Predicate<Frame> wanted, Duration timeout)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        int next = indexOf(micros);
        while (true) {
            for (; next < frames.size(); next++) {
                Frame frame = frames.get(next);
                if (frame.micros() >= micros && wanted.test(frame)) {
                    return frame;
                }
            }
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new IOException("not seen on the wire within " + timeout.toMillis() + " ms: " + what);
            }
            wait(left);
        }
    }

    /** Frames come in the order of their times, but for some microseconds between two processors. */
    private int indexOf(long micros) {
        int low = 0;
        int high = frames.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (frames.get(middle).micros() < micros) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return Math.max(0, low - 4);
    }
}
