package org.vrrp4j.linux.libc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How soon the calling thread runs once it is woken up: for a thread that mostly sleeps, and whose few microseconds of
 * work others wait for.
 */
public final class ThreadUrgency {
    private static final int PR_SET_TIMERSLACK = 29;
    private static final int PRIO_PROCESS = 0;
    private static final int SCHED_OTHER = 0;
    private static final int SCHED_RESET_ON_FORK = 0x4000_0000;
    private static final int NICE = -10;
    private static final long LEAST_SLACK_NANOS = 1;

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
        // struct sched_param: the real-time priority, which is none
        ByteBuffer parameter = ByteBuffer.allocateDirect(Integer.BYTES).order(ByteOrder.nativeOrder());
        return Libc.sched_setscheduler(0, SCHED_OTHER | SCHED_RESET_ON_FORK, Libc.address(parameter)) == 0
                && Libc.setpriority(PRIO_PROCESS, 0, NICE) == 0;
    }
}
