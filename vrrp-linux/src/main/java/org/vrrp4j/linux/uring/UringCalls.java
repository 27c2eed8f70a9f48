package org.vrrp4j.linux.uring;

import org.vrrp4j.linux.libc.Libc;

/**
 * The system calls that a ring needs. They answer with 0 or more, or with the negated error number, as the kernel does.
 */
interface UringCalls {
    /** Those of this host. */
    UringCalls KERNEL = new KernelCalls();

    /** io_uring_setup(2): a descriptor, closed in spawned programs. */
    int setup(int entries, long parameters);

    /** io_uring_enter(2) without a signal mask: how many requests were taken. */
    int enter(int fd, int submitted, int wanted, int flags);

    /** mmap(2), shared, for reading and writing, with its pages in place (MAP_POPULATE): the address. */
    long map(int fd, long offset, long bytes);

    /** munmap(2). */
    void unmap(long address, long bytes);

    /** close(2). */
    void close(int fd);

    /** On x86-64 and aarch64 alike. */
    final class KernelCalls implements UringCalls {
        private static final long IO_URING_SETUP = 425;
        private static final long IO_URING_ENTER = 426;
        private static final int PROT_READ_WRITE = 3;
        private static final int MAP_SHARED_POPULATE = 0x8001;

        private KernelCalls() {}

        @Override
        public int setup(int entries, long parameters) {
            long fd = Libc.syscall(IO_URING_SETUP, entries, parameters);
            return (int) (fd < 0 ? -Libc.errno() : fd);
        }

        @Override
        public int enter(int fd, int submitted, int wanted, int flags) {
            long taken = Libc.syscall(IO_URING_ENTER, fd, submitted, wanted, flags, 0, 0);
            return (int) (taken < 0 ? -Libc.errno() : taken);
        }

        @Override
        public long map(int fd, long offset, long bytes) {
            long address = Libc.mmap(0, bytes, PROT_READ_WRITE, MAP_SHARED_POPULATE, fd, offset);
            return address == -1 ? -Libc.errno() : address;
        }

        @Override
        public void unmap(long address, long bytes) {
            Libc.munmap(address, bytes);
        }

        @Override
        public void close(int fd) {
            Libc.close(fd);
        }
    }
}
