/**
 * The addresses go as soon as the process has died, before their lease ends: a {@link
 * org.vrrp4j.linux.guard.AddressGuard} tells a small process what is held, a {@link
 * org.vrrp4j.linux.guard.GuardedAddressBackend} tells the guard.
 *
 * <p>The process is a shell that waits on a pipe and, in the end, runs {@code ip} once with all deletions. It needs
 * {@code sh}, {@code ip} (iproute2 5.0 or newer) and CAP_NET_ADMIN for started programs, which root and ambient
 * capabilities give and file capabilities do not. In a steady state nobody writes or reads; the guard has under 3 MB.
 *
 * <p>How the death is heard of decides what a large heap costs. The kernel closes the files of a killed process, and
 * so its pipes, sockets and TUN devices, only after it has taken back all of its memory, measured as 0.2 s for each
 * gigabyte. A thread's end is told at once to the processes that it has started and that ask for it (prctl(2),
 * PR_SET_PDEATHSIG), unless it is the last thread of all; so the guard does that where {@code setpriv} of util-linux
 * is installed, and has the pipe for the rest. {@code docs/guard.md} compares it with other ways, in figures.
 *
 * <p>What it does not cover is the lease's business: a process that is stopped or hangs, one that is killed together
 * with its guard (the whole control group or container), a core dump in progress. Not here: the lease itself, which
 * is {@code org.vrrp4j.linux.route}'s and the kernel's.
 */
package org.vrrp4j.linux.guard;
