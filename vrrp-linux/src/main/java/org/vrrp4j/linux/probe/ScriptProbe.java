package org.vrrp4j.linux.probe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.vrrp4j.config.Command;
import org.vrrp4j.config.ScriptTracker;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.libc.NetworkNamespace;
import org.vrrp4j.linux.process.Programs;
import org.vrrp4j.spi.Probe;

/**
 * Runs a program, without a shell: in a session of its own (setsid(1)), so that it can be killed with its children; as
 * another user if one is given (setpriv(1)); without LD_ variables; killed with this process where setpriv can do that.
 * Each run has a thread, in the network namespace of the node.
 */
final class ScriptProbe implements Probe {
    private final ScriptTracker tracker;
    private final Path setsid;
    private final List<String> program;

    private ScriptProbe(ScriptTracker tracker, Path setsid, List<String> program) {
        this.tracker = tracker;
        this.setsid = setsid;
        this.program = program;
    }

    /**
     * Looks for the programs.
     *
     * @throws IOException if one is missing
     */
    static ScriptProbe of(ScriptTracker tracker) throws IOException {
        List<String> words = tracker.command().words();
        Path file = Programs.find(words.get(0))
                .orElseThrow(() ->
                        new IOException(tracker + ": there is no program " + words.get(0) + " that can be executed"));
        List<String> program = new ArrayList<>(words);
        program.set(0, file.toString());
        return new ScriptProbe(tracker, needed("setsid", tracker), program);
    }

    private static Path needed(String program, ScriptTracker tracker) throws IOException {
        return Programs.find(program)
                .orElseThrow(() -> new IOException(
                        tracker + " needs the program " + program + ": install the package util-linux"));
    }

    @Override
    public Run start(Consumer<org.vrrp4j.spi.ProbeResult> answer) {
        ScriptRun run = new ScriptRun(this::builder, answer);
        Thread thread = new Thread(run, "vrrp-script-" + tracker.name());
        thread.setDaemon(true);
        try {
            NetworkNamespace.callWhereSocketsAre(() -> {
                thread.start();
                return null;
            });
        } catch (LinuxException e) {
            answer.accept(org.vrrp4j.spi.ProbeResult.failed(e.getMessage()));
        }
        return run;
    }

    /** Looks for the user each time, as the answer may come from the network; on the thread of the run. */
    private ProcessBuilder builder() throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(setsid.toString()));
        Command command = tracker.command();
        if (command.user().isPresent()) {
            words.add(needed("setpriv", tracker).toString());
            words.addAll(identity(command.user().get()));
            words.add("--");
        }
        words.addAll(program);
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("LD_"));
        return builder.redirectInput(
                ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    }

    private static List<String> identity(String userAndGroup) throws IOException, InterruptedException {
        int colon = userAndGroup.indexOf(':');
        String user = colon < 0 ? userAndGroup : userAndGroup.substring(0, colon);
        String group = colon < 0 ? groupOf(user) : userAndGroup.substring(colon + 1);
        return List.of(
                "--reuid=" + user, "--regid=" + group, "--init-groups", "--inh-caps=-all", "--ambient-caps=-all");
    }

    private static String groupOf(String user) throws IOException, InterruptedException {
        Process id = new ProcessBuilder("id", "-g", "--", user).start();
        String group = new String(id.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).trim();
        if (id.waitFor() != 0) {
            throw new IOException("there is no user " + user);
        }
        return group;
    }
}
