package org.vrrp4j.linux.lab;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A real keepalived (keepalived(8)) on a host of a lab, VRRP only, logging to its output.
 *
 * <p>Several may run in one lab. States are taken from its log, which says "Entering MASTER STATE" and the like for
 * each instance. May be used from any thread.
 */
public final class KeepalivedPeer implements AutoCloseable {
    private static final Duration PROMPTLY = Duration.ofSeconds(10);
    private static final Pattern ENTERING = Pattern.compile("\\((?<instance>[^)]+)\\) Entering (?<state>\\w+) STATE");

    private final LabHost host;
    private final LabProcess process;

    private KeepalivedPeer(LabHost host, LabProcess process) {
        this.host = host;
        this.process = process;
    }

    /** Whether a keepalived is installed and can be started. */
    public static boolean isAvailable() {
        return unavailabilityCause().isEmpty();
    }

    /** What is missing for a keepalived; empty if nothing is. */
    public static Optional<String> unavailabilityCause() {
        return SearchPath.find("keepalived").isPresent()
                ? Optional.empty()
                : Optional.of("no 'keepalived' command: install keepalived");
    }

    /**
     * Starts keepalived with a configuration, one per host.
     *
     * @param configuration the text of a keepalived.conf(5)
     * @param options further options of the command, such as {@code --log-facility}
     * @throws IOException if it is not installed; a wrong configuration shows in its output
     */
    public static KeepalivedPeer start(LabHost host, String configuration, String... options) throws IOException {
        Optional<String> missing = unavailabilityCause();
        if (missing.isPresent()) {
            throw new IOException(missing.get());
        }
        String file = host.write("keepalived.conf", configuration);
        List<String> command = new ArrayList<>(List.of(
                "keepalived",
                "--dont-fork",
                "--log-console",
                "--no-syslog",
                "--log-detail",
                "--vrrp",
                "--use-file=" + file,
                "--pid=" + host.filePath("keepalived.pid"),
                "--vrrp_pid=" + host.filePath("keepalived-vrrp.pid")));
        command.addAll(List.of(options));
        return new KeepalivedPeer(host, host.start(command.toArray(String[]::new)));
    }

    /** The host it runs on. */
    public LabHost host() {
        return host;
    }

    /** The parent process; the one that speaks VRRP is its child. */
    public LabProcess process() {
        return process;
    }

    /** The state that an instance has entered last, such as MASTER, BACKUP or FAULT; empty before the first. */
    public Optional<String> state(String instance) {
        return process.lines().stream()
                .map(line -> ENTERING.matcher(line.text()))
                .filter(matcher -> matcher.find() && matcher.group("instance").equals(instance))
                .map(matcher -> matcher.group("state"))
                .reduce((earlier, later) -> later);
    }

    /**
     * The first time, not before a given one, at which an instance enters a state.
     *
     * @param state such as MASTER, BACKUP or FAULT
     * @throws IOException if it does not in time; the message has the last lines of the log
     */
    public Instant awaitState(String instance, String state, Instant from, Duration timeout)
            throws IOException, InterruptedException {
        String regex = Pattern.quote("(" + instance + ") Entering " + state + " STATE");
        return process.awaitLine(regex, from, timeout).time();
    }

    /** Reads a new configuration, as on SIGHUP. */
    public void reload(String configuration) throws IOException, InterruptedException {
        host.write("keepalived.conf", configuration);
        process.signal("HUP");
    }

    /** Crashes all its processes at once; its addresses stay on the host. */
    public void crash() throws IOException, InterruptedException {
        process.signalTree("KILL");
        process.awaitExit(PROMPTLY);
    }

    /** Stops all its processes (SIGSTOP) where they are; its addresses stay on the host. */
    public void pause() throws IOException, InterruptedException {
        process.signalTree("STOP");
    }

    /** Lets its stopped processes go on. */
    public void resume() throws IOException, InterruptedException {
        process.signalTree("CONT");
    }

    /** Asks it to end: it gives its addresses up and tells the others with priority 0. */
    public void stop() throws IOException, InterruptedException {
        process.signal("TERM");
        process.awaitExit(PROMPTLY);
    }

    /** Crashes it if it still runs. */
    @Override
    public void close() throws IOException {
        process.close();
    }
}
