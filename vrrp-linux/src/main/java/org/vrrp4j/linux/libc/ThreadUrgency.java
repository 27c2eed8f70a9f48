package org.vrrp4j.linux.libc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.vrrp4j.config.LoopScheduling;

/**
 * How soon one thread runs once it is woken up: for a thread that mostly sleeps, and whose few microseconds of work
 * others wait for. On that thread.
 */
public final class ThreadUrgency {
    private static final int PR_SET_TIMERSLACK = 29;
    private static final int PRIO_PROCESS = 0;
    private static final int SCHED_OTHER = 0;
    private static final int SCHED_FIFO = 1;
    private static final int SCHED_RR = 2;
    private static final int SCHED_DEADLINE = 6;
    private static final int SCHED_RESET_ON_FORK = 0x4000_0000;
    private static final int URGENT_NICE = -10;
    private static final long LEAST_SLACK_NANOS = 1;
    private static final int MASK_BYTES = (LoopScheduling.MAX_CPU + 1) / Byte.SIZE;

    private final int ownPolicy = Libc.sched_getscheduler(0) & ~SCHED_RESET_ON_FORK;
    private final int ownNice = Libc.getpriority(PRIO_PROCESS, 0);
    private final ByteBuffer ownCpus = mask();
    private final boolean cpusKnown = Libc.sched_getaffinity(0, MASK_BYTES, Libc.address(ownCpus)) >= 0;
    private final ByteBuffer parameter =
            ByteBuffer.allocateDirect(Integer.BYTES).order(ByteOrder.nativeOrder());
    private final long parameterAddress = Libc.address(parameter);
    private boolean realTime;
    private boolean insisting;
    private boolean insistenceRefused;
    private boolean restricted;
    private int nice = Libc.getpriority(PRIO_PROCESS, 0);

    /** Of the calling thread, which stays as it is. */
    public ThreadUrgency() {}

    private static ByteBuffer mask() {
        return ByteBuffer.allocateDirect(MASK_BYTES).order(ByteOrder.nativeOrder());
    }

    /** Timers wake the calling thread without the usual slack of 50 microseconds (PR_SET_TIMERSLACK in prctl(2)). */
    public static void wakeInTime() {
        Libc.prctl(PR_SET_TIMERSLACK, LEAST_SLACK_NANOS, 0, 0, 0);
    }

    /**
     * Schedules the thread so from now on, and as the process was started where nothing is said. Threads and processes
     * that it starts inherit its processors, but no higher priority (SCHED_RESET_ON_FORK in sched(7)).
     *
     * @return what was refused, with the remedy; that an urgent thread has to be as others is no refusal
     */
    public List<String> use(LoopScheduling scheduling) {
        goOn();
        List<String> refused = new ArrayList<>();
        usePolicy(scheduling, refused);
        useNice(scheduling, refused);
        useCpus(scheduling, refused);
        return refused;
    }

    /** Whether the thread has a better nice value than the process was started with. */
    public boolean isUrgent() {
        return nice < ownNice;
    }

    /**
     * No other thread but real-time ones takes the processor away from this one, until {@link #goOn}: for a moment, and
     * only if it is urgent already. What wakes up others, as a packet that is sent, would often let them run first.
     * That it may not is no error.
     */
    public void insist() {
        if (isUrgent() && !realTime && !insistenceRefused) {
            insisting = setPolicy(SCHED_FIFO, 1);
            insistenceRefused = !insisting;
        }
    }

    /** The end of {@link #insist}. */
    public void goOn() {
        if (insisting) {
            insisting = false;
            setPolicy(SCHED_OTHER, 0);
        }
    }

    private void usePolicy(LoopScheduling scheduling, List<String> refused) {
        int priority = scheduling.realTimePriority().orElse(0);
        if (priority == 0 && !realTime) {
            return;
        }
        if (priority == 0 ? setPolicy(ownPolicy, 0) : setPolicy(SCHED_RR, priority)) {
            realTime = priority != 0;
        } else {
            refused.add(refusal("sched_setscheduler SCHED_RR " + priority, "LimitRTPRIO=" + priority));
        }
    }

    /** What somebody gave the whole process stays, unless another value is asked for by its number. */
    private void useNice(LoopScheduling scheduling, List<String> refused) {
        boolean given = scheduling.nice().isPresent();
        boolean chosen =
                ownNice != 0 || ownPolicy == SCHED_FIFO || ownPolicy == SCHED_RR || ownPolicy == SCHED_DEADLINE;
        int wanted = scheduling.nice().orElse(scheduling.urgent() && !chosen ? URGENT_NICE : ownNice);
        if (wanted == nice || realTime) {
            return;
        }
        int policy = wanted == ownNice ? ownPolicy : SCHED_OTHER;
        if (setPolicy(policy, 0) && Libc.setpriority(PRIO_PROCESS, 0, wanted) == 0) {
            nice = wanted;
        } else if (given) {
            refused.add(refusal("setpriority " + wanted, "LimitNICE=" + wanted));
        }
    }

    private void useCpus(LoopScheduling scheduling, List<String> refused) {
        List<Integer> cpus = scheduling.cpus();
        if (cpus.isEmpty() && !restricted || !cpusKnown) {
            return;
        }
        ByteBuffer mask = cpus.isEmpty() ? ownCpus : mask();
        cpus.forEach(cpu -> mask.put(byteOf(cpu), (byte) (mask.get(byteOf(cpu)) | 1 << cpu % Byte.SIZE)));
        if (Libc.sched_setaffinity(0, MASK_BYTES, Libc.address(mask)) == 0) {
            restricted = !cpus.isEmpty();
        } else {
            refused.add(new LinuxException("sched_setaffinity " + cpus, Libc.errno()).getMessage()
                    + "; /sys/devices/system/cpu/online and the cpuset of the process say which there are");
        }
    }

    /** The mask is made of longs, whose lowest byte is not the first one everywhere. */
    private static int byteOf(int cpu) {
        int index = cpu / Byte.SIZE;
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? index : index ^ (Long.BYTES - 1);
    }

    private boolean setPolicy(int policy, int priority) {
        // struct sched_param: the real-time priority
        parameter.putInt(0, priority);
        return Libc.sched_setscheduler(0, policy | SCHED_RESET_ON_FORK, parameterAddress) == 0;
    }

    private static String refusal(String operation, String limit) {
        return new LinuxException(operation, Libc.errno(), "", EnumSet.of(Capability.CAP_SYS_NICE)).getMessage()
                + "; systemd: " + limit + " does it too";
    }
}
