/**
 * Packets that the kernel sends at their times by itself: a small binding to io_uring(7), and on it the {@link
 * org.vrrp4j.linux.uring.KernelQueues queues} of advertisements that a paused process still sends and a dead one does
 * not.
 *
 * <p>How a queue works. Each advertisement is three linked requests (IOSQE_IO_LINK: each begins when the one before has
 * succeeded, and a failure cancels what follows):
 *
 * <pre>
 *   TIMEOUT at its time  ──►  TIMEOUT_REMOVE with UPDATE  ──►  SENDMSG  ──►  TIMEOUT of the next one ...
 *   (CLOCK_MONOTONIC)         of the guard: to the next
 *                             time + how late it may be
 *
 *   guard: TIMEOUT at the next time + how late an advertisement may be
 * </pre>
 *
 * <ul>
 *   <li>Timers run in interrupts of the kernel. What follows one is done by the thread that has submitted it, inside
 *       the kernel: whatever it does there or in Java, it is interrupted for it, also when it waits for a safepoint. A
 *       thread that is stopped does nothing, and of one that is dead the kernel cancels everything.
 *   <li>Therefore a process that is stopped and goes on would send at once all that has fallen due meanwhile. The guard
 *       is against that: it runs off if the next advertisement is later than it may be, be it because of SIGSTOP, a
 *       frozen container or a host that did not run, and moving a guard that has run off fails, which cancels the rest.
 *   <li>A TIMEOUT ends with ETIME, which counts as success here (IORING_TIMEOUT_ETIME_SUCCESS, Linux 5.16). A hard link
 *       (IOSQE_IO_HARDLINK) would let the link hold too, but also after a cancellation.
 *   <li>TIMEOUT_REMOVE without UPDATE cancels: a timer, and with it all that is linked to it.
 * </ul>
 *
 * <p>There is no thread of the kernel that polls (IORING_SETUP_SQPOLL), as it would outlive a stop, and nothing that
 * keeps the kernel from interrupting the thread (IORING_SETUP_COOP_TASKRUN, IORING_SETUP_DEFER_TASKRUN).
 *
 * <p>Everything here is for one thread, that of the node's loop. Numbers and layouts are those of {@code
 * linux/io_uring.h}. Which advertisement is due when is decided in vrrp-core.
 */
package org.vrrp4j.linux.uring;
