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
 * Runs {@code vrrp} on a host of a lab as a user who has nothing but some capabilities: no others are even in the
 * bounding set, and no program can give more. What it is built from is copied to where any user may read it.
 */
final class PlainUser {
    /** An ordinary user, whose capabilities are ambient. */
    static final String NOBODY = "65534";

    /** The user of a container that has dropped all capabilities and added some: they are not ambient. */
    static final String ROOT = "0";

    private static final String DIRECTORY = "/run/lab/class-path";

    private final String number;
    private final String classPath;

    private PlainUser(String number, String classPath) {
        this.number = number;
        this.classPath = classPath;
    }

    static PlainUser on(TwoHosts hosts, LabHost host) throws IOException {
        return on(hosts, host, NOBODY);
    }

    static PlainUser on(TwoHosts hosts, LabHost host, String user) throws IOException {
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
        List<String> entries = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
        command.addAll(entries);
        host.run(command.toArray(String[]::new));
        List<String> copies = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            copies.add(DIRECTORY + "/" + i + ".jar");
        }
        return new PlainUser(user, String.join(File.pathSeparator, copies));
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
        boolean isRoot = number.equals(ROOT);
        StringBuilder added = new StringBuilder();
        rights.forEach(right -> added.append(",+")
                .append(right.name().substring("CAP_".length()).toLowerCase(Locale.ROOT)));
        List<String> command = new ArrayList<>(List.of(
                "setpriv",
                "--reuid=" + number,
                "--regid=" + number,
                "--clear-groups",
                "--no-new-privs",
                "--inh-caps=-all" + (isRoot ? "" : added),
                "--ambient-caps=-all" + (isRoot ? "" : added),
                "--bounding-set=-all" + added));
        command.addAll(Arrays.asList(RouterProcess.commandFrom(classPath, arguments)));
        return command.toArray(String[]::new);
    }
}
