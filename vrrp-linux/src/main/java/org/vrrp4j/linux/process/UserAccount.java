package org.vrrp4j.linux.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.vrrp4j.config.Command;

/**
 * Whom a program runs as.
 *
 * @param name the user's name, or its number
 * @param uid its number
 * @param group the name or number of the group
 * @param allGroups whether it is in its supplementary groups too
 */
public record UserAccount(String name, int uid, String group, boolean allGroups) {

    /** The user of scripts that keepalived takes if nothing is said and it exists (keepalived.conf(5)). */
    public static final String KEEPALIVED_SCRIPT = "keepalived_script";

    /**
     * Looks for a user, in the host's own way (nsswitch.conf(5)).
     *
     * @param userAndGroup {@code USER} or {@code USER:GROUP}
     * @return empty if there is no such user
     * @throws IOException if it cannot be looked for
     */
    public static Optional<UserAccount> find(String userAndGroup) throws IOException, InterruptedException {
        int colon = userAndGroup.indexOf(':');
        String user = colon < 0 ? userAndGroup : userAndGroup.substring(0, colon);
        Optional<String> uid = id("-u", user);
        Optional<String> group = colon < 0 ? id("-g", user) : Optional.of(userAndGroup.substring(colon + 1));
        return uid.flatMap(number -> group.map(of -> new UserAccount(user, Integer.parseInt(number), of, false)));
    }

    /** The number of the user that this process runs as. */
    public static int ownUid() throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

    /**
     * Whom a command runs as that says nothing of it: keepalived's own user for that, if there is one and this process
     * is root; empty for whom this process runs as.
     *
     * @throws IOException if it cannot be looked for
     */
    public static Optional<String> ofScripts() throws IOException, InterruptedException {
        boolean exists = ownUid() == 0 && find(KEEPALIVED_SCRIPT).isPresent();
        return exists ? Optional.of(KEEPALIVED_SCRIPT) : Optional.empty();
    }

    /**
     * Whom a command runs as; empty for whom this process runs as.
     *
     * @throws IOException if there is no such user, or it cannot be looked for
     */
    public static Optional<UserAccount> of(Command command) throws IOException, InterruptedException {
        if (command.user().isEmpty()) {
            return Optional.empty();
        }
        String wanted = command.user().get();
        UserAccount found = find(wanted).orElseThrow(() -> new IOException("there is no user " + wanted));
        return Optional.of(new UserAccount(found.name, found.uid, found.group, command.allGroups()));
    }

    /** The words that come before a program to run it as this user, with no other group and no capability. */
    List<String> prefix() throws IOException {
        return List.of(
                Programs.ofSystem("setpriv"),
                "--reuid=" + name,
                "--regid=" + group,
                allGroups ? "--init-groups" : "--clear-groups",
                "--inh-caps=-all",
                "--ambient-caps=-all",
                "--");
    }

    private static Optional<String> id(String option, String user) throws IOException, InterruptedException {
        Process id = new ProcessBuilder(Programs.ofSystem("id"), option, "--", user)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream in = id.getInputStream()) {
            String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            return id.waitFor() == 0 ? Optional.of(answer) : Optional.empty();
        }
    }
}
