package org.vrrp4j.spi;

/** A timer made of scheduled tasks, none of which runs early. */
final class ScheduledTimer implements EventLoop.Timer {
    private final EventLoop loop;
    private final Runnable task;
    private final Runnable alarm = this::onAlarm;
    private EventLoop.Scheduled scheduled;
    private long scheduledNanos;
    private long deadlineNanos;

    ScheduledTimer(EventLoop loop, Runnable task) {
        this.loop = loop;
        this.task = task;
    }

    /** Leaves an earlier alarm running: when it comes too early, it is set anew. */
    @Override
    public void arm(long earliest, long deadline) {
        deadlineNanos = deadline;
        if (scheduled != null && scheduledNanos - deadline <= 0) {
            return;
        }
        cancel();
        schedule();
    }

    private void schedule() {
        scheduledNanos = deadlineNanos;
        scheduled = loop.schedule(deadlineNanos, alarm);
    }

    private void onAlarm() {
        if (loop.nanoTime() - deadlineNanos < 0) {
            schedule();
        } else {
            scheduled = null;
            task.run();
        }
    }

    @Override
    public void cancel() {
        if (scheduled != null) {
            scheduled.cancel();
            scheduled = null;
        }
    }
}
