package org.vrrp4j.linux.notify;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
