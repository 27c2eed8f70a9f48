package org.vrrp4j.linux.macvlan;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.spi.EventLoop;

/**
 * Requests that the kernel takes long for, off the loop and one after the other: to set a macvlan down or to delete it
 * waits until no processor uses it any more, which was measured to take 16 and 20 ms.
 */
final class SlowRequests implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SlowRequests.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(4);

    private final EventLoop loop;
    private final NetlinkClient client;
    private final Executor executor;
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    /** What is asked of the kernel. */
    @FunctionalInterface
    interface Request {
        void run(NetlinkClient client) throws LinuxException;
    }

    /**
     * With nothing to do yet.
     *
     * @param client for these requests only; becomes the new one's, to close with it
     */
    SlowRequests(EventLoop loop, NetlinkClient client, Executor executor) {
        this.loop = loop;
        this.client = client;
        this.executor = executor;
    }

    /** Completes on the loop when it has been done, or has failed, of which the log tells. */
    CompletionStage<Void> run(Request request) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        last = last.handleAsync(
                (nothing, failure) -> {
                    try {
                        request.run(client);
                    } catch (LinuxException e) {
                        if (!e.is(Errno.ENODEV)) {
                            LOG.warn("{}", e.getMessage());
                        }
                    }
                    tell(done);
                    return null;
                },
                executor);
        return done;
    }

    private void tell(CompletableFuture<Void> done) {
        try {
            loop.execute(() -> done.complete(null));
        } catch (RejectedExecutionException e) {
            LOG.debug("nobody waits any more", e);
        }
    }

    /** Waits for what is under way, some seconds at most. */
    @Override
    public void close() {
        try {
            last.get(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            client.close();
        } catch (TimeoutException e) {
            LOG.warn(
                    "Interfaces of virtual MAC addresses are not gone after {}; the next process removes them",
                    CLOSE_LIMIT);
            last.thenRun(client::close);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            last.thenRun(client::close);
        }
    }
}
