package org.vrrp4j.linux.probe;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.vrrp4j.config.Command;
import org.vrrp4j.config.ScriptTracker;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.libc.NetworkNamespace;
import org.vrrp4j.linux.process.CommandProcess;
import org.vrrp4j.linux.process.Programs;
import org.vrrp4j.linux.process.UserAccount;
import org.vrrp4j.spi.Probe;
import org.vrrp4j.spi.ProbeResult;

/** Runs a program, see {@link CommandProcess}. Each run has a thread, in the network namespace of the node. */
final class ScriptProbe implements Probe {
    private final ScriptTracker tracker;
    /** Looked for at the first run; never two at once. */
    private volatile Optional<String> defaultUser;

    private ScriptProbe(ScriptTracker tracker) {
        this.tracker = tracker;
    }

    /**
     * Looks for the program.
     *
     * @throws IOException if it is missing
     */
    static ScriptProbe of(ScriptTracker tracker) throws IOException {
        String program = tracker.command().words().get(0);
        if (Programs.find(program).isEmpty()) {
            throw new IOException(tracker + ": there is no program " + program + " that can be executed");
        }
        return new ScriptProbe(tracker);
    }

    @Override
    public Run start(Consumer<ProbeResult> answer) {
        ScriptRun run = new ScriptRun(this::startProgram, answer);
        Thread thread = new Thread(run, "vrrp-script-" + tracker.name());
        thread.setDaemon(true);
        try {
            NetworkNamespace.callWhereSocketsAre(() -> {
                thread.start();
                return null;
            });
        } catch (LinuxException e) {
            answer.accept(ProbeResult.failed(e.getMessage()));
        }
        return run;
    }

    /** Looks for the user each time, as the answer may come from the network; on the thread of the run. */
    private CommandProcess startProgram() throws IOException, InterruptedException {
        Command command = tracker.command();
        if (command.user().isEmpty()) {
            if (defaultUser == null) {
                defaultUser = UserAccount.ofScripts();
            }
            command = command.orAs(defaultUser);
        }
        return CommandProcess.start(command.words(), UserAccount.of(command));
    }
}
