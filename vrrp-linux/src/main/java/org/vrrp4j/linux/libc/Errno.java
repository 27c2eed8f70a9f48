package org.vrrp4j.linux.libc;

import java.util.Optional;

/** The error numbers that the calls of this module can meet, as errno(3) names them. */
public enum Errno {
    /** A right is missing. */
    EPERM(1, "Operation not permitted"),
    /** Nothing of that name. */
    ENOENT(2, "No such file or directory"),
    /** No such process; rtnetlink also says so of a route that does not exist. */
    ESRCH(3, "No such process"),
    /** A signal came first. */
    EINTR(4, "Interrupted system call"),
    /** Input or output failed. */
    EIO(5, "Input/output error"),
    /** No such device or address. */
    ENXIO(6, "No such device or address"),
    /** Not an open descriptor. */
    EBADF(9, "Bad file descriptor"),
    /** Nothing there now. */
    EAGAIN(11, "Resource temporarily unavailable"),
    /** No memory left. */
    ENOMEM(12, "Cannot allocate memory"),
    /** A right is missing. */
    EACCES(13, "Permission denied"),
    /** An address outside the process. */
    EFAULT(14, "Bad address"),
    /** In use by something else. */
    EBUSY(16, "Device or resource busy"),
    /** It is there already. */
    EEXIST(17, "File exists"),
    /** No such network interface. */
    ENODEV(19, "No such device"),
    /** An argument makes no sense to the kernel. */
    EINVAL(22, "Invalid argument"),
    /** The host has too many open files. */
    ENFILE(23, "Too many open files in system"),
    /** The process has too many open files. */
    EMFILE(24, "Too many open files"),
    /** No space left in a kernel table. */
    ENOSPC(28, "No space left on device"),
    /** Nobody reads the other end any more. */
    EPIPE(32, "Broken pipe"),
    /** A number is out of range. */
    ERANGE(34, "Numerical result out of range"),
    /** The kernel does not know the call. */
    ENOSYS(38, "Function not implemented"),
    /** A timer has run off. */
    ETIME(62, "Timer expired"),
    /** The packet is larger than allowed. */
    EMSGSIZE(90, "Message too long"),
    /** No such socket option. */
    ENOPROTOOPT(92, "Protocol not available"),
    /** No such protocol. */
    EPROTONOSUPPORT(93, "Protocol not supported"),
    /** The kernel cannot do this to such an object. */
    EOPNOTSUPP(95, "Operation not supported"),
    /** No such address family. */
    EAFNOSUPPORT(97, "Address family not supported by protocol"),
    /** The address is in use; also: the multicast group has been joined already. */
    EADDRINUSE(98, "Address already in use"),
    /** The address is not on this host. */
    EADDRNOTAVAIL(99, "Cannot assign requested address"),
    /** The interface is down. */
    ENETDOWN(100, "Network is down"),
    /** No route, or the interface is down. */
    ENETUNREACH(101, "Network is unreachable"),
    /** A queue is full; from a netlink socket: messages have been lost. */
    ENOBUFS(105, "No buffer space available"),
    /** No answer in time. */
    ETIMEDOUT(110, "Connection timed out"),
    /** Nobody listens at an address. */
    ECONNREFUSED(111, "Connection refused"),
    /** The host does not answer. */
    EHOSTUNREACH(113, "No route to host");

    private final int number;
    private final String text;

    Errno(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /** The number on x86-64, aarch64 and riscv64. */
    public int number() {
        return number;
    }

    /** Whether a number is this one. */
    public boolean is(int errno) {
        return number == errno;
    }

    /** By its number; empty if it is not listed here. */
    public static Optional<Errno> of(int number) {
        for (Errno errno : values()) {
            if (errno.number == number) {
                return Optional.of(errno);
            }
        }
        return Optional.empty();
    }

    /** As text for every number, such as {@code EEXIST (17): File exists}. */
    public static String describe(int number) {
        return of(number)
                .map(errno -> errno.name() + " (" + number + "): " + errno.text)
                .orElse("errno " + number);
    }
}
