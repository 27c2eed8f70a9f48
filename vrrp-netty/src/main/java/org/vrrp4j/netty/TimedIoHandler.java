package org.vrrp4j.netty;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.Executor;

/**
 * Netty's epoll handler, woken up also when one of our timers is due. These run as one task of Netty's, when the ready
 * descriptors have been served. Netty's own timers would cost an object each, and could not be moved. While the loop is
 * to stay awake, epoll is asked without waiting.
 */
final class TimedIoHandler implements IoHandler {
    private final Executor executor;
    private final IoHandler epoll;
    private final LoopTimers timers;
    private final Wakefulness wakefulness;
    private final Runnable due;
    private IoHandlerContext knownContext;
    private IoHandlerContext sooner;

    private TimedIoHandler(Executor executor, IoHandler epoll, LoopTimers timers, Wakefulness wakefulness) {
        this.executor = executor;
        this.epoll = epoll;
        this.timers = timers;
        this.wakefulness = wakefulness;
        this.due = () -> timers.runDue(System.nanoTime(), this::onTimerDone);
    }

    static IoHandlerFactory newFactory(LoopTimers timers, Wakefulness wakefulness) {
        IoHandlerFactory factory = EpollIoHandler.newFactory();
        return executor -> new TimedIoHandler(executor, factory.newHandler(executor), timers, wakefulness);
    }

    /** Many may be due at once, as when many backups take over. */
    private void onTimerDone() {
        wakefulness.isAwake(System.nanoTime());
    }

    @Override
    public void initialize() {
        epoll.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
        int handled = epoll.run(sooner(context));
        if (timers.isDue(System.nanoTime())) {
            executor.execute(due);
        }
        return handled;
    }

    private IoHandlerContext sooner(IoHandlerContext context) {
        if (knownContext != context) {
            knownContext = context;
            sooner = new SoonerContext(context, timers, wakefulness);
        }
        return sooner;
    }

    @Override
    public void prepareToDestroy() {
        timers.clear();
        epoll.prepareToDestroy();
    }

    @Override
    public void destroy() {
        epoll.destroy();
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return epoll.register(handle);
    }

    @Override
    public void wakeup() {
        epoll.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return epoll.isCompatible(handleType);
    }

    /** Netty's wishes, and the time of our next timer if that is sooner. */
    private static final class SoonerContext implements IoHandlerContext {
        private final IoHandlerContext netty;
        private final LoopTimers timers;
        private final Wakefulness wakefulness;

        SoonerContext(IoHandlerContext netty, LoopTimers timers, Wakefulness wakefulness) {
            this.netty = netty;
            this.timers = timers;
            this.wakefulness = wakefulness;
        }

        @Override
        public boolean canBlock() {
            long now = System.nanoTime();
            // asked in any case, since that is what ends it
            boolean awake = wakefulness.isAwake(now);
            return !awake && netty.canBlock() && !timers.isDue(now);
        }

        @Override
        public long delayNanos(long currentTimeNanos) {
            long delay = netty.delayNanos(currentTimeNanos);
            return timers.isEmpty() ? delay : Math.max(0, Math.min(delay, timers.nearestNanos() - currentTimeNanos));
        }

        /** Netty counts time from its own beginning. */
        @Override
        public long deadlineNanos() {
            long deadline = netty.deadlineNanos();
            if (timers.isEmpty()) {
                return deadline;
            }
            long ours = timers.nearestNanos() - Ticker.systemTicker().initialNanoTime();
            return deadline == -1 ? ours : Math.min(deadline, ours);
        }

        @Override
        public void reportActiveIoTime(long activeNanos) {
            netty.reportActiveIoTime(activeNanos);
        }

        @Override
        public boolean shouldReportActiveIoTime() {
            return netty.shouldReportActiveIoTime();
        }
    }
}
