package org.vrrp4j.linux.libc;

import java.util.EnumSet;

/**
 * Keeps the memory of this process from being swapped out (mlockall(2)): whatever it has touched, from now on, stays in
 * memory. What a JVM has reserved and not touched is not filled for that (MCL_ONFAULT). Any thread may call.
 */
public final class ProcessMemory {
    private static final int MCL_CURRENT = 1;
    private static final int MCL_FUTURE = 2;
    private static final int MCL_ONFAULT = 4;

    private ProcessMemory() {}

    /**
     * Locks it.
     *
     * @throws LinuxException if the process may not do that: it needs CAP_IPC_LOCK, as a limit (RLIMIT_MEMLOCK) would
     *     end a JVM that reaches it later
     */
    public static void lock() throws LinuxException {
        if (Libc.mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) != 0) {
            int errno = Libc.errno();
            String detail =
                    Errno.ENOMEM.is(errno) ? "the process is larger than RLIMIT_MEMLOCK: grant CAP_IPC_LOCK" : "";
            throw new LinuxException("mlockall", errno, detail, EnumSet.of(Capability.CAP_IPC_LOCK));
        }
    }

    /**
     * Lets it be swapped out again.
     *
     * @throws LinuxException if that fails
     */
    public static void unlock() throws LinuxException {
        if (Libc.munlockall() != 0) {
            throw new LinuxException("munlockall", Libc.errno());
        }
    }
}
