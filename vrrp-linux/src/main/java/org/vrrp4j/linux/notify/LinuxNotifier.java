package org.vrrp4j.linux.notify;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.config.Command;
import org.vrrp4j.config.NodeConfig;
import org.vrrp4j.config.NotifyFifo;
import org.vrrp4j.config.NotifySettings;
import org.vrrp4j.linux.libc.NetworkNamespace;
import org.vrrp4j.linux.process.CommandProcess;
import org.vrrp4j.linux.process.UserAccount;
import org.vrrp4j.spi.Notice;
import org.vrrp4j.spi.Notice.State;
import org.vrrp4j.spi.Notice.Subject;
import org.vrrp4j.spi.Notifier;

/**
 * The scripts and pipes of one node. Scripts run in its network namespace, as the user of their command; without one as
 * {@value UserAccount#KEEPALIVED_SCRIPT} if this process is root and that user exists, otherwise as this process.
 *
 * <p>A pipe that cannot be opened is an error in the log, not the end of the node: an address that answers counts more.
 */
public final class LinuxNotifier implements Notifier {
    private static final Logger LOG = LoggerFactory.getLogger(LinuxNotifier.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<Subject, Map<String, NotifyScripts>> scripts = new EnumMap<>(Subject.class);
    private final List<NotifyPipe> pipes = new ArrayList<>();
    private final List<Thread> readers = new ArrayList<>();
    private final Map<Subject, Map<String, NotifySettings>> settings = new EnumMap<>(Subject.class);
    private final Optional<NetworkNamespace> namespace;
    private volatile boolean readersEnd;
    private boolean closed;

    private LinuxNotifier(NodeConfig config, Optional<NetworkNamespace> namespace) {
        this.namespace = namespace;
        Map<String, NotifySettings> ofRouters = new HashMap<>();
        config.routers().forEach(router -> ofRouters.put(router.name(), router.notification()));
        Map<String, NotifySettings> ofGroups = new HashMap<>();
        config.groups().forEach(group -> ofGroups.put(group.name(), group.notification()));
        settings.put(Subject.INSTANCE, ofRouters);
        settings.put(Subject.GROUP, ofGroups);
    }

    /**
     * Opens the pipes and starts their readers.
     *
     * @param namespace where the programs run; closed with this
     * @param limit how long one run of a script may take
     * @throws IOException if the user of scripts cannot be looked for
     */
    public static LinuxNotifier open(NodeConfig config, Optional<NetworkNamespace> namespace, Duration limit)
            throws IOException {
        LinuxNotifier opened = new LinuxNotifier(config, namespace);
        boolean secure = config.notification().scriptSecurity();
        try {
            ScriptConditions conditions = new ScriptConditions(limit, UserAccount.ofScripts(), secure, opened::start);
            opened.settings.forEach((subject, named) -> {
                Map<String, NotifyScripts> queues = new HashMap<>();
                named.forEach((name, of) -> queues.put(name, new NotifyScripts(name, of, conditions)));
                opened.scripts.put(subject, queues);
            });
            for (NotifyFifo fifo : config.notification().fifos()) {
                opened.open(fifo, conditions);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while getting ready to run scripts", e);
        }
        return opened;
    }

    private void open(NotifyFifo fifo, ScriptConditions conditions) throws InterruptedException {
        try {
            pipes.add(NotifyPipe.open(fifo));
            if (fifo.reader().isPresent()) {
                Command reader = fifo.reader().get();
                List<String> words = new ArrayList<>(reader.words());
                words.add(fifo.path());
                follow(conditions.start(reader.with(words)), fifo);
            }
        } catch (IOException e) {
            LOG.error("pipe {}: {}", fifo.path(), e.getMessage());
        }
    }

    private void follow(CommandProcess reader, NotifyFifo fifo) {
        Thread thread = new Thread(
                () -> {
                    try {
                        OptionalInt status = reader.await(() -> readersEnd);
                        status.ifPresent(number -> LOG.error(
                                "pipe {}: its reader has ended with status {} {}",
                                fifo.path(),
                                number,
                                reader.firstLine()));
                        reader.end();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "vrrp-fifo-reader");
        thread.setDaemon(true);
        thread.start();
        readers.add(thread);
    }

    private CommandProcess start(List<String> words, Optional<UserAccount> user) throws IOException {
        return namespace.isPresent()
                ? namespace.get().call(() -> CommandProcess.start(words, user))
                : CommandProcess.start(words, user);
    }

    @Override
    public synchronized void tell(Notice notice) {
        NotifySettings of = settings.get(notice.subject()).get(notice.name());
        boolean ofPriority = notice.state() == State.MASTER_PRIORITY || notice.state() == State.BACKUP_PRIORITY;
        if (closed || of == null || ofPriority && !of.priorityChanges()) {
            return;
        }
        scripts.get(notice.subject()).get(notice.name()).tell(notice);
        pipes.forEach(pipe -> pipe.tell(notice.line()));
    }

    /**
     * Waits up to 5 s for the scripts; then ends those that are running, gives the rest another 5 s, one second each,
     * and leaves what is still not told. Readers of pipes are ended.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            List<NotifyScripts> all = scripts.values().stream()
                    .flatMap(named -> named.values().stream())
                    .toList();
            all.forEach(NotifyScripts::finish);
            if (!awaitFinished(all)) {
                all.forEach(NotifyScripts::hurry);
                if (!awaitFinished(all)) {
                    LOG.error("scripts hang; not everything is told to them");
                }
            }
            for (NotifyPipe pipe : pipes) {
                pipe.awaitFinished(Duration.ofSeconds(1));
            }
            readersEnd = true;
            for (Thread reader : readers) {
                reader.join(PATIENCE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pipes.forEach(NotifyPipe::close);
            namespace.ifPresent(NetworkNamespace::close);
        }
    }

    private static boolean awaitFinished(List<NotifyScripts> all) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean finished = true;
        for (NotifyScripts scripts : all) {
            finished &= scripts.awaitFinished(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
        return finished;
    }
}
