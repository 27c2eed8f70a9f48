package org.vrrp4j.linux.uring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;

/** Whether the kernel lets this process have a ring of io_uring. */
public final class UringAvailability {
    private static final Path DISABLED = Path.of("/proc/sys/kernel/io_uring_disabled");
    private static final int FEW = 8;
    private static final String FORBIDDEN = "a seccomp profile, as container runtimes have one, or a security module"
            + " forbids it; let it allow io_uring_setup and io_uring_enter";

    private UringAvailability() {}

    /** Why not, with the remedy; empty if it does. Sets a ring up and gives it back; any thread may ask. */
    public static Optional<String> unavailability() {
        return unavailability(UringCalls.KERNEL);
    }

    static Optional<String> unavailability(UringCalls calls) {
        try {
            IoUring.open(calls, FEW, FEW).close();
            return Optional.empty();
        } catch (LinuxException e) {
            return Optional.of(reason(e));
        }
    }

    /** What a refusal means, and what to do about it. */
    static String reason(LinuxException refusal) {
        String said = refusal.operation() + " failed with " + Errno.describe(refusal.errno());
        if (refusal.is(Errno.ENOSYS)) {
            return said
                    + ": the kernel is built without io_uring, or a seccomp profile hides it; Linux 5.17 or newer and"
                    + " a profile that allows io_uring_setup and io_uring_enter have it";
        }
        if (refusal.is(Errno.EOPNOTSUPP)) {
            return said + ": Linux 5.17 or newer is needed";
        }
        if (refusal.is(Errno.EPERM) || refusal.is(Errno.EACCES)) {
            return said + ": " + setting().map(UringAvailability::disabled).orElse(FORBIDDEN);
        }
        if (refusal.is(Errno.ENOMEM)) {
            return said + ": the limit of locked memory (ulimit -l) or of the control group is reached";
        }
        return said;
    }

    private static String disabled(String value) {
        return "kernel.io_uring_disabled is " + value + "; sysctl -w kernel.io_uring_disabled=0"
                + (value.equals("1") ? ", or CAP_SYS_ADMIN, allows it" : " allows it");
    }

    /** What the sysctl setting says, if that forbids it. */
    private static Optional<String> setting() {
        try {
            String value = Files.readString(DISABLED).strip();
            return value.equals("0") ? Optional.empty() : Optional.of(value);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
