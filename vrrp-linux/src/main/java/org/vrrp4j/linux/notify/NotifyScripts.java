package org.vrrp4j.linux.notify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.config.Command;
import org.vrrp4j.config.NotifySettings;
import org.vrrp4j.config.NotifySettings.Occasion;
import org.vrrp4j.spi.Notice;

/** The scripts of one router or group, one after the other. */
final class NotifyScripts {
    private static final Logger LOG = LoggerFactory.getLogger(NotifyScripts.class);
    private static final int MAX_WAITING = 1000;
    private static final long IDLE_SECONDS = 10;

    private volatile NotifySettings settings = NotifySettings.NONE;
    private volatile ScriptConditions conditions;
    private final ThreadPoolExecutor worker;
    private volatile boolean hurried;

    /** Of one that tells nothing yet. */
    NotifyScripts(String name) {
        this.worker = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_WAITING),
                task -> {
                    Thread thread = new Thread(task, "vrrp-notify-" + name);
                    thread.setDaemon(true);
                    return thread;
                },
                (task, full) -> {
                    // what is newest matters most
                    full.getQueue().poll();
                    LOG.warn("{}: a script is too slow; one of {} changes is not told to scripts", name, MAX_WAITING);
                    if (!full.isShutdown()) {
                        full.execute(task);
                    }
                });
        worker.allowCoreThreadTimeOut(true);
    }

    void tell(Notice notice) {
        List<Command> commands = commands(notice);
        if (!worker.isShutdown() && !commands.isEmpty()) {
            worker.execute(() -> commands.forEach(command -> run(command, notice)));
        }
    }

    /** What is told from now on is told to these. */
    void use(NotifySettings next, ScriptConditions under) {
        conditions = under;
        settings = next;
    }

    /** No more is told; what waits is still run. */
    void finish() {
        worker.shutdown();
    }

    /** Whether everything has been run. */
    boolean awaitFinished(Duration time) throws InterruptedException {
        return worker.awaitTermination(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends what is running; each of the rest may take a second. */
    void hurry() {
        hurried = true;
    }

    /** The script of its state, then the one of all states with what it has to know. */
    private List<Command> commands(Notice notice) {
        List<Command> commands = new ArrayList<>();
        notice.state().occasion().flatMap(settings::script).ifPresent(commands::add);
        settings.script(Occasion.ANY).ifPresent(command -> {
            List<String> words = new ArrayList<>(command.words());
            words.add(notice.subject().name());
            words.add(notice.name());
            words.add(notice.state().name());
            words.add(Integer.toString(notice.priority()));
            commands.add(command.with(words));
        });
        return commands;
    }

    private void run(Command command, Notice notice) {
        try {
            conditions.run(command, notice.line(), () -> hurried);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
