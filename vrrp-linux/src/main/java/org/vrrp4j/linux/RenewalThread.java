package org.vrrp4j.linux;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.config.LoopScheduling;
import org.vrrp4j.linux.libc.ThreadUrgency;
import org.vrrp4j.spi.EventLoop;

/** The one thread that renews leases beside a loop: scheduled as that, or they would end while it advertises. */
final class RenewalThread extends ThreadPoolExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(RenewalThread.class);

    private final EventLoop loop;
    private Thread of;
    private ThreadUrgency urgency;
    private LoopScheduling used;

    RenewalThread(EventLoop loop) {
        super(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), RenewalThread::daemon);
        this.loop = loop;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "vrrp-renewals");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable task) {
        LoopScheduling now = loop.scheduling();
        if (thread != of) {
            of = thread;
            urgency = new ThreadUrgency();
            used = null;
        }
        if (!now.equals(used)) {
            used = now;
            // the loop has told already what is refused
            urgency.use(now).forEach(refused -> LOG.debug("renewals go on as they did: {}", refused));
        }
    }
}
