package org.vrrp4j.netty;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.config.LoopScheduling;
import org.vrrp4j.linux.libc.ThreadUrgency;
import org.vrrp4j.spi.EventLoop;

/** One daemon thread that sleeps in epoll until a descriptor is ready or a task is due. */
final class NettyEventLoop implements EventLoop {
    private static final Logger LOG = LoggerFactory.getLogger(NettyEventLoop.class);
    private static final long CLOSE_SECONDS = 5;

    private final LoopTimers timers = new LoopTimers();
    private final Wakefulness wakefulness = new Wakefulness(System.nanoTime(), new Urgency());
    private final MultiThreadIoEventLoopGroup group;
    private final IoEventLoop loop;
    private volatile LoopScheduling scheduling = LoopScheduling.URGENT;
    private ThreadUrgency urgency;

    private NettyEventLoop(String threadName) {
        this.group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory(threadName, true), TimedIoHandler.newFactory(timers, wakefulness));
        this.loop = group.next();
    }

    static NettyEventLoop start(String threadName) {
        NettyEventLoop started = new NettyEventLoop(threadName);
        started.execute(ThreadUrgency::wakeInTime);
        return started;
    }

    /** A thread that may go before others takes no break while it is awake. */
    private final class Urgency implements Wakefulness.Insistence {
        @Override
        public void begin() {
            if (urgency != null) {
                urgency.insist();
            }
        }

        @Override
        public void end() {
            if (urgency != null) {
                urgency.goOn();
            }
        }
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public boolean inEventLoop() {
        return loop.inEventLoop();
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public Scheduled schedule(long deadlineNanos, Runnable task) {
        checkThread();
        return timers.schedule(deadlineNanos, task);
    }

    @Override
    public Timer newTimer(Runnable task) {
        return timers.newTimer(task);
    }

    @Override
    public void stayAwake(long untilNanos) {
        wakefulness.stayAwake(System.nanoTime(), untilNanos);
    }

    private void checkThread() {
        if (!inEventLoop()) {
            throw new IllegalStateException("must be called on the loop's thread: "
                    + Thread.currentThread().getName());
        }
    }

    @Override
    public Watch watch(int fileDescriptor, Runnable onReadable) throws IOException {
        Future<IoRegistration> registered = loop.register(new ReadableHandle(fileDescriptor, onReadable));
        if (!registered.isSuccess()) {
            throw new IOException(
                    "epoll cannot watch descriptor " + fileDescriptor
                            + (registered.isDone() ? "" : ": not called on the loop's thread"),
                    registered.cause());
        }
        IoRegistration registration = registered.getNow();
        registration.submit(EpollIoOps.EPOLLIN);
        return registration::cancel;
    }

    @Override
    public void use(LoopScheduling next) {
        checkThread();
        scheduling = next;
        urgency = urgency == null ? new ThreadUrgency() : urgency;
        urgency.use(next).forEach(refused -> LOG.warn("the loop goes on as it did: {}", refused));
        LOG.debug("{} goes first: {}", Thread.currentThread().getName(), urgency.isUrgent());
    }

    @Override
    public LoopScheduling scheduling() {
        return scheduling;
    }

    @Override
    public void close() {
        Future<?> ended = group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
        if (!loop.inEventLoop() && !ended.awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("the event loop did not end within {} s", CLOSE_SECONDS);
        }
    }

    /** A descriptor that belongs to somebody else: Netty watches it and never closes it. */
    private static final class ReadableHandle implements EpollIoHandle {
        private final FileDescriptor fd;
        private final Runnable onReadable;

        ReadableHandle(int fd, Runnable onReadable) {
            this.fd = new FileDescriptor(fd);
            this.onReadable = onReadable;
        }

        @Override
        public FileDescriptor fd() {
            return fd;
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            try {
                onReadable.run();
            } catch (RuntimeException e) {
                LOG.error("reading descriptor {} failed unexpectedly; going on", fd.intValue(), e);
            }
        }

        @Override
        public void close() {
            // its owner closes it
        }
    }
}
