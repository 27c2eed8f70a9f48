package org.vrrp4j.linux.notify;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.config.Command;
import org.vrrp4j.config.LimitedCommand;
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

    /** Those of one that is no more stay, and tell nothing: there may be another one of its name, and turns to keep. */
    private final Map<Key, NotifyScripts> scripts = new HashMap<>();

    private final Map<NotifyFifo, OpenPipe> pipes = new LinkedHashMap<>();
    private final Optional<NetworkNamespace> namespace;
    private final Duration limit;
    private final Optional<String> defaultUser;
    private Map<Key, NotifySettings> settings = Map.of();
    private ScriptConditions conditions;
    private boolean closed;

    private record Key(Subject subject, String name) {}

    private record OpenPipe(NotifyPipe pipe, Optional<PipeReader> reader) {}

    private LinuxNotifier(Optional<NetworkNamespace> namespace, Duration limit, Optional<String> defaultUser) {
        this.namespace = namespace;
        this.limit = limit;
        this.defaultUser = defaultUser;
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
        try {
            LinuxNotifier opened = new LinuxNotifier(namespace, limit, UserAccount.ofScripts());
            opened.use(config);
            return opened;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while getting ready to run scripts", e);
        }
    }

    @Override
    public void use(NodeConfig config) {
        List<NotifyFifo> fifos = config.notification().fifos();
        List<OpenPipe> gone = new ArrayList<>();
        List<NotifyFifo> added = new ArrayList<>(fifos);
        ScriptConditions now;
        synchronized (this) {
            if (closed) {
                return;
            }
            useSettings(config);
            pipes.entrySet().removeIf(entry -> !fifos.contains(entry.getKey()) && gone.add(entry.getValue()));
            added.removeAll(pipes.keySet());
            now = conditions;
        }
        try {
            // first, as one pipe may take the path of another
            for (OpenPipe open : gone) {
                end(open);
                open.pipe().close();
            }
            for (NotifyFifo fifo : added) {
                open(fifo, now);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void useSettings(NodeConfig config) {
        Map<Key, NotifySettings> next = new HashMap<>();
        config.routers().forEach(router -> next.put(new Key(Subject.INSTANCE, router.name()), router.notification()));
        config.groups().forEach(group -> next.put(new Key(Subject.GROUP, group.name()), group.notification()));
        settings = next;
        conditions =
                new ScriptConditions(limit, defaultUser, config.notification().scriptSecurity(), this::start);
        next.forEach((key, of) -> scripts.computeIfAbsent(key, absent -> new NotifyScripts(key.name()))
                .use(of, conditions));
    }

    private void open(NotifyFifo fifo, ScriptConditions conditions) throws InterruptedException {
        try {
            NotifyPipe pipe = NotifyPipe.open(fifo);
            Optional<PipeReader> reader = Optional.empty();
            try {
                if (fifo.reader().isPresent()) {
                    List<String> words = new ArrayList<>(fifo.reader().get().words());
                    words.add(fifo.path());
                    Command command = fifo.reader().get().with(words);
                    reader = Optional.of(new PipeReader(conditions.start(command), fifo.path()));
                }
            } finally {
                add(fifo, new OpenPipe(pipe, reader));
            }
        } catch (IOException e) {
            LOG.error("pipe {}: {}", fifo.path(), e.getMessage());
        }
    }

    private synchronized void add(NotifyFifo fifo, OpenPipe open) {
        if (closed) {
            open.pipe().close();
        } else {
            pipes.put(fifo, open);
        }
    }

    private CommandProcess start(List<String> words, Optional<UserAccount> user) throws IOException {
        return start(words, user, namespace);
    }

    private static CommandProcess start(
            List<String> words, Optional<UserAccount> user, Optional<NetworkNamespace> there) throws IOException {
        return there.isPresent()
                ? there.get().call(() -> CommandProcess.start(words, user))
                : CommandProcess.start(words, user);
    }

    /**
     * Runs one program as the scripts of a node are run, and waits for its end, or for that of its time. What goes
     * wrong is in the log; it changes nothing. For a program that runs a node, before it starts or after its end.
     *
     * @param occasion why it is run, for the log
     * @param config the configuration whose network namespace, user of scripts and rules of security go for it
     */
    public static void runOnce(String occasion, LimitedCommand command, NodeConfig config) throws InterruptedException {
        Optional<NetworkNamespace> there = Optional.empty();
        try {
            there = config.namespace().isPresent()
                    ? Optional.of(NetworkNamespace.open(config.namespace().get().name()))
                    : there;
            Optional<NetworkNamespace> entered = there;
            new ScriptConditions(
                            command.limit(),
                            UserAccount.ofScripts(),
                            config.notification().scriptSecurity(),
                            (words, user) -> start(words, user, entered))
                    .run(command.command(), occasion, () -> false);
        } catch (IOException e) {
            LOG.error("{}: script {} is not run: {}", occasion, command.command(), e.getMessage());
        } finally {
            there.ifPresent(NetworkNamespace::close);
        }
    }

    @Override
    public synchronized void tell(Notice notice) {
        Key key = new Key(notice.subject(), notice.name());
        NotifySettings of = settings.get(key);
        boolean ofPriority = notice.state() == State.MASTER_PRIORITY || notice.state() == State.BACKUP_PRIORITY;
        if (closed || of == null || ofPriority && !of.priorityChanges()) {
            return;
        }
        scripts.get(key).tell(notice);
        tellPipes(notice);
    }

    @Override
    public synchronized void tellPipes(Notice notice) {
        if (!closed) {
            pipes.values().forEach(open -> open.pipe().tell(notice.line()));
        }
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
            List<NotifyScripts> all = List.copyOf(scripts.values());
            all.forEach(NotifyScripts::finish);
            if (!awaitFinished(all)) {
                all.forEach(NotifyScripts::hurry);
                if (!awaitFinished(all)) {
                    LOG.error("scripts hang; not everything is told to them");
                }
            }
            for (OpenPipe open : pipes.values()) {
                end(open);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pipes.values().forEach(open -> open.pipe().close());
            namespace.ifPresent(NetworkNamespace::close);
        }
    }

    /** What has been told is written, and the reader ends. */
    private static void end(OpenPipe open) throws InterruptedException {
        open.pipe().awaitFinished(Duration.ofSeconds(1));
        if (open.reader().isPresent()) {
            open.reader().get().end(PATIENCE);
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
