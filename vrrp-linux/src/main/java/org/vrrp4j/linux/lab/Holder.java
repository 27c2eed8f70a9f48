package org.vrrp4j.linux.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process that everything of a lab hangs on: the first one of a process namespace, with own network and mount
 * namespaces. It reads a pipe from this JVM; when that ends, so does it, and the kernel kills all others.
 */
final class Holder implements AutoCloseable {
    /** See user_namespaces(7). */
    private static final Path SETGROUPS = Path.of("/proc/self/setgroups");

    private static final Logger LOG = LoggerFactory.getLogger(Holder.class);
    private static final Duration PROMPTLY = Duration.ofSeconds(10);
    private static final List<String> NAMESPACES = List.of("--net", "--mount", "--pid");

    /**
     * The process number is read before the new /proc hides it. A container may refuse a new /proc; the lab then lives
     * with the old one. The shell stays as parent of cat and so collects orphans. Signals from a terminal must not
     * take the lab away before the JVM has left it.
     */
    private static final String SCRIPT = """
            set -e
            trap '' HUP INT TERM QUIT
            read -r pid rest </proc/self/stat
            mount -t tmpfs -o mode=0755 tmpfs /run
            mkdir -p /run/netns /run/lab
            mount -t proc proc /proc || echo 'no /proc of its own'
            ip link set lo up
            ip netns add "$0"
            echo "ready $pid"
            cat >/dev/null
            """;

    /**
     * Entering a mount namespace leaves the working directory. The shell's own messages, such as "Killed", are none of
     * the command's.
     */
    private static final String ENTERED = "exec 3>&2 2>/dev/null; cd \"$0\"; (exec \"$@\") 2>&3 3>&-; exit $?";

    private final LabProcess process;
    private final boolean userNamespace;
    private final long pid;
    private final Set<LabProcess> running = ConcurrentHashMap.newKeySet();

    private Holder(LabProcess process, boolean userNamespace) throws IOException, InterruptedException {
        this.process = process;
        this.userNamespace = userNamespace;
        OutputLine ready = process.awaitLine("^ready \\d+$", PROMPTLY);
        this.pid = Long.parseLong(ready.text().substring("ready ".length()));
    }

    /** Starts one, as root if this process may, otherwise as root of a new user namespace. */
    static Holder start() throws IOException, InterruptedException {
        try {
            return start(false);
        } catch (IOException asRoot) {
            LOG.debug("no lab without a user namespace", asRoot);
            try {
                return start(true);
            } catch (IOException asUser) {
                asUser.addSuppressed(asRoot);
                throw asUser;
            }
        }
    }

    private static Holder start(boolean userNamespace) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("unshare"));
        if (userNamespace) {
            command.addAll(List.of("--user", "--map-root-user"));
        }
        command.addAll(NAMESPACES);
        command.addAll(List.of("--propagation", "private", "--fork", "--kill-child", "sh", "-c", SCRIPT));
        command.add(Topology.SWITCH_NAMESPACE);
        LabProcess process = launch("lab: unshare", command, Map.of());
        try {
            return new Holder(process, userNamespace);
        } catch (IOException | InterruptedException e) {
            process.close();
            throw e;
        }
    }

    private static LabProcess launch(String name, List<String> command, Map<String, String> environment)
            throws IOException {
        LOG.debug("start {}", name);
        LOG.trace("{}", command);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PATH", SearchPath.VALUE);
        builder.environment().putAll(environment);
        return new LabProcess(name, builder.start());
    }

    /** Also if this JVM is in one already, and is root only there: then it may not change its groups. */
    boolean isUserNamespace() throws IOException {
        return userNamespace || Files.readString(SETGROUPS).strip().equals("deny");
    }

    long pid() {
        return pid;
    }

    LabProcess start(String host, String... command) throws IOException {
        List<String> inHost = new ArrayList<>(List.of("ip", "netns", "exec", host));
        inHost.addAll(Arrays.asList(command));
        return enter(host + ": " + String.join(" ", command), inHost, Map.of());
    }

    /**
     * Runs a command in the holder's own network namespace, which has no interface but lo.
     *
     * <p>The outer process must be a shell, not nsenter's own fork: nsenter stops itself when its child is stopped, and
     * a stopped process outside the process namespace would outlive the lab.
     */
    LabProcess enter(String name, List<String> command, Map<String, String> environment) throws IOException {
        List<String> entering = new ArrayList<>(List.of("nsenter", "--target", Long.toString(pid)));
        if (userNamespace) {
            entering.addAll(List.of("--user", "--preserve-credentials"));
        }
        entering.addAll(NAMESPACES);
        entering.addAll(List.of("--no-fork", "sh", "-c", ENTERED, System.getProperty("user.dir")));
        entering.addAll(command);
        LabProcess started = launch(name, entering, environment);
        running.add(started);
        started.onExit(() -> running.remove(started));
        return started;
    }

    /** Runs a shell script in the holder's own network namespace to its end and returns what it printed. */
    String script(String what, String script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        command.addAll(Arrays.asList(arguments));
        return complete(enter(what, command, Map.of("LC_ALL", "C")), "", PROMPTLY);
    }

    /** Gives a command its standard input and waits for its success. */
    static String complete(LabProcess process, String input, Duration timeout) throws IOException {
        try {
            writeAndClose(process, input);
            int code = process.awaitExit(timeout);
            if (code != 0) {
                throw new IOException(process.name() + " failed with exit code " + code + ": "
                        + process.errors().strip());
            }
            return process.output();
        } catch (InterruptedException e) {
            process.close();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + process.name(), e);
        } catch (IOException e) {
            process.close();
            throw e;
        }
    }

    private static void writeAndClose(LabProcess process, String input) throws IOException {
        try (OutputStream stream = process.standardInput()) {
            stream.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // A command that ends without reading its input is judged by its exit code.
            LOG.debug("{} does not read its input", process.name(), e);
        }
    }

    /** Ends everything in the lab and waits until it is gone. */
    @Override
    public void close() throws IOException {
        process.standardInput().close();
        try {
            process.awaitExit(PROMPTLY);
            Deadline deadline = Deadline.in(PROMPTLY);
            for (LabProcess each : running) {
                each.awaitExit(Duration.ofNanos(Math.max(0, deadline.remainingNanos())));
            }
        } catch (InterruptedException e) {
            process.close();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while closing the lab", e);
        } catch (IOException e) {
            process.close();
            throw e;
        }
        if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()) {
            throw new IOException("the lab's first process " + pid + " is still there");
        }
    }
}
