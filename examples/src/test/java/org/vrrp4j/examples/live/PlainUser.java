package org.vrrp4j.examples.live;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.vrrp4j.linux.lab.LabHost;
import org.vrrp4j.linux.libc.Capability;

/**
 * Runs {@code vrrp} on a host of a lab as user 65534, who has nothing but some ambient capabilities: no others are even
 * in the bounding set, and no program can give more. What it is built from is copied to where that user may read it.
 */
final class PlainUser {
    private static final String USER = "65534";
    private static final String DIRECTORY = "/run/lab/class-path";

    private final String classPath;

    private PlainUser(String classPath) {
        this.classPath = classPath;
    }

    static PlainUser on(TwoHosts hosts, LabHost host) throws IOException {
        TwoHosts.require("users", unavailabilityCause(hosts));
        List<String> command = new ArrayList<>(List.of("sh", "-c", """
                set -e
                mkdir -p "$0"
                number=0
                for entry in "$@"; do
                    if [ -e "$entry" ]; then cp -rL "$entry" "$0/$number.jar"; fi
                    number=$((number + 1))
                done
                chmod -R a+rX "$0"
                """, DIRECTORY));
        List<String> entries =
                List.of(System.getProperty("java.class.path").split(File.pathSeparator));
        command.addAll(entries);
        host.run(command.toArray(String[]::new));
        List<String> copies = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            copies.add(DIRECTORY + "/" + i + ".jar");
        }
        return new PlainUser(String.join(File.pathSeparator, copies));
    }

    private static Optional<String> unavailabilityCause(TwoHosts hosts) throws IOException {
        if (hosts.lab.isUserNamespace()) {
            return Optional.of("a user namespace that root has not made has no second user; run as root");
        }
        boolean installed =
                !hosts.a.run("sh", "-c", "command -v setpriv || true").isBlank();
        return installed ? Optional.empty() : Optional.of("no 'setpriv' command: install util-linux");
    }

    /** A command line of {@code vrrp} for this user with these rights and no others. */
    String[] command(Set<Capability> rights, String... arguments) {
        StringBuilder added = new StringBuilder();
        rights.forEach(right -> added.append(",+")
                .append(right.name().substring("CAP_".length()).toLowerCase(Locale.ROOT)));
        List<String> command = new ArrayList<>(List.of(
                "setpriv",
                "--reuid=" + USER,
                "--regid=" + USER,
                "--clear-groups",
                "--no-new-privs",
                "--inh-caps=-all" + added,
                "--ambient-caps=-all" + added,
                "--bounding-set=-all" + added));
        command.addAll(Arrays.asList(RouterProcess.commandFrom(classPath, arguments)));
        return command.toArray(String[]::new);
    }
}
