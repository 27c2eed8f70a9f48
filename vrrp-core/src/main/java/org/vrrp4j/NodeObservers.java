package org.vrrp4j;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.GroupStatus;
import org.vrrp4j.model.NodeStatus;
import org.vrrp4j.model.RouterStatus;
import org.vrrp4j.runtime.ListenerQueue;
import org.vrrp4j.runtime.NoticeObserver;
import org.vrrp4j.runtime.RouterObserver;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.Notice;
import org.vrrp4j.spi.Notice.Subject;
import org.vrrp4j.spi.Notifier;

/** Who is told of the routers of a node: listeners, on threads of their own, and scripts and pipes. */
final class NodeObservers {
    private static final Logger LOG = LoggerFactory.getLogger(NodeObservers.class);
    private static final long CLOSE_SECONDS = 5;

    private final NodeParts parts;
    private final Runnable onRoleChanged;
    private final ExecutorService ownExecutor;
    private final Executor executor;
    private final Set<ListenerQueue> queues = ConcurrentHashMap.newKeySet();
    /** Those of routers that are no more, and may still have something to tell. */
    private final Set<ListenerQueue> retired = ConcurrentHashMap.newKeySet();

    private final ListenerQueue answers;
    private final CurrentNotifier notifier = new CurrentNotifier();

    NodeObservers(NodeParts parts, Runnable onRoleChanged) {
        this.parts = parts;
        this.onRoleChanged = onRoleChanged;
        this.ownExecutor = parts.executor() == null ? Executors.newCachedThreadPool(NodeObservers::thread) : null;
        this.executor = ownExecutor == null ? parts.executor() : ownExecutor;
        this.answers = new ListenerQueue(parts.config().name(), executor);
    }

    /** Scripts and pipes may have to be opened later, by a reload, and are not before. */
    private static final class CurrentNotifier implements Notifier {
        private volatile Notifier current = Notifier.NONE;

        @Override
        public void tell(Notice notice) {
            current.tell(notice);
        }

        @Override
        public void tellPipes(Notice notice) {
            current.tellPipes(notice);
        }

        @Override
        public void use(NodeConfig config) {
            current.use(config);
        }

        @Override
        public void close() {
            current.close();
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "vrrp-listener");
        thread.setDaemon(true);
        return thread;
    }

    /** Opens pipes and the like. */
    void open() throws IOException {
        notifier.current = parts.openNotifier(parts.config());
    }

    /** Who is told of a router that is about to be made: its listeners, those of the node, scripts and pipes. */
    RouterObserver of(RouterConfig router) {
        retired.removeIf(queue -> queue.isEmpty() && queues.remove(queue));
        ListenerQueue queue = new ListenerQueue(router.name(), executor);
        queues.add(queue);
        List<VrrpListener> listeners = new ArrayList<>(parts.listeners(router));
        ListenerObserver listening = new ListenerObserver(listeners, queue, onRoleChanged, retired::add);
        return new NoticeObserver(router, notifier, listening);
    }

    /** Calls back off the loop, so that what an application does then delays nothing. */
    void answer(Runnable answer) {
        answers.add(answer);
    }

    /** Lets scripts and pipes be those of another configuration, off the loop. Completes on it, and never fails. */
    CompletionStage<Void> use(NodeConfig next, EventLoop loop) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    use(next);
                    try {
                        loop.execute(() -> done.complete(null));
                    } catch (RejectedExecutionException e) {
                        LOG.debug("the node was closed during a reload", e);
                    }
                },
                "vrrp-reload");
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    private void use(NodeConfig next) {
        try {
            if (notifier.current == Notifier.NONE) {
                notifier.current = parts.openNotifier(next);
            } else {
                notifier.use(next);
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("{}: scripts and pipes stay as they were: {}", next.name(), e.getMessage());
        }
    }

    /** Tells pipes how everything is, if they want to know it after a reload. */
    void onReloaded(NodeConfig config, NodeStatus status) {
        if (!config.notification().statesAfterReload()) {
            return;
        }
        for (RouterStatus router : status.routers()) {
            notifier.tellPipes(new Notice(
                    Subject.INSTANCE, router.name(), NoticeObserver.state(router.role()), router.priority()));
        }
        for (GroupStatus group : status.groups()) {
            notifier.tellPipes(new Notice(Subject.GROUP, group.group(), NoticeObserver.state(group.role()), 0));
        }
    }

    /** Waits until all have been told everything, for a bounded time. */
    void close() {
        queues.forEach(NodeObservers::awaitTold);
        awaitTold(answers);
        notifier.close();
        if (ownExecutor != null) {
            ownExecutor.shutdown();
        }
    }

    private static void awaitTold(ListenerQueue queue) {
        try {
            if (!queue.awaitEmpty(TimeUnit.SECONDS.toNanos(CLOSE_SECONDS))) {
                LOG.warn("a listener is still busy; it will be told the rest if it gets done");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
