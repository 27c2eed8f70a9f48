package org.vrrp4j.linux.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether this machine can hold a lab: found out once, by opening and closing an empty one. */
final class Availability {
    private static final Path SYSCTL = Path.of("/proc/sys");

    /** Why there can be no lab; empty if there can. Last, as finding it out uses the other constants. */
    static final Optional<String> CAUSE = probe();

    private Availability() {}

    private static Optional<String> probe() {
        Optional<String> missing = missingTools();
        if (missing.isPresent()) {
            return missing;
        }
        try (Holder holder = Holder.start()) {
            holder.script(
                    "lab: probe", Topology.addSwitch("probe") + "ip netns exec " + Topology.SWITCH_NAMESPACE + " true");
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(explain(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted while trying");
        }
    }

    private static Optional<String> missingTools() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.of("network namespaces need Linux, this is " + System.getProperty("os.name"));
        }
        Map<String, String> packages = Map.of(
                "ip", "iproute2", "unshare", "util-linux", "nsenter", "util-linux", "mount", "mount", "sh", "a shell");
        List<String> missing = new ArrayList<>();
        packages.forEach((tool, from) -> {
            if (SearchPath.find(tool).isEmpty()) {
                missing.add("no '" + tool + "' command: install " + from);
            }
        });
        return missing.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", missing));
    }

    /** Adds to an error of unshare or mount the settings of this kernel that are known to cause it. */
    static String explain(IOException e) {
        StringBuilder cause = new StringBuilder("cannot make namespaces: " + e.getMessage());
        for (Throwable asRoot : e.getSuppressed()) {
            cause.append("\nand without a user namespace: ").append(asRoot.getMessage());
        }
        addIf(cause, "kernel/unprivileged_userns_clone", "0", "sysctl kernel.unprivileged_userns_clone=1");
        addIf(cause, "user/max_user_namespaces", "0", "sysctl user.max_user_namespaces=10000");
        addIf(cause, "user/max_net_namespaces", "0", "sysctl user.max_net_namespaces=10000");
        addIf(
                cause,
                "kernel/apparmor_restrict_unprivileged_userns",
                "1",
                "sysctl kernel.apparmor_restrict_unprivileged_userns=0");
        return cause.append("\nIn a container: run it with --privileged, or with CAP_SYS_ADMIN, CAP_NET_ADMIN and no"
                        + " seccomp or AppArmor profile. Elsewhere: run as root.")
                .toString();
    }

    private static void addIf(StringBuilder cause, String name, String refusing, String remedy) {
        Path file = SYSCTL.resolve(name);
        try {
            if (Files.isReadable(file) && Files.readString(file).strip().equals(refusing)) {
                cause.append("\n")
                        .append(file)
                        .append(" is ")
                        .append(refusing)
                        .append(": as root, ")
                        .append(remedy);
            }
        } catch (IOException e) {
            cause.append("\n").append(file).append(" cannot be read: ").append(e.getMessage());
        }
    }
}
