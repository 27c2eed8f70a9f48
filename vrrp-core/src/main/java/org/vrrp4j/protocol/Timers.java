package org.vrrp4j.protocol;

/**
 * A table of deadlines, one for each {@link Timer}. Times are compared by their difference, so the clock may overflow.
 */
final class Timers {
    private static final Timer[] TIMERS = Timer.values();

    private final long[] deadlines = new long[TIMERS.length];
    private final boolean[] armed = new boolean[deadlines.length];

    void arm(Timer timer, long deadlineNanos) {
        deadlines[timer.ordinal()] = deadlineNanos;
        armed[timer.ordinal()] = true;
    }

    void cancel(Timer timer) {
        armed[timer.ordinal()] = false;
    }

    boolean isDue(Timer timer, long nowNanos) {
        return armed[timer.ordinal()] && deadlines[timer.ordinal()] - nowNanos <= 0;
    }

    boolean isArmed(Timer timer) {
        return armed[timer.ordinal()];
    }

    long deadline(Timer timer) {
        return deadlines[timer.ordinal()];
    }

    boolean areArmed() {
        return areArmedBut(null);
    }

    /** The same, of all but one. */
    boolean areArmedBut(Timer one) {
        for (int i = 0; i < armed.length; i++) {
            if (armed[i] && TIMERS[i] != one) {
                return true;
            }
        }
        return false;
    }

    /** The first deadline; 0 if no timer is armed. */
    long nearest() {
        return nearestBut(null);
    }

    /** The same, of all but one. */
    long nearestBut(Timer one) {
        boolean found = false;
        long nearest = 0;
        for (int i = 0; i < armed.length; i++) {
            if (armed[i] && TIMERS[i] != one && (!found || deadlines[i] - nearest < 0)) {
                found = true;
                nearest = deadlines[i];
            }
        }
        return nearest;
    }

    void keep(Checkpoint checkpoint) {
        for (Timer timer : TIMERS) {
            int i = timer.ordinal();
            armed[i] = checkpoint.flag(timer.name(), armed[i]);
            if (armed[i]) {
                deadlines[i] = checkpoint.time(timer.name() + ".deadline", deadlines[i]);
            }
        }
    }
}
