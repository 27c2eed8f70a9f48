package org.vrrp4j.linux.notify;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.config.Command;
import org.vrrp4j.linux.process.CommandProcess;
import org.vrrp4j.linux.process.Programs;
import org.vrrp4j.linux.process.ScriptSecurity;
import org.vrrp4j.linux.process.UserAccount;

/**
 * What goes for all scripts of a node.
 *
 * @param limit how long one run may take
 * @param defaultUser whom a script runs as that says nothing of it
 * @param secure whether one is refused that runs as root and that others can change
 * @param starter starts it, where the node is
 */
record ScriptConditions(Duration limit, Optional<String> defaultUser, boolean secure, Starter starter) {

    private static final Logger LOG = LoggerFactory.getLogger(ScriptConditions.class);

    /** Starts a program in the network namespace of the node. */
    interface Starter {
        CommandProcess start(List<String> words, Optional<UserAccount> user) throws IOException;
    }

    /**
     * Starts a script, unless it is refused.
     *
     * @throws IOException if it is, or cannot be started
     */
    CommandProcess start(Command command) throws IOException, InterruptedException {
        Optional<UserAccount> user = UserAccount.of(command.orAs(defaultUser));
        if (secure) {
            check(command, user);
        }
        return starter.start(command.words(), user);
    }

    /**
     * Runs a script to its end, or to that of its time. What goes wrong is in the log.
     *
     * @param occasion why it is run, for the log
     * @param hurried whether there is no time for it any more; if so at once, it has a second
     */
    void run(Command command, String occasion, BooleanSupplier hurried) throws InterruptedException {
        CommandProcess process;
        try {
            process = start(command);
        } catch (IOException e) {
            LOG.error("{}: script {} is not run: {}", occasion, command, e.getMessage());
            return;
        }
        long begun = System.nanoTime();
        boolean late = hurried.getAsBoolean();
        long limitNanos = late ? TimeUnit.SECONDS.toNanos(1) : limit.toNanos();
        OptionalInt status =
                process.await(() -> System.nanoTime() - begun > limitNanos || hurried.getAsBoolean() && !late);
        if (status.isEmpty()) {
            LOG.warn("{}: script {} hangs and is ended with its children", occasion, command);
            process.end();
        } else if (status.getAsInt() != 0) {
            LOG.warn(
                    "{}: script {} ended with status {}{}",
                    occasion,
                    command,
                    status.getAsInt(),
                    process.firstLine().isEmpty() ? "" : ": " + process.firstLine());
        }
    }

    private static void check(Command command, Optional<UserAccount> user) throws IOException {
        int uid = user.isPresent() ? user.get().uid() : UserAccount.ownUid();
        Optional<Path> program = Programs.find(command.words().get(0));
        if (uid != 0 || program.isEmpty()) {
            return;
        }
        Optional<String> objection = ScriptSecurity.objection(program.get());
        if (objection.isPresent()) {
            throw new IOException("enable_script_security refuses it: " + objection.get());
        }
    }
}
