package org.vrrp4j.examples.live;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.vrrp4j.examples.cli.Vrrp;
import org.vrrp4j.linux.lab.KeepalivedPeer;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.lab.LabProcess;

/** A router on a host of the lab, ours or keepalived, with the few things that tests do to both. */
final class RouterProcess implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String OUR_FILE = "vrrp.conf";

    /** Who implements it. */
    enum Kind {
        OURS,
        KEEPALIVED
    }

    private final Kind kind;
    private final LabHost host;
    private final LabProcess process;

    private RouterProcess(Kind kind, LabHost host, LabProcess process) {
        this.kind = kind;
        this.host = host;
        this.process = process;
    }

    /** The options are those of {@code vrrp run}. */
    static RouterProcess start(Kind kind, LabHost host, String configuration, String... options) throws IOException {
        if (kind == Kind.KEEPALIVED) {
            return new RouterProcess(
                    kind, host, KeepalivedPeer.start(host, configuration).process());
        }
        String file = host.write(OUR_FILE, configuration);
        String[] arguments = Stream.of(Stream.of("run"), Stream.of(options), Stream.of(file))
                .flatMap(words -> words)
                .toArray(String[]::new);
        return new RouterProcess(kind, host, host.start(command(arguments)));
    }

    /** Ours, however it has been started. */
    static RouterProcess ours(LabProcess process) {
        return new RouterProcess(Kind.OURS, null, process);
    }

    /** The command line of {@code vrrp}, with what this JVM has been built from. */
    static String[] command(String... arguments) {
        return commandFrom(System.getProperty("java.class.path"), arguments);
    }

    /** The same from another class path. */
    static String[] commandFrom(String classPath, String... arguments) {
        return java(classPath, List.of(), Vrrp.class, arguments);
    }

    /** The command line of a small JVM. */
    static String[] java(String classPath, List<String> jvmOptions, Class<?> mainClass, String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> jvm = List.of(
                java,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                // a JVM with the same number in another lab has its file, which this one would complain of
                "-XX:-UsePerfData");
        List<String> program = List.of("-cp", classPath, mainClass.getName());
        return Stream.of(jvm, jvmOptions, program, List.of(arguments))
                .flatMap(List::stream)
                .toArray(String[]::new);
    }

    boolean isOurs() {
        return kind == Kind.OURS;
    }

    LabProcess process() {
        return process;
    }

    void awaitRole(String instance, String role, Instant from) throws IOException, InterruptedException {
        process.awaitLine(
                isOurs()
                        ? "INFO +" + instance + " \\S+: \\w+ -> " + role + ":"
                        : "\\(" + instance + "\\) Entering " + role + " STATE",
                from,
                PATIENCE);
    }

    void awaitLine(String regex) throws IOException, InterruptedException {
        process.awaitLine(regex, PATIENCE);
    }

    /** Lets it read another configuration (SIGHUP). */
    void reload(String configuration) throws IOException, InterruptedException {
        host.write(isOurs() ? OUR_FILE : "keepalived.conf", configuration);
        process.signal("HUP");
    }

    /** Ends it as an operator does, and tells its exit code. */
    int stop() throws IOException, InterruptedException {
        process.signal("TERM");
        return process.awaitExit(PATIENCE);
    }

    /** Kills it with all that it has started, as the crash of its host does. */
    void kill() throws IOException, InterruptedException {
        process.signalTree("KILL");
        process.awaitExit(PATIENCE);
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
