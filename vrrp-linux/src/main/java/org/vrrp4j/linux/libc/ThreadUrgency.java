package org.vrrp4j.linux.libc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * How soon the calling thread runs once it is woken up: for a thread that mostly sleeps, and whose few microseconds of
 * work others wait for.
 */
public final class ThreadUrgency {
    private static final int PR_SET_TIMERSLACK = 29;
    private static final int PRIO_PROCESS = 0;
    private static final int SCHED_OTHER = 0;
    private static final int SCHED_FIFO = 1;
    private static final int SCHED_RESET_ON_FORK = 0x4000_0000;
    private static final int NICE = -10;
    private static final long LEAST_SLACK_NANOS = 1;
    private static final List<ByteBuffer> PARAMETERS = new ArrayList<>();
    private static final long NO_PRIORITY = parameter(0);
    private static final long LEAST_PRIORITY = parameter(1);

    private ThreadUrgency() {}

    /**
     * Timers wake the thread without the usual slack of 50 microseconds (PR_SET_TIMERSLACK in prctl(2)), and on a busy
     * machine it goes first: nice -10 (setpriority(2)), if this process may, as root or with CAP_SYS_NICE, and has no
     * other nice value than 0, which somebody would have chosen. Threads and processes that it starts do not inherit
     * that (SCHED_RESET_ON_FORK in sched(7)).
     *
     * @return whether it has got the priority; that it has not is no error
     */
    public static boolean raise() {
        Libc.prctl(PR_SET_TIMERSLACK, LEAST_SLACK_NANOS, 0, 0, 0);
        if (Libc.getpriority(PRIO_PROCESS, 0) != 0) {
            return false;
        }
        return schedule(SCHED_OTHER, NO_PRIORITY) && Libc.setpriority(PRIO_PROCESS, 0, NICE) == 0;
    }

    /**
     * No other thread but real-time ones takes the processor away from the calling one, until {@link #goOn}: for a
     * moment, and only after {@link #raise} has given it its priority. What wakes up others, as a packet that is sent,
     * would often let them run first.
     *
     * @return whether that is so; that it is not is no error
     */
    public static boolean insist() {
        return schedule(SCHED_FIFO, LEAST_PRIORITY);
    }

    /** The end of {@link #insist}. */
    public static void goOn() {
        schedule(SCHED_OTHER, NO_PRIORITY);
    }

    private static boolean schedule(int policy, long priority) {
        return Libc.sched_setscheduler(0, policy | SCHED_RESET_ON_FORK, priority) == 0;
    }

    /** A {@code struct sched_param}: the real-time priority. */
    private static long parameter(int priority) {
        ByteBuffer parameter = ByteBuffer.allocateDirect(Integer.BYTES).order(ByteOrder.nativeOrder());
        PARAMETERS.add(parameter.putInt(0, priority));
        return Libc.address(parameter);
    }
}
