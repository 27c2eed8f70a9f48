package org.vrrp4j.linux.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whom a program runs as.
 *
 * @param name the user's name, or its number
 * @param uid its number
 * @param group the name or number of the group
 */
public record UserAccount(String name, int uid, String group) {

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
        return uid.flatMap(number -> group.map(of -> new UserAccount(user, Integer.parseInt(number), of)));
    }

    /** The number of the user that this process runs as. */
    public static int ownUid() throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

    /** The words that come before a program to run it as this user, with no other group and no capability. */
    List<String> prefix() throws IOException {
        return List.of(
                Programs.ofSystem("setpriv"),
                "--reuid=" + name,
                "--regid=" + group,
                "--clear-groups",
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
