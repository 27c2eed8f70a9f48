package org.vrrp4j.linux.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A command that runs in a lab.
 *
 * <p>Its output is kept line by line with the time of arrival: the last 20000 lines, the rest is forgotten.
 *
 * <p>May be used from any thread. Listeners run on the threads that read the output and must not block.
 */
public final class LabProcess implements AutoCloseable {
    private static final Duration PROMPTLY = Duration.ofSeconds(10);
    private static final int LINES_IN_MESSAGES = 15;
    private static final int REFUSED = 1;

    /** A process may end before its turn comes: 0 if one was there, 3 if none was, 1 if a signal was refused. */
    private static final String KILL = """
            code=3
            for process in "$@"; do
                if kill -s "$0" "$process"; then
                    [ $code = 1 ] || code=0
                elif [ -e "/proc/$process" ]; then
                    code=1
                fi
            done
            exit $code
            """;

    private final String name;
    private final Process outer;
    private final OutputLog log = new OutputLog();
    private ProcessHandle inner;

    /**
     * Starts to read the output of a process.
     *
     * @param outer the process that waits for the command, its only child, and ends with the command's exit code
     */
    LabProcess(String name, Process outer) {
        this.name = name;
        this.outer = outer;
        log.read(name + " out", outer.getInputStream(), OutputLine.Source.OUT);
        log.read(name + " err", outer.getErrorStream(), OutputLine.Source.ERR);
    }

    /** The host and the command, for messages. */
    public String name() {
        return name;
    }

    /** Whether the command has not ended yet; a stopped one is alive. */
    public boolean isAlive() {
        return outer.isAlive();
    }

    /** What the command reads as its standard input; it waits there until this is written or closed. */
    public OutputStream standardInput() {
        return outer.getOutputStream();
    }

    /** All lines so far of both streams, in the order of arrival. */
    public List<OutputLine> lines() {
        return log.lines();
    }

    /** Standard output so far as one text, every line ended by a newline. */
    public String output() {
        return log.text(OutputLine.Source.OUT);
    }

    /** Standard error so far as one text, every line ended by a newline. */
    public String errors() {
        return log.text(OutputLine.Source.ERR);
    }

    /** Tells every line from now on to a listener, on the thread that reads the stream. */
    public void onLine(Consumer<OutputLine> listener) {
        log.listen(listener);
    }

    /**
     * The first line in which the regular expression is found, among those that have come and those to come.
     *
     * @throws IOException if none has come in time, or the command ended without it; the message has its last lines
     */
    public OutputLine awaitLine(String regex, Duration timeout) throws IOException, InterruptedException {
        return awaitLine(regex, Instant.MIN, timeout);
    }

    /**
     * The first line that arrived at a time or later and in which the regular expression is found.
     *
     * @throws IOException if none has come in time, or the command ended without it; the message has its last lines
     */
    public OutputLine awaitLine(String regex, Instant from, Duration timeout) throws IOException, InterruptedException {
        Predicate<String> found = Pattern.compile(regex).asPredicate();
        return awaitLine(
                line -> !line.time().isBefore(from) && found.test(line.text()), "line with '" + regex + "'", timeout);
    }

    /**
     * The first line that fits, among those that have come and those to come.
     *
     * @throws IOException if none has come in time, or the command ended without it; the message has its last lines
     */
    public OutputLine awaitLine(Predicate<OutputLine> wanted, Duration timeout)
            throws IOException, InterruptedException {
        return awaitLine(wanted, "such line", timeout);
    }

    private OutputLine awaitLine(Predicate<OutputLine> wanted, String what, Duration timeout)
            throws IOException, InterruptedException {
        Deadline deadline = Deadline.in(timeout);
        Optional<OutputLine> found = log.await(wanted, deadline);
        if (found.isEmpty() && !deadline.isOver()) {
            // The output ends shortly before the process does.
            outer.waitFor(Math.min(PROMPTLY.toNanos(), deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        }
        return found.orElseThrow(() -> new IOException(name + (outer.isAlive() ? ": no " : " ended without ") + what
                + " within " + timeout.toMillis() + " ms" + state()));
    }

    private String state() {
        String ended = outer.isAlive() ? "" : ", with exit code " + outer.exitValue();
        return ended + "; its last lines:" + log.tail(LINES_IN_MESSAGES);
    }

    /** Runs an action when the command has ended, on a thread of the JDK's common pool. */
    void onExit(Runnable action) {
        outer.onExit().thenRun(action);
    }

    /** The exit code, 128 plus the number of the signal if one ended the command; empty while it runs. */
    public OptionalInt exitCode() {
        return outer.isAlive() ? OptionalInt.empty() : OptionalInt.of(outer.exitValue());
    }

    /**
     * Waits for the end of the command and of its output, and returns the exit code as {@link #exitCode} does.
     *
     * @throws IOException if it has not ended in time; it goes on running then
     */
    public int awaitExit(Duration timeout) throws IOException, InterruptedException {
        Deadline deadline = Deadline.in(timeout);
        if (!outer.waitFor(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
            throw new IOException(name + " did not end within " + timeout.toMillis() + " ms" + state());
        }
        log.awaitEnd(deadline);
        return outer.exitValue();
    }

    /**
     * The number of the command's process as this JVM sees it; inside the lab it has another one.
     *
     * @throws IOException if the command has ended
     */
    public long pid() throws IOException, InterruptedException {
        return handle().orElseThrow(() -> new IOException(name + " has no process" + state()))
                .pid();
    }

    /** Waits for the outer process to have forked, as until then there is nothing to signal; empty if it has ended. */
    private synchronized Optional<ProcessHandle> handle() throws InterruptedException {
        Deadline deadline = Deadline.in(PROMPTLY);
        while (inner == null && outer.isAlive() && !deadline.isOver()) {
            inner = outer.children().findFirst().orElse(null);
            if (inner == null) {
                outer.waitFor(1, TimeUnit.MILLISECONDS);
            }
        }
        return Optional.ofNullable(inner);
    }

    /**
     * Sends a signal to the command's own process.
     *
     * @param signalName without SIG, such as KILL, TERM, STOP, CONT, HUP (signal(7))
     * @return false if the command has ended already
     * @throws IOException if the signal cannot be sent
     */
    public boolean signal(String signalName) throws IOException, InterruptedException {
        return outer.isAlive() && send(signalName, handle().stream().toList());
    }

    /**
     * Sends a signal to the command's process and all its descendants, parents before their children. A KILL is a
     * host's crash: all are stopped first, so that none sees another die and tidies up.
     *
     * @param signalName without SIG, such as KILL, TERM, STOP, CONT
     * @return false if the command has ended already
     * @throws IOException if the signal cannot be sent
     */
    public boolean signalTree(String signalName) throws IOException, InterruptedException {
        if (signalName.equals("KILL")) {
            send("STOP", tree());
        }
        return send(signalName, tree());
    }

    private List<ProcessHandle> tree() throws InterruptedException {
        List<ProcessHandle> tree = new ArrayList<>();
        if (outer.isAlive()) {
            handle().ifPresent(root -> {
                tree.add(root);
                root.descendants().forEach(tree::add);
            });
        }
        return tree;
    }

    private boolean send(String signalName, List<ProcessHandle> targets) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", KILL, signalName));
        targets.stream()
                .filter(ProcessHandle::isAlive)
                .map(target -> Long.toString(target.pid()))
                .forEach(command::add);
        if (command.size() == 4) {
            return false;
        }
        Process kill = new ProcessBuilder(command).redirectErrorStream(true).start();
        LabProcess sender = new LabProcess("kill -s " + signalName + " (" + name + ")", kill);
        int code = sender.awaitExit(PROMPTLY);
        if (code == REFUSED) {
            throw new IOException(sender.name() + " failed with exit code " + code + ": " + sender.output());
        }
        return code == 0;
    }

    /**
     * Kills the command and its descendants and waits for their end, 10 s at most.
     *
     * @throws IOException if the command is still there then
     */
    @Override
    public void close() throws IOException {
        try {
            signalTree("KILL");
            awaitExit(PROMPTLY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while ending " + name, e);
        }
    }

    /** The host, the command and whether it runs. */
    @Override
    public String toString() {
        return name + (outer.isAlive() ? " (running)" : " (ended with exit code " + outer.exitValue() + ")");
    }
}
