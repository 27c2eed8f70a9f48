package org.vrrp4j.linux.libc;

import java.io.IOException;
import java.util.Set;

/**
 * The kernel refused a call. The message names the operation, the error and, where there is one, the remedy:
 * {@code RTM_NEWADDR 192.0.2.100/24 dev eth0 failed with EEXIST (17): File exists}.
 */
public class LinuxException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String operation;
    private final int errno;

    /**
     * From a call that has failed just now on this thread.
     *
     * @param operation the call and what it was about
     * @param errno the error number, positive
     */
    public LinuxException(String operation, int errno) {
        this(operation, errno, "");
    }

    /**
     * With what the kernel said about it besides the number.
     *
     * @param operation the call and what it was about
     * @param errno the error number, positive
     * @param detail the kernel's own words, or an empty text
     */
    public LinuxException(String operation, int errno, String detail) {
        this(operation, errno, detail, Capability.OF_EVERY_NODE);
    }

    /** Of a call that needs these rights. */
    LinuxException(String operation, int errno, String detail, Set<Capability> needed) {
        super(message(operation, errno, detail, needed));
        this.operation = operation;
        this.errno = errno;
    }

    /** The call and what it was about. */
    public String operation() {
        return operation;
    }

    /** The error number, positive. */
    public int errno() {
        return errno;
    }

    /** Whether it is this error. */
    public boolean is(Errno error) {
        return error.is(errno);
    }

    private static String message(String operation, int errno, String detail, Set<Capability> needed) {
        String said = detail.isEmpty() ? "" : " (" + detail + ")";
        String remedy = remedy(errno, needed);
        return operation + " failed with " + Errno.describe(errno) + said + (remedy.isEmpty() ? "" : "; " + remedy);
    }

    private static String remedy(int errno, Set<Capability> needed) {
        if (Errno.EPERM.is(errno) || Errno.EACCES.is(errno)) {
            try {
                return Capability.remedy(Capability.effective(), needed);
            } catch (IOException e) {
                return "the capabilities of this process cannot be read: " + e.getMessage();
            }
        }
        if (Errno.EAFNOSUPPORT.is(errno)) {
            return "if systemd starts this process, RestrictAddressFamilies= must keep AF_INET AF_INET6 AF_NETLINK"
                    + " AF_PACKET AF_UNIX";
        }
        return "";
    }
}
