package org.vrrp4j.sim;

/** Something that happens once at a time; in a queue at most once. */
abstract class Task {
    /** When it is due; set by the queue that it is in. */
    long atNanos;

    /** Where it stands among those of the same time; set by the queue. */
    long sequence;

    abstract void run();

    static Task of(Runnable action) {
        return new Task() {
            @Override
            void run() {
                action.run();
            }
        };
    }

    /** Times are compared by their difference, so the clock may overflow. */
    final boolean isBefore(Task other) {
        long difference = atNanos - other.atNanos;
        return difference < 0 || difference == 0 && sequence < other.sequence;
    }
}
